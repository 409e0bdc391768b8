//! A value that one task waits for, and another one brings.

use crate::explore::Scenario;
use crate::sync::Mutex;
use crate::sync::task::block_on;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

#[derive(Default)]
pub(super) struct Mailbox {
    pub(super) value: Option<u32>,
    pub(super) waker: Option<Waker>,
}

pub(super) type Shared = Arc<Mutex<Mailbox>>;

pub(super) type Received = Pin<Box<dyn Future<Output = u32> + Send>>;

fn bring(mailbox: &Shared) {
    let mut held = mailbox.lock();
    held.value = Some(7);
    let waker = held.waker.take();
    drop(held);
    waker.into_iter().for_each(Waker::wake);
}

pub(super) fn mail(receive: fn(Shared) -> Received) -> Scenario {
    let mailbox = Shared::default();
    let its = Arc::clone(&mailbox);
    Scenario::new()
        .thread("reader", move || assert_eq!(block_on(receive(its)), 7))
        .thread("writer", move || bring(&mailbox))
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

/// Leaves its waker after it has looked: the value may have come in between.
pub(super) fn leaves_its_waker_too_late(mailbox: Shared) -> Received {
    Box::pin(poll_fn(move |context: &mut Context<'_>| {
        if let Some(value) = mailbox.lock().value {
            return Poll::Ready(value);
        }
        mailbox.lock().waker = Some(context.waker().clone());
        Poll::Pending
    }))
}
