//! Hints to the processor.

use crate::explore::operation::Operation;
use crate::explore::runtime::schedule_point;
use std::panic::Location;

/// Says that the thread waits in a loop; in an exploration it gives way to the other threads.
#[track_caller]
pub fn spin_loop() {
    if schedule_point::step(Operation::Yield, Location::caller()).is_none() {
        std::hint::spin_loop();
    }
}
