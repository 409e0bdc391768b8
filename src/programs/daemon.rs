//! The program `daemon`: one thread ends at once; another one, in the background, would take two
//! seconds, and has them only if it is waited for.

use super::kit::speed::Speed;
use super::kit::threads::no_room;
use crate::curriculum::background::solution::Woken;
use crate::sync::channel;
use crate::sync::time::Duration;
use std::io::{self, Write};

/// How long the thread in the background takes.
const PAUSE: Duration = Duration::from_secs(2);

/// Whether the program waits for the thread in the background.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// It does not: that thread ends with it, wherever it is.
    AtOnce,
    /// It does.
    AfterTheDaemon,
}

/// Starts the one thread in the background, is the other one, and ends.
///
/// # Errors
/// Those of `out`; that of a system which has no room for the thread, before anything is printed.
pub fn run(speed: Speed, end: End, out: &mut impl Write) -> io::Result<()> {
    let (sender, exits) = channel::bounded(1);
    // It has one thing to do, and of all later ones nobody hears.
    let tick = Box::new(move || {
        let _ = sender.try_send(());
    });
    let daemon = Woken::try_start(speed.interval(PAUSE), tick).map_err(no_room)?;
    let mut print = |line| {
        writeln!(out, "{line}")?;
        out.flush()
    };
    print("daemon is starting")?;
    print("non daemon is starting")?;
    print("non daemon is exiting")?;
    if end == End::AfterTheDaemon && exits.recv().is_ok() {
        print("daemon is exiting")?;
    }
    drop(daemon);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;

    #[test]
    fn who_is_in_the_background_comes_to_its_end_only_if_it_is_waited_for() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        let others = "daemon is starting\nnon daemon is starting\nnon daemon is exiting\n";
        let all = format!("{others}daemon is exiting\n");
        // Not waited for, it would take an hour and more; this test does not.
        for (speed, end, printed) in [
            ("0.001", End::AtOnce, others),
            ("1e9", End::AtOnce, others),
            ("1e9", End::AfterTheDaemon, &all),
        ] {
            let mut out = Vec::new();
            run(speed.parse().unwrap(), end, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), printed, "{speed}");
        }
    }
}
