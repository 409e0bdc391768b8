//! The two of a race, made by hand, and what the checks see of them.

use crate::curriculum::letters::{expect_not_ready, wake};
use crate::curriculum::seen::{called_back_as, shown};
use crate::sync::Mutex;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::text;
use std::fmt::Debug;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// One of the two, seen from outside. Relaxed is enough for all of it: whoever looks polls it, or has
/// waited for the thread that does.
#[derive(Clone)]
pub(super) struct Half {
    name: &'static str,
    polls: Arc<AtomicU64>,
    is_dropped: Arc<AtomicBool>,
    /// What the last poll has left, until it is used.
    waker: Arc<Mutex<Option<Waker>>>,
}

impl Half {
    pub(super) fn new(name: &'static str) -> Self {
        Half {
            name,
            polls: Arc::default(),
            is_dropped: Arc::default(),
            waker: Arc::default(),
        }
    }

    /// Pending so often, and woken in the middle of each such poll; then it comes to what `end` returns.
    pub(super) fn wakes_itself<T: Debug, E: Fn() -> T + Send>(
        &self,
        awaits: u16,
        end: E,
    ) -> impl Future<Output = T> + Send + use<T, E> {
        let awaits = u64::from(awaits);
        self.made(move |context, number| {
            expect_not_ready(number > awaits + 1);
            if number > awaits {
                return Poll::Ready(end());
            }
            wake(context.waker().clone());
            Poll::Pending
        })
    }

    /// Pending for ever; what wakes it are others. The race of it is polled so often.
    pub(super) fn is_woken_by_others<T: Debug>(
        &self,
        polls: u64,
    ) -> impl Future<Output = T> + Send + use<T> {
        let waker = Arc::clone(&self.waker);
        self.made(move |context, number| {
            // Nobody has to be content with one look for each poll of the race; but there is an end.
            assert!(
                number <= 10 * polls,
                "{}",
                text!(
                    "nobody wakes the future or the timer, and one of them is polled again and again"
                )
            );
            *waker.lock() = Some(context.waker().clone());
            Poll::Pending
        })
    }

    /// One whose polls have numbers, from 1.
    fn made<T: Debug, P: FnMut(&Context<'_>, u64) -> Poll<T> + Send>(
        &self,
        mut poll: P,
    ) -> impl Future<Output = T> + Send + use<T, P> {
        let half = self.clone();
        let owned = Owned(self.clone());
        poll_fn(move |context| {
            let _owned = &owned;
            called_back_as(half.told("poll"), shown, || {
                let number = half.polls.fetch_add(1, Relaxed) + 1;
                poll(context, number)
            })
        })
    }

    /// Uses the waker that the last poll has left.
    pub(super) fn wakes(&self) {
        let take = || self.waker.lock().take();
        let waker = called_back_as(self.told("waker"), |_| None, take);
        // No lock is held: what a waker does is not known here.
        waker.into_iter().for_each(wake);
    }

    /// How often it was polled.
    pub(super) fn polls(&self) -> u64 {
        called_back_as(self.told("polls"), shown, || self.polls.load(Relaxed))
    }

    pub(super) fn is_dropped(&self) -> bool {
        let look = || self.is_dropped.load(Relaxed);
        called_back_as(self.told("is_dropped"), shown, look)
    }

    fn told(&self, what: &str) -> impl FnOnce() -> String {
        move || format!("{}.{what}", self.name)
    }
}

/// What one of the two owns, and what says when that is dropped.
struct Owned(Half);

impl Drop for Owned {
    fn drop(&mut self) {
        let note = || self.0.is_dropped.store(true, Relaxed);
        called_back_as(self.0.told("drop"), |()| None, note);
    }
}

/// A waker that says whether it was used.
pub(super) struct Bell {
    number: u64,
    is_used: AtomicBool,
}

impl Bell {
    /// One for the poll of this number.
    pub(super) fn new(number: u64) -> (Arc<Self>, Waker) {
        let bell = Arc::new(Bell {
            number,
            is_used: AtomicBool::new(false),
        });
        (Arc::clone(&bell), Waker::from(bell))
    }

    pub(super) fn is_used(&self) -> bool {
        let name = || format!("waker_{}.is_used", self.number);
        // Relaxed, as below: whoever looks uses it itself, or has heard of those who do that they are done.
        called_back_as(name, shown, || self.is_used.load(Relaxed))
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let name = || format!("waker_{}.wake", self.number);
        called_back_as(name, |()| None, || self.is_used.store(true, Relaxed));
    }
}
