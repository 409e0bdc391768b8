//! A future that is polled by a thread of its own, until it is ready.

use super::timers::{self, Timers};
use crate::sync::tasks::{Awaited, Signal};
use crate::sync::thread;
use std::panic::Location;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

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
    let signal = Signal::new(Location::caller());
    let output = drive(future, signal, &NeverGivenUp);
    output.expect("nobody has given it up")
}

/// Whether the polling is to end before the future is ready.
pub(super) trait GivenUp {
    /// The future is polled with this waker from now on.
    fn is_polled_with(&self, signal: &Arc<Signal>);

    /// To be asked after a wake-up only, which whoever gives it up sees to.
    fn is_given_up(&self) -> bool;
}

struct NeverGivenUp;

impl GivenUp for NeverGivenUp {
    fn is_polled_with(&self, _: &Arc<Signal>) {}

    fn is_given_up(&self) -> bool {
        false
    }
}

/// Polls the future until it is ready. `None` if it was given up before; then it has been dropped.
pub(super) fn drive<F: Future>(
    future: F,
    mut signal: Arc<Signal>,
    given_up: &impl GivenUp,
) -> Option<F::Output> {
    let mut future = pin!(future);
    signal.belongs_to(&thread::current());
    let mut waker = Waker::from(Arc::clone(&signal));
    let mut timers = Timers::default();
    loop {
        let poll = || future.as_mut().poll(&mut Context::from_waker(&waker));
        if let Poll::Ready(output) = timers::polling(&mut timers, poll) {
            return Some(output);
        }
        match signal.wait(timers.next()) {
            Awaited::Spuriously { is_replaced: false } => {}
            Awaited::Spuriously { is_replaced: true } => {
                signal = signal.replaced();
                given_up.is_polled_with(&signal);
                waker = Waker::from(Arc::clone(&signal));
            }
            Awaited::Woken | Awaited::TimedOut => {
                if given_up.is_given_up() {
                    return None;
                }
            }
        }
        timers.go_off();
    }
}
