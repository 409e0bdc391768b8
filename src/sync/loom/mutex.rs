//! loom's mutexes: all that waits under loom waits at one.

use std::sync::{LockResult, PoisonError};

/// What loom's mutex gives to whom has it; nothing if the lock is of another kind.
pub type Hold<'a> = Option<loom::sync::MutexGuard<'a, ()>>;

/// What a lock result holds; poisoning is not ours.
pub(super) fn unpoisoned<T>(result: LockResult<T>) -> T {
    result.unwrap_or_else(PoisonError::into_inner)
}
