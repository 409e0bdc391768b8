//! Letters that futures await, and what is demanded of their polls: for katas in which somebody polls.

use crate::curriculum::seen::{called, called_back, called_back_as, shown};
use crate::curriculum::words::counted;
use crate::sync::Mutex;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::{noun, text};
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// Where letters for one future arrive.
#[derive(Clone, Default)]
pub struct Mailbox(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    letters: u64,
    /// For how many polls the future has woken itself.
    own_wake_ups: u64,
    polls: u64,
    is_ready: bool,
    /// What the last poll has left.
    waker: Option<Waker>,
}

impl Mailbox {
    /// Puts a letter in, and wakes whoever awaits it.
    pub fn post(&self) {
        let mut held = self.0.lock();
        held.letters += 1;
        let waker = held.waker.clone();
        // What a waker does is not known here: it may poll at once.
        drop(held);
        waker.into_iter().for_each(wake);
    }

    /// How many letters have come, as soon as there are so many.
    pub fn awaits(&self, letters: u64) -> impl Future<Output = u64> + Send + use<> {
        let mailbox = self.clone();
        poll_fn(move |context| {
            let poll = || mailbox.poll(context, letters);
            called_back_as(|| "poll".to_owned(), shown, poll)
        })
    }

    /// The same, of a task, which comes to nothing.
    pub fn awaits_all(&self, letters: u64) -> impl Future<Output = ()> + Send + use<> {
        let letters = self.awaits(letters);
        async move {
            letters.await;
        }
    }

    /// Ready as soon as a letter has come; its first poll wakes itself so many times.
    pub fn awaits_one_and_wakes_itself(
        &self,
        times: u64,
    ) -> impl Future<Output = ()> + Send + use<> {
        let mailbox = self.clone();
        let mut is_first = true;
        poll_fn(move |context| {
            called_back(|| {
                let polled = mailbox.poll(context, 1);
                if std::mem::take(&mut is_first) && polled.is_pending() {
                    mailbox.wake_oneself(times, context.waker());
                }
                polled.map(|_| ())
            })
        })
    }

    /// One poll, of which the caller tells.
    ///
    /// # Panics
    /// Panics if it is one too many: the future was ready, or nobody has woken it.
    pub fn poll(&self, context: &Context<'_>, letters: u64) -> Poll<u64> {
        let mut held = self.0.lock();
        held.polls += 1;
        expect_not_ready(held.is_ready);
        // Each letter wakes once at most, and what is woken need not be polled for each.
        assert!(
            held.polls <= 1 + held.letters + held.own_wake_ups,
            "{}",
            text!(
                "the future is polled again after {polls}, and nobody has woken it",
                polls = counted(held.polls - 1, noun!("poll"))
            )
        );
        held.is_ready = held.letters >= letters;
        if held.is_ready {
            held.waker = None;
            return Poll::Ready(held.letters);
        }
        held.waker = Some(context.waker().clone());
        Poll::Pending
    }

    /// The future wakes itself, so many times: that makes one more poll.
    fn wake_oneself(&self, times: u64, waker: &Waker) {
        self.0.lock().own_wake_ups += 1;
        (0..times).for_each(|_| wake(waker.clone()));
    }

    /// True once the future was told `Ready`.
    pub fn is_ready(&self) -> bool {
        self.0.lock().is_ready
    }
}

/// Uses a waker.
pub fn wake(waker: Waker) {
    called("wake", || waker.wake());
}

/// Demands that a future which is polled has not been ready.
///
/// # Panics
/// Panics if it has.
#[track_caller]
pub fn expect_not_ready(is_ready: bool) {
    assert!(
        !is_ready,
        "{}",
        text!("the future was ready, and it is polled again")
    );
}

/// What a future owns, and what says when that is dropped.
#[derive(Debug)]
pub struct Mark(Arc<AtomicBool>);

impl Mark {
    /// It sets this when it is dropped.
    pub fn new(is_dropped: &Arc<AtomicBool>) -> Self {
        Mark(Arc::clone(is_dropped))
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        // Relaxed: whoever asks has waited for the thread, or is on it.
        self.0.store(true, Relaxed);
    }
}
