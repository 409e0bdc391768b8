//! Numbers by chance.

use crate::explore::model::seen::Seen;
use crate::explore::runtime::schedule_point;
use std::hash::{BuildHasher, RandomState};
use std::panic::Location;

/// Any number below `count`. In an exploration it is part of the schedule: every one of them is tried,
/// and a failing one is told and kept like the order of the threads.
///
/// ```
/// # extern crate engine as kata;
/// # use kata::{explore::BackEnd, sync::BACK_ENDS};
/// # if BACK_ENDS.contains(&BackEnd::Loom) { return }
/// use kata::sync::random;
///
/// let die = 1 + random::below(6);
/// assert!((1..=6).contains(&die));
/// ```
///
/// # Panics
/// Panics if `count` is 0, or larger than 255 in an exploration.
#[track_caller]
pub fn below(count: usize) -> usize {
    assert!(count > 0, "no number is below 0");
    if !schedule_point::is_exploring() {
        // The standard library's hashers have no other use for their random keys.
        return RandomState::new().hash_one(()) as usize % count;
    }
    let count = u8::try_from(count).expect("an exploration chooses among up to 255 numbers");
    let chosen = schedule_point::choose_one(count, false, Location::caller())
        .expect("an exploration chooses");
    schedule_point::note_seen(|| Some(Seen::Read(chosen.into())));
    chosen
}
