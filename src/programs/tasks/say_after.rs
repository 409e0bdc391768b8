//! The program `say-after`: something is said after a second, and the time before and after it.

use super::screen;
use crate::programs::kit::speed::Speed;
use crate::sync::task;
use crate::sync::time::Duration;
use std::io::{self, Write};

const PAUSE: Duration = Duration::from_secs(1);

/// The time of day, as it is printed.
pub type Clock = fn() -> String;

/// Says when it is before the pause, and when it is after it.
///
/// # Errors
/// Those of `out`; that of a system which has no room for the thread that polls.
pub fn run(speed: Speed, clock: Clock, out: &mut impl Write) -> io::Result<()> {
    screen::run(out, move |screen| async move {
        screen.print(format!("before Hello {}", clock()));
        task::sleep(speed.of(PAUSE)).await;
        screen.print(format!("after Hello {}", clock()));
    })
}
