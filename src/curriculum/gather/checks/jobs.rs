//! The jobs of the checks, and what is demanded of results.

use super::super::contract::{Failure, Job};
use super::Results;
use crate::curriculum::letters::{expect_not_ready, wake};
use crate::curriculum::seen::{called_back_as, shown};
use crate::sync::Mutex;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::text;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// What a job comes to.
pub(super) type Outcome = Result<u64, String>;

/// A job that is polled so; in a drawing each poll of it is one row.
pub(super) fn job(
    number: u64,
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<Outcome> + Send + 'static,
) -> Job<u64> {
    let mut is_ready = false;
    Box::pin(poll_fn(move |context| {
        let poll = || {
            expect_not_ready(is_ready);
            let polled = poll(context);
            is_ready = polled.is_ready();
            polled
        };
        called_back_as(|| format!("poll job-{number}"), shown, poll)
    }))
}

/// A job that wakes itself in the middle of each of so many polls, and then comes to this.
pub(super) fn wakes_itself(number: u64, awaits: u64, outcome: Outcome) -> Job<u64> {
    let (mut left, mut outcome) = (awaits, Some(outcome));
    job(number, move |context| {
        if left > 0 {
            left -= 1;
            wake(context.waker().clone());
            return Poll::Pending;
        }
        outcome.take().map_or(Poll::Pending, Poll::Ready)
    })
}

/// Notes whether a job is polled after its end: its panic may end up among the results, or nowhere.
#[derive(Clone, Default)]
pub(super) struct Watch(Arc<AtomicBool>);

impl Watch {
    /// The job, watched.
    pub(super) fn over(&self, mut watched: Job<u64>) -> Job<u64> {
        let (is_polled_again, mut is_ready) = (Arc::clone(&self.0), false);
        Box::pin(poll_fn(move |context| {
            if is_ready {
                // Relaxed: whoever asks is on this thread, or has waited for it.
                is_polled_again.store(true, Relaxed);
            }
            let polled = watched.as_mut().poll(context);
            is_ready |= polled.is_ready();
            polled
        }))
    }

    /// Demands that none of its jobs was polled after its end.
    pub(super) fn expect_no_poll_after_the_end(&self) {
        assert!(
            !self.0.load(Relaxed),
            "{}",
            text!("a job had ended, and was polled again")
        );
    }
}

/// Where letters for one job arrive. Unlike other mailboxes, this one bears polls for nothing.
#[derive(Clone, Default)]
pub(super) struct Mailbox(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    letters: u64,
    /// What the last poll has left. It stays: whoever has the mailbox has the waker.
    waker: Option<Waker>,
}

impl Mailbox {
    /// Puts a letter in, and wakes whoever awaits it.
    pub(super) fn post(&self) {
        let mut held = self.0.lock();
        held.letters += 1;
        let waker = held.waker.clone();
        // What a waker does is not known here: it may poll at once.
        drop(held);
        waker.into_iter().for_each(wake);
    }

    /// A job that awaits so many letters, and comes to their number.
    pub(super) fn awaits(&self, number: u64, letters: u64) -> Job<u64> {
        let mailbox = self.clone();
        job(number, move |context| {
            let mut held = mailbox.0.lock();
            if held.letters >= letters {
                return Poll::Ready(Ok(held.letters));
            }
            held.waker = Some(context.waker().clone());
            Poll::Pending
        })
    }
}

/// What the jobs that panic panic with.
pub(super) struct Payload;

/// A result in words.
pub(super) fn in_words(result: &Result<u64, Failure>) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(Failure::Error(error)) => text!("the error “{error}”", error),
        Err(Failure::Panic(payload)) => {
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let told = text.or_else(|| payload.downcast_ref::<&str>().copied());
            match told {
                _ if payload.is::<Payload>() => text!("the payload of a panic").to_owned(),
                Some(told) => text!("a panic that says “{told}”", told),
                None => text!("the payload of another panic").to_owned(),
            }
        }
    }
}

/// Demands these results, in this order.
pub(super) fn expect(results: &Results, expected: &Results) {
    let told = |results: &Results| {
        let all: Vec<String> = results.iter().map(in_words).collect();
        format!("[{}]", all.join(", "))
    };
    let (results, expected) = (told(results), told(expected));
    assert!(
        results == expected,
        "{}",
        text!(
            "the results are {results}, and the jobs came to {expected}",
            results,
            expected
        )
    );
}
