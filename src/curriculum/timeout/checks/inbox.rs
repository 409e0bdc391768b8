//! Where letters arrive, or the ticks of a clock.

use crate::curriculum::letters::wake;
use crate::curriculum::seen::{called_back_as, shown};
use crate::sync::Mutex;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// Where they arrive; one future awaits them at a time.
#[derive(Clone)]
pub(super) struct Inbox {
    name: &'static str,
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    arrived: u64,
    taken: u64,
    waker: Option<Waker>,
}

impl Inbox {
    pub(super) fn new(name: &'static str) -> Self {
        Inbox {
            name,
            held: Arc::default(),
        }
    }

    /// One more arrives, and wakes whoever awaits it.
    pub(super) fn put(&self) {
        let arrives = || {
            let mut held = self.held.lock();
            held.arrived += 1;
            held.waker.take()
        };
        let waker = called_back_as(self.told("put"), |_| None, arrives);
        // No lock is held: what a waker does is not known here.
        waker.into_iter().for_each(wake);
    }

    /// Takes so many, as soon as they are there together.
    pub(super) fn takes(&self, number: u64) -> impl Future<Output = u64> + Send + use<> {
        let inbox = self.clone();
        poll_fn(move |context| {
            called_back_as(
                || "future.poll".to_owned(),
                shown,
                || inbox.poll_take(context, number),
            )
        })
    }

    fn poll_take(&self, context: &Context<'_>, number: u64) -> Poll<u64> {
        let mut held = self.held.lock();
        if held.arrived - held.taken >= number {
            held.taken += number;
            return Poll::Ready(held.taken);
        }
        held.waker = Some(context.waker().clone());
        Poll::Pending
    }

    /// A timer: ready as soon as so many have arrived in all. It takes none.
    pub(super) fn awaits(&self, number: u64) -> impl Future<Output = ()> + Send + use<> {
        let inbox = self.clone();
        poll_fn(move |context| {
            let poll = || {
                let mut held = inbox.held.lock();
                if held.arrived >= number {
                    return Poll::Ready(());
                }
                held.waker = Some(context.waker().clone());
                Poll::Pending
            };
            called_back_as(|| "timer.poll".to_owned(), shown, poll)
        })
    }

    /// How many have arrived.
    pub(super) fn arrived(&self) -> u64 {
        called_back_as(self.told("arrived"), shown, || self.held.lock().arrived)
    }

    /// How many were taken.
    pub(super) fn taken(&self) -> u64 {
        called_back_as(self.told("taken"), shown, || self.held.lock().taken)
    }

    fn told(&self, what: &str) -> impl FnOnce() -> String {
        move || format!("{}.{what}", self.name)
    }
}
