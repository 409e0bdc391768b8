//! The checks of a queue of whatever type.

use super::BoundedQueue;
use super::checks::{Item, checks_of};
use crate::explore::check::Check;
use std::sync::Arc;

/// What every queue promises, from the simplest to the most demanding.
pub fn checks<Q: BoundedQueue<Item>>() -> Vec<Check> {
    checks_of(|capacity| Arc::new(Q::new(capacity)))
}

/// Makes a queue of this capacity.
pub(super) type Make = fn(usize) -> Arc<dyn AnyBoundedQueue>;

/// A queue of whatever type: so the checks are compiled once for all of them.
pub(super) trait AnyBoundedQueue: Send + Sync {
    /// See [`BoundedQueue::put`].
    fn put(&self, item: Item) -> Result<(), Item>;
    /// See [`BoundedQueue::get`].
    fn get(&self) -> Option<Item>;
    /// See [`BoundedQueue::close`].
    fn close(&self);
}

impl<Q: BoundedQueue<Item>> AnyBoundedQueue for Q {
    fn put(&self, item: Item) -> Result<(), Item> {
        BoundedQueue::put(self, item)
    }

    fn get(&self) -> Option<Item> {
        BoundedQueue::get(self)
    }

    fn close(&self) {
        BoundedQueue::close(self);
    }
}
