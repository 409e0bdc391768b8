//! The kata `bounded_queue`: a queue of limited room, in which one waits on either side.

pub mod alternatives;
mod any;
mod checks;
mod closing;
pub mod slips;
pub mod solution;
pub mod traffic;

pub use any::checks;
pub use checks::Item;

use super::Kata;
use crate::diagnosis::Label;

/// A queue that threads share: what goes in first comes out first, and there is room for so many
/// items and no more.
///
/// Any number of threads put and get, each as often as it likes. All happens as if one thing at a
/// time did; calls that wait are in nobody's way.
pub trait BoundedQueue<T: Send + 'static>: Send + Sync + 'static {
    /// An open, empty queue with room for `capacity` items, at least one, which no other queue
    /// affects.
    fn new(capacity: usize) -> Self;

    /// Puts the item in, as the last one. Waits as long as `capacity` items are in the queue, and
    /// no longer: items that are in need not be taken if there is room for one more.
    ///
    /// # Errors
    /// With the item if the queue is closed, be it that it was before this call or that it is
    /// closed while the call waits. The item is then not in the queue.
    fn put(&self, item: T) -> Result<(), T>;

    /// Takes the first item. Waits as long as the queue is empty and open.
    ///
    /// Every item for which `put` returned `Ok` comes out exactly once, and in order: if a put
    /// returned before another one began, then that one's item comes out later.
    ///
    /// Returns `None` once the queue is closed and empty, then and ever after: what was in it when
    /// it was closed can still be taken.
    fn get(&self) -> Option<T>;

    /// Closes the queue: no item goes in any more. Does not wait for the queue to be emptied, and
    /// ends the wait of all who wait in `put`, and of all who wait in `get` for an item that
    /// will not come.
    ///
    /// To close a queue again does nothing.
    fn close(&self);
}

/// The kata.
pub const KATA: Kata = Kata {
    number: 3,
    name: "bounded_queue",
    title: "The bounded queue",
    summary: "A queue of limited room: who puts waits for room, who gets waits for an item.",
    brief: include_str!("brief.md"),
    hints: [
        "There are two things to wait for, room and an item, and a third that ends both waits. Who \
         makes each of them come true, and whom has it to wake?",
        "One `Mutex` around all that must agree: the items and whether it is closed. Look, wait \
         and act under one guard, look again after every wake-up, and change things before you \
         notify. Two condvars, one for room and one for an item, let each notification reach \
         somebody who can use it; closing concerns everybody.",
        "put: `while items.len() == capacity && !is_closed { has_room.wait(&mut belt) }`; if closed \
         `Err(item)`, else push and `has_item.notify_one()`. get: the same with `is_empty` and \
         `has_item`, then `pop_front`, which is `None` only if it is closed, and \
         `has_room.notify_one()`. close: set the flag, `notify_all` at both.",
    ],
    // The diagnosis answers what the first hint asks.
    hints_for: &[
        (Label::LostWakeUp, 1),
        (Label::NotRechecked, 1),
        (Label::CheckThenAct, 1),
        (Label::LostUpdate, 1),
        (Label::NotExclusive, 1),
        (Label::UnfairSpin, 1),
        (Label::SpinsForEver, 1),
        (Label::WaitsHoldingLock, 1),
        (Label::WrongWaiter, 1),
        (Label::SeenTooLate, 1),
        (Label::LockOrder, 1),
        (Label::NobodyNotifies, 0),
        (Label::QueueNeverEnds, 0),
        (Label::QueueStaysFull, 0),
        (Label::Livelock, 0),
    ],
    hint_otherwise: Some(1),
    stub: "03_bounded_queue.rs",
    original: include_str!("stub.rs"),
    solution: checks::<solution::Monitor<Item>>,
    alternatives: alternatives::ALL,
    slips: slips::ALL,
};
