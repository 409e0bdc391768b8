//! What the checks run whose futures others wake.

use super::{Boxed, Run, block_on};
use crate::curriculum::letters::{Mailbox, wake};
use crate::curriculum::seen::called_back;
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::sync::channel;
use crate::sync::thread::{self, Thread};
use crate::text;
use std::future::poll_fn;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::task::{Poll, Waker};

pub(super) fn waits_until_it_is_woken(run: Run, posters: &PerThread) -> Scenario {
    let (mailbox, letters) = (Mailbox::default(), posters.total());
    let its = mailbox.clone();
    let mut scenario = Scenario::new().thread("caller", move || {
        block_on(run, Box::pin(its.awaits(letters)));
    });
    for (name, times) in posters.threads("poster") {
        let mailbox = mailbox.clone();
        scenario = scenario.thread(name, move || {
            (0..times).for_each(|_| mailbox.post());
        });
    }
    scenario
}

/// The first poll wakes itself; what it awaits is a letter.
pub(super) fn wake_ups_between_two_polls_are_one(run: Run, wakes: NonZeroU16) -> Scenario {
    let mailbox = Mailbox::default();
    let its = mailbox.clone();
    let scenario = Scenario::new().thread("caller", move || {
        let future = its.awaits_one_and_wakes_itself(wakes.get().into());
        block_on(run, boxed(future));
    });
    scenario.thread("poster", move || mailbox.post())
}

/// A future that comes to nothing, as those of the checks are.
fn boxed(future: impl Future<Output = ()> + 'static) -> Boxed {
    Box::pin(async {
        future.await;
        0
    })
}

/// Each round is some work, and a wake-up to say that it is done.
pub(super) fn a_poll_sees_what_came_before(run: Run, rounds: NonZeroU16) -> Scenario {
    let rounds = u64::from(rounds.get());
    let (give, take) = channel::unbounded::<Waker>();
    let done = Arc::new(AtomicU64::new(0));
    let its = Arc::clone(&done);
    let caller = move || {
        let mut polls = 0;
        let future = poll_fn(move |context| {
            called_back(|| {
                // Relaxed, here and below: that it is seen is what `block_on` promises.
                let seen = its.load(Relaxed);
                assert!(
                    seen == polls,
                    "{}",
                    text!("it is polled, and does not see what was done before it was woken")
                );
                if polls == rounds {
                    return Poll::Ready(rounds);
                }
                polls += 1;
                give.send(context.waker().clone())
                    .expect("the worker awaits it");
                Poll::Pending
            })
        });
        block_on(run, Box::pin(future));
    };
    let scenario = Scenario::new().thread("caller", caller);
    scenario.thread("worker", move || {
        for round in 1..=rounds {
            let waker = take.recv().expect("the future has more polls");
            done.store(round, Relaxed);
            wake(waker);
        }
    })
}

pub(super) fn calls_do_not_disturb_each_other(run: Run, callers: &PerThread) -> Scenario {
    let mut scenario = Scenario::new();
    let mut all = Vec::new();
    for (name, letters) in callers.threads("caller") {
        let mailbox = Mailbox::default();
        all.push((mailbox.clone(), letters));
        scenario = scenario.thread(name, move || {
            block_on(run, Box::pin(mailbox.awaits(letters)));
        });
    }
    scenario.thread("poster", move || {
        for (mailbox, letters) in all {
            (0..letters).for_each(|_| mailbox.post());
        }
    })
}

/// A future that awaits letters, and does something in its first poll, once it has left its waker.
fn does_something_first(
    mailbox: Mailbox,
    letters: NonZeroU16,
    something: impl FnOnce() + 'static,
) -> Boxed {
    let mut something = Some(something);
    Box::pin(poll_fn(move |context| {
        called_back(|| {
            let polled = mailbox.poll(context, letters.get().into());
            if let Some(something) = something.take() {
                something();
            }
            polled
        })
    }))
}

/// Posts so many letters.
fn posts(mailbox: Mailbox, letters: NonZeroU16) -> impl FnOnce() + Send + 'static {
    move || (0..letters.get()).for_each(|_| mailbox.post())
}

/// One poster for the future, and one for what its first poll awaits.
pub(super) fn a_poll_may_call_it(run: Run, letters: NonZeroU16) -> Scenario {
    let (outer, inner) = (Mailbox::default(), Mailbox::default());
    let (its_outer, its_inner) = (outer.clone(), inner.clone());
    let caller = move || {
        let waits = move || {
            block_on(run, Box::pin(its_inner.awaits(1)));
        };
        block_on(run, does_something_first(its_outer, letters, waits));
    };
    let scenario = Scenario::new().thread("caller", caller);
    scenario
        .thread("poster-1", posts(outer, letters))
        .thread("poster-2", move || inner.post())
}

/// Who posts ends the park as well, when the letters are there.
pub(super) fn a_poll_may_park(run: Run, letters: NonZeroU16) -> Scenario {
    let mailbox = Mailbox::default();
    let its = mailbox.clone();
    let (give, take) = channel::unbounded::<Thread>();
    let is_over = Arc::new(AtomicBool::new(false));
    let over = Arc::clone(&is_over);
    let caller = move || {
        let parks = move || {
            give.send(thread::current()).expect("somebody unparks it");
            // Acquire pairs with the Release below.
            while !over.load(Acquire) {
                thread::park();
            }
        };
        block_on(run, does_something_first(its, letters, parks));
    };
    let scenario = Scenario::new().thread("caller", caller);
    scenario.thread("poster", move || {
        let thread = take.recv().expect("the first poll parks");
        posts(mailbox, letters)();
        is_over.store(true, Release);
        thread.unpark();
    })
}

/// The first call's wakers are used whenever; the second call awaits letters of its own.
pub(super) fn a_waker_may_be_kept(run: Run, keepers: &PerThread) -> Scenario {
    let mailbox = Mailbox::default();
    let mut scenario = Scenario::new();
    let mut all = Vec::new();
    for (name, times) in keepers.threads("keeper") {
        let (give, take) = channel::unbounded::<Waker>();
        all.push(give);
        let mailbox = mailbox.clone();
        scenario = scenario.thread(name, move || {
            let waker = take.recv().expect("the future gives its waker away");
            (0..times).for_each(|_| wake(waker.clone()));
            mailbox.post();
        });
    }
    let letters = all.len() as u64;
    scenario.thread("caller", move || {
        let gives = poll_fn(move |context| {
            called_back(|| {
                for give in &all {
                    let given = give.send(context.waker().clone());
                    given.expect("the keeper awaits it");
                }
                Poll::Ready(0)
            })
        });
        block_on(run, Box::pin(gives));
        block_on(run, Box::pin(mailbox.awaits(letters)));
    })
}
