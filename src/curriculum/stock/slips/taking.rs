//! Looking and taking as it should be: what is wrong with the slips that use it is elsewhere.

use crate::curriculum::stock::{Delivery, GOOD_ORDERS};
use crate::sync::Mutex;

/// What is left.
pub(super) type Books = Mutex<u32>;

/// What the order gets, in one critical section.
#[track_caller]
pub(super) fn take(books: &Books, order: Option<u32>) -> Option<Delivery> {
    let wanted = order.filter(|wanted| GOOD_ORDERS.contains(wanted))?;
    let mut left = books.lock();
    let bottles = wanted.min(*left);
    *left -= bottles;
    let left = *left;
    (bottles > 0).then_some(Delivery { bottles, left })
}
