//! A future that is polled by a thread of its own, until it is ready.

use super::timers::{self, Timers};
use super::turns;
use crate::sync::tasks::{Awaited, Signal};
use crate::sync::thread;
use std::panic::Location;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Runs a future on this thread, and returns what it comes to.
///
/// Between two polls the thread waits until the future's waker is used. An exploration also polls it
/// once without that, with the same waker or with another one, as any executor may.
///
/// ```
/// # extern crate engine as kata;
/// use kata::sync::task;
///
/// # if kata::sync::BACK_ENDS.contains(&kata::explore::BackEnd::Loom) { return }
/// let sum = task::block_on(async {
///     let three = task::spawn(async { 3 });
///     4 + three.await.unwrap()
/// });
/// assert_eq!(sum, 7);
/// ```
#[track_caller]
pub fn block_on<F: Future>(future: F) -> F::Output {
    run(future, Location::caller())
}

/// The same; an exploration has the future's waker created there.
pub(super) fn run<F: Future>(future: F, location: &'static Location<'static>) -> F::Output {
    drive(future, Signal::new(location), &Nobody)
}

/// Who wants to know how a future gets on.
pub(super) trait Observer {
    /// Its waker was used, or its time is over: it is about to be polled for that.
    fn is_woken(&self);
}

struct Nobody;

impl Observer for Nobody {
    fn is_woken(&self) {}
}

/// Polls the future until it is ready.
pub(super) fn drive<F: Future>(
    future: F,
    signal: Arc<Signal>,
    observer: &impl Observer,
) -> F::Output {
    let mut future = pin!(future);
    signal.belongs_to(&thread::current());
    let mut waker = signal.waker();
    let mut timers = Timers::default();
    loop {
        let poll = || future.as_mut().poll(&mut Context::from_waker(&waker));
        let polled = turns::in_turn(|| timers::polling(&mut timers, poll));
        if let Poll::Ready(output) = polled {
            return output;
        }
        match signal.wait(timers.next()) {
            Awaited::Spuriously { is_replaced: false } => {}
            Awaited::Spuriously { is_replaced: true } => {
                signal.replace_waker();
                waker = signal.waker();
            }
            Awaited::Woken | Awaited::TimedOut => observer.is_woken(),
        }
        timers.go_off();
    }
}
