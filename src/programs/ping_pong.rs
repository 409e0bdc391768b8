//! The program `ping-pong`: pings and pongs, each a thread, speak in turn.

use crate::curriculum::ping_pong::PingPong;
use crate::curriculum::ping_pong::solution::Table;
use crate::sync::{Mutex, thread};
use std::io::{self, Write};

/// Lets so many pings and as many pongs play, all started at once, and prints what they say.
///
/// # Errors
/// Those of `out`, and that of a system which has no more threads.
pub fn run(pairs: usize, out: &mut (impl Write + Send)) -> io::Result<()> {
    let said = Mutex::new((out, Ok(())));
    let say = |text: &str| {
        let (out, result) = &mut *said.lock();
        // After an error nothing is written, but the game goes on: others wait for their turn.
        if result.is_ok() {
            *result = out.write_all(text.as_bytes());
        }
    };
    let table = Table::new();
    thread::scope(|scope| {
        for _ in 0..pairs {
            scope.spawn(|| table.pong(|| say(" ... pong\n")));
        }
        for _ in 0..pairs {
            scope.spawn(|| table.ping(|| say("ping")));
        }
    });
    let (out, result) = said.into_inner();
    result?;
    writeln!(out, "Fin de partie !")
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
        for pairs in [0, 1, 2, 50] {
            let expected = "ping ... pong\n".repeat(pairs) + "Fin de partie !\n";
            assert_eq!(output(pairs), expected);
        }
    }
}
