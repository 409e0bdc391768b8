//! The program `ping-pong`: pings and pongs, each a thread, speak in turn.

use super::kit::threads::Gate;
use crate::curriculum::ping_pong::PingPong;
use crate::curriculum::ping_pong::solution::Table;
use crate::sync::{Mutex, thread};
use std::io::{self, Write};

/// How many pings, and as many pongs, there are at a time at most. A system has room for some ten
/// thousands of threads.
pub const CROWD: usize = 1000;

/// Lets so many pings and as many pongs play, and prints what they say. All are started at once;
/// where they are more than [`CROWD`], that many and then the next.
///
/// # Errors
/// Those of `out`, and that of a system which has no room for the threads.
pub fn run(pairs: usize, out: &mut (impl Write + Send)) -> io::Result<()> {
    let mut left = pairs;
    while left > 0 {
        let crowd = left.min(CROWD);
        play(crowd, out)?;
        left -= crowd;
    }
    writeln!(out, "Fin de partie !")
}

fn play(pairs: usize, out: &mut (impl Write + Send)) -> io::Result<()> {
    let said = Mutex::new((out, Ok(())));
    let say = |text: &str| {
        let (out, result) = &mut *said.lock();
        // After an error nothing is written, but the game goes on: others wait for their turn.
        if result.is_ok() {
            *result = out.write_all(text.as_bytes());
        }
    };
    let (table, gate) = (Table::new(), Gate::new());
    let speak = |is_ping| {
        if is_ping {
            table.ping(|| say("ping"));
        } else {
            table.pong(|| say(" ... pong\n"));
        }
    };
    let speak = &speak;
    let sides = (0..pairs).flat_map(|_| [false, true]);
    let crowd = sides.map(|is_ping| move || speak(is_ping));
    thread::scope(|scope| gate.start_all(scope, crowd))?;
    said.into_inner().1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;

    fn output(pairs: usize) -> String {
        let mut out = Vec::new();
        run(pairs, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_line_is_a_ping_and_its_pong() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        for pairs in [0, 1, 2, 50, CROWD + 1] {
            let expected = "ping ... pong\n".repeat(pairs) + "Fin de partie !\n";
            assert_eq!(output(pairs), expected);
        }
    }
}
