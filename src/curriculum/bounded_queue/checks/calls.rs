//! What the checks do with a queue that is open.

use crate::curriculum::bounded_queue::contract::{BoundedQueue, Item};
use crate::curriculum::seen::called;
use crate::text;
use std::sync::Arc;

/// Makes a queue of this capacity.
pub(super) type Make = fn(usize) -> Arc<dyn BoundedQueue<Item>>;

/// Puts, into a queue that is open.
pub(super) fn put(queue: &dyn BoundedQueue<Item>, item: Item) {
    let told = called("put", || queue.put(item));
    assert!(
        told.is_ok(),
        "{}",
        text!(
            "nobody has closed the queue, and {call} says so",
            call = "`put`"
        )
    );
}

/// Gets, from a queue that has an item or will have one.
pub(super) fn get(queue: &dyn BoundedQueue<Item>) -> Item {
    let item = called("get", || queue.get());
    match item {
        Some(item) => item,
        None => panic!(
            "{}",
            text!(
                "nobody has closed the queue, and {call} says so",
                call = "`get`"
            )
        ),
    }
}
