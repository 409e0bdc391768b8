//! What a bounded queue promises.

/// A queue that threads share: what goes in first comes out first, and there is room for so many
/// items and no more.
///
/// Any number of threads put and get, each as often as it likes. The queue is *linearizable*: it is
/// as if each call took effect at one moment between its beginning and its return. A call that
/// waits blocks no other call.
///
/// How a call waits is up to you; a loop that only looks again must give way each time
/// (`thread::yield_now`).
pub trait BoundedQueue<T: Send + 'static>: Send + Sync + 'static {
    /// An open, empty queue with room for `capacity` items, which no other queue affects. Any
    /// capacity from 1 to 65,535 must do; whether a larger one does is up to you.
    fn new(capacity: usize) -> Self
    where
        Self: Sized;

    /// Puts the item in, as the last one. Waits as long as `capacity` items are in the queue, and
    /// no longer: items that are in need not be taken if there is room for one more.
    ///
    /// # Errors
    /// Returns the item if the queue is already closed, or is closed while the call waits. The
    /// item is then not in the queue.
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
    /// Closing a closed queue has no effect.
    fn close(&self);
}

/// What the checks put into a queue. There are no two of a kind, and none can be copied.
#[derive(PartialEq, Eq, Debug)]
pub struct Item {
    /// Which of those who put made it, from 1.
    pub(super) producer: u64,
    /// How many that one made before it, and it.
    pub(super) number: u64,
}

impl Item {
    pub(super) fn new(producer: u64, number: u64) -> Self {
        Item { producer, number }
    }
}
