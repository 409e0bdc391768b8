//! The program `counter`: threads add to one count, and its value is printed.

use super::kit::threads::Gate;
use crate::curriculum::counter::Counter;
use crate::curriculum::counter::solution::Locked;
use crate::sync::thread;
use std::io::{self, Write};

/// Lets so many threads add so many times each, and prints what the count has come to.
///
/// # Errors
/// Those of `out`, and that of a system which has no room for the threads.
pub fn run(threads: usize, times: u64, out: &mut impl Write) -> io::Result<()> {
    let (counter, gate) = (Locked::new(), Gate::new());
    let add = || (0..times).for_each(|_| counter.increment());
    thread::scope(|scope| gate.start_all(scope, (0..threads).map(|_| add)))?;
    writeln!(out, "valeur du compteur {}", counter.value())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;

    fn output(threads: usize, times: u64) -> String {
        let mut out = Vec::new();
        run(threads, times, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_value_is_what_the_threads_have_added() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        assert_eq!(output(2, 50_000), "valeur du compteur 100000\n");
        assert_eq!(output(0, 5), "valeur du compteur 0\n");
        assert_eq!(output(5, 0), "valeur du compteur 0\n");
    }
}
