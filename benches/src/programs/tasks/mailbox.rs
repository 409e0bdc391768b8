//! A value that one task awaits, and another one brings.

use super::super::sync::task::block_on;
use super::super::sync::{Mutex, Scenario};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Poll, Waker};

/// The value, and who awaits it.
#[derive(Default)]
pub(super) struct Mailbox {
    value: Option<u32>,
    waker: Option<Waker>,
}

/// One for two tasks.
pub(super) type Shared = Arc<Mutex<Mailbox>>;

/// A future of the value.
type Received = Pin<Box<dyn Future<Output = u32> + Send>>;

/// Puts the value there, and wakes who awaits it.
pub(super) fn bring(mailbox: &Shared, value: u32) {
    let mut held = mailbox.lock();
    held.value = Some(value);
    let waker = held.waker.take();
    drop(held);
    waker.into_iter().for_each(Waker::wake);
}

/// Looks, and leaves its waker, in one go.
pub(super) fn received(mailbox: Shared) -> Received {
    Box::pin(poll_fn(move |context| {
        let mut held = mailbox.lock();
        match held.value {
            Some(value) => Poll::Ready(value),
            None => {
                held.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }))
}

/// The value can have come between the look and the waker.
pub fn left_too_late() -> Scenario {
    scenario(|mailbox| {
        Box::pin(poll_fn(move |context| {
            if let Some(value) = mailbox.lock().value {
                return Poll::Ready(value);
            }
            mailbox.lock().waker = Some(context.waker().clone());
            Poll::Pending
        }))
    })
}

/// Who polls may have another waker the next time.
pub fn kept_for_ever() -> Scenario {
    scenario(|mailbox| {
        let mut has_left_one = false;
        Box::pin(poll_fn(move |context| {
            let mut held = mailbox.lock();
            if let Some(value) = held.value {
                return Poll::Ready(value);
            }
            if !has_left_one {
                has_left_one = true;
                held.waker = Some(context.waker().clone());
            }
            Poll::Pending
        }))
    })
}

fn scenario(receive: fn(Shared) -> Received) -> Scenario {
    let mailbox = Shared::default();
    let its = Arc::clone(&mailbox);
    Scenario::new()
        .thread("reader", move || assert_eq!(block_on(receive(its)), 7))
        .thread("writer", move || bring(&mailbox, 7))
}
