//! The program `scan`: asks hosts whether they are alive, and prints a block of lines for each.

use super::kit::threads::{no_room, start};
use super::kit::visible::visible;
use crate::curriculum::report::solution::Locked;
use crate::curriculum::report::{Report, Screen, block};
use crate::curriculum::scan::Probe;
use crate::curriculum::scan::solution::try_scan;
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::thread;
use std::io::{self, Write};
use std::sync::Arc;

/// When hosts are probed, and their blocks printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// All are probed at the same time; when all probes have ended the blocks come in the order in
    /// which the hosts were given.
    AsGiven,
    /// All are probed at the same time; each block comes when its probe has ended.
    AsTheyCome,
    /// One host after the other, as by the first version of the textbook, whose blocks are wider.
    InTurn,
}

/// How many stars that version printed.
const WIDE: usize = 40;

/// Probes the hosts, and prints what they come to.
///
/// # Errors
/// Those of `out`; that of a system which has no room for so many threads. Probes that run are
/// waited for before that is told.
pub fn run(hosts: Vec<String>, order: Order, probe: Probe, out: &mut impl Write) -> io::Result<()> {
    match order {
        Order::AsGiven => {
            for finding in try_scan(hosts, probe).map_err(no_room)? {
                print(block(&visible(&finding.host), finding.state), out)?;
            }
            Ok(())
        }
        Order::AsTheyCome => as_they_come(hosts, &probe, out),
        Order::InTurn => {
            for host in hosts {
                let [_, line, _] = block(&visible(&host), probe(&host));
                let stars = "*".repeat(WIDE);
                print([stars.clone(), line, stars], out)?;
            }
            Ok(())
        }
    }
}

/// The threads report to this one, which prints.
fn as_they_come(hosts: Vec<String>, probe: &Probe, out: &mut impl Write) -> io::Result<()> {
    let (screen, lines) = Lines::new();
    let report = Locked::new(Arc::new(screen));
    thread::scope(|scope| {
        let report = Arc::new(report);
        let started = hosts.into_iter().try_for_each(|host| {
            let (report, probe) = (Arc::clone(&report), Arc::clone(probe));
            start(scope, move || {
                let name = visible(&host).into_owned();
                report.report(&name, Box::new(move || probe(&host)));
            })?;
            Ok(())
        });
        // What is left of it is with the threads, and it ends with them.
        drop(report);
        for line in lines {
            writeln!(out, "{line}")?;
            out.flush()?;
        }
        started
    })
}

/// A screen that sends its lines to whoever prints them.
struct Lines(Sender<String>);

impl Lines {
    fn new() -> (Self, Receiver<String>) {
        let (sender, lines) = channel::unbounded();
        (Lines(sender), lines)
    }
}

impl Screen for Lines {
    fn line(&self, text: &str) {
        // After an error of the output nobody receives it.
        let _ = self.0.send(text.to_owned());
    }
}

fn print(lines: [String; 3], out: &mut impl Write) -> io::Result<()> {
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::scan::State;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;

    const ORDERS: [Order; 3] = [Order::AsGiven, Order::AsTheyCome, Order::InTurn];

    /// What is printed of these hosts, with a probe that knows them by their names.
    fn output(hosts: &[&str], order: Order) -> String {
        let probe: Probe = Arc::new(|host| match host {
            "up" => State::Alive,
            "down" => State::Failing,
            _ => State::Unknown,
        });
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut out = Vec::new();
        run(hosts, order, probe, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_block_is_printed_for_each_host_in_the_order_in_which_they_were_given() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        for (order, width) in [(Order::AsGiven, 20), (Order::InTurn, 40)] {
            let stars = "*".repeat(width);
            let block = |line| format!("{stars}\n{line}\n{stars}\n");
            let expected = [
                "up : VIVANT",
                "down : DEFAILLANT ?",
                "x : INCONNU",
                "up : VIVANT",
            ];
            assert_eq!(
                output(&["up", "down", "x", "up"], order),
                expected.map(block).concat()
            );
        }
    }

    #[test]
    fn blocks_that_come_as_probes_end_are_whole() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        let stars = "*".repeat(20);
        let printed = output(&["up"; 50], Order::AsTheyCome);
        assert_eq!(
            printed,
            format!("{stars}\nup : VIVANT\n{stars}\n").repeat(50)
        );
    }

    #[test]
    fn without_hosts_nothing_is_printed_and_a_name_cannot_command_the_terminal() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        for order in ORDERS {
            assert_eq!(output(&[], order), "");
            let printed = output(&["\x1b[2J"], order);
            assert!(printed.contains("\n␛[2J : INCONNU\n"), "{printed}");
        }
    }
}
