//! What the checks do with a queue that is open.

use crate::curriculum::bounded_queue::contract::{BoundedQueue, Item};
use crate::curriculum::seen::called;
use std::sync::Arc;

/// Makes a queue of this capacity.
pub(super) type Make = fn(usize) -> Arc<dyn BoundedQueue<Item>>;

/// Puts, into a queue that is open.
pub(super) fn put(queue: &dyn BoundedQueue<Item>, item: Item) {
    let told = called("put", || queue.put(item));
    assert!(
        told.is_ok(),
        "nobody has closed the queue, and `put` says so"
    );
}

/// Gets, from a queue that has an item or will have one.
pub(super) fn get(queue: &dyn BoundedQueue<Item>) -> Item {
    let item = called("get", || queue.get());
    item.expect("nobody has closed the queue, and `get` says so")
}
