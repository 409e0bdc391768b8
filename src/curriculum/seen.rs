//! What the explorers do not see they cannot check: a call of a solution must be seen.

use crate::explore::record::{Callee, UNSEEN};
use crate::sync;
use crate::text;
use crate::texts;
use std::fmt::Debug;

/// Makes a call of a solution, and tells of it: in the record what it did is one piece.
pub fn called<T>(name: &str, code: impl FnOnce() -> T) -> T {
    sync::calls::told(|| Callee::Checked(name.to_owned()), |_| None, code)
}

/// What the check does when a solution calls it back: none of it is the solution's.
pub fn called_back<T>(code: impl FnOnce() -> T) -> T {
    sync::calls::told(|| Callee::Check(None), |_| None, code)
}

/// What the check does in a call that has a name, be it one of its own: in a drawing it is one row, with its
/// name and its answer, if that can be shown. To make these words is no operation.
pub fn called_back_as<T>(
    name: impl FnOnce() -> String,
    answer: impl FnOnce(&T) -> Option<String>,
    code: impl FnOnce() -> T,
) -> T {
    sync::calls::told(|| Callee::Check(Some(name())), answer, code)
}

/// The answer of such a call, as Rust shows it.
pub fn shown(answer: &impl Debug) -> Option<String> {
    Some(format!("{answer:?}"))
}

/// Makes a call in which the explorer must have a chance to let other threads come in between.
///
/// # Panics
/// Panics if the call performs no operation in an exploration.
#[track_caller]
pub fn must_be_seen<T>(call: &str, code: impl FnOnce() -> T) -> T {
    let before = Operations::now();
    let value = called(call, code);
    before.must_be_followed_by_more_than(0, call);
    value
}

/// How many operations the explorer has seen of this thread; none outside explorations.
#[derive(Clone, Copy, Debug)]
pub struct Operations(Option<usize>);

impl Operations {
    /// Up to this moment.
    pub fn now() -> Self {
        Operations(sync::operations())
    }

    /// How many there have been since then.
    pub fn since(self) -> usize {
        let (before, now) = (self.0, sync::operations());
        now.unwrap_or_default() - before.unwrap_or_default()
    }

    /// Demands that the call has performed operations of its own, besides so many of the check's.
    ///
    /// # Panics
    /// Panics if it has not, in an exploration.
    #[track_caller]
    pub fn must_be_followed_by_more_than(self, own: usize, call: &str) {
        assert!(
            self.0.is_none() || self.since() > own,
            "{}",
            text!(
                "`{call}` {unseen}: it needs the types of `kata::sync`, not those of `std`",
                call,
                unseen = texts::of(UNSEEN)
            )
        );
    }
}
