//! The program `counter`: threads add to one count, and its value is printed.

use crate::curriculum::counter::Counter;
use crate::curriculum::counter::solution::Locked;
use crate::sync::thread;
use std::io::{self, Write};

/// Lets so many threads add so many times each, and prints what the count has come to.
///
/// # Errors
/// Those of `out`.
pub fn run(threads: usize, times: u64, out: &mut impl Write) -> io::Result<()> {
    let counter = Locked::new();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..times).for_each(|_| counter.increment()));
        }
    });
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
