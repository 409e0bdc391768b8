//! Failures of tasks, as they are told: each by an exploration of what is wrong in one way.
#![cfg(not(loom))]

use super::draw_with;
use crate::explore::tests::options;
use crate::explore::{BackEnd, Check, Failure, Scenario, Verdict};
use crate::sync::atomic::{AtomicBool, Ordering::SeqCst};
use crate::sync::task::{block_on, may_be_dropped, on_one_thread, spawn};
use crate::sync::{Mutex, channel, explore, thread};
use crate::timeline::Options;
use insta::assert_snapshot;
use proptest::strategy::Just;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

#[track_caller]
fn failure(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Failure {
    let check = Check::new("check", "holds", Just(0), [0_u8], [], move |_| scenario());
    match explore(&check, BackEnd::Exhaustive, &options()) {
        Verdict::Failed(failure) => *failure,
        other => panic!("not failed: {other:?}"),
    }
}

fn source(path: &str) -> Option<String> {
    let is_here = path.ends_with("tests/tasks.rs");
    is_here.then(|| include_str!("tasks.rs").to_owned())
}

#[track_caller]
fn told(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> String {
    draw_with(&failure(scenario), &Options::plain(100), &source)
}

#[derive(Default)]
struct Mailbox {
    letter: Option<u32>,
    reader: Option<Waker>,
}

type Shared = Arc<Mutex<Mailbox>>;

fn write(mailbox: &Shared) {
    let mut held = mailbox.lock();
    held.letter = Some(7);
    let reader = held.reader.take();
    drop(held);
    reader.into_iter().for_each(Waker::wake);
}

#[test]
fn a_waker_that_is_left_too_late() {
    let scenario = || {
        let mailbox = Shared::default();
        let its = Arc::clone(&mailbox);
        Scenario::new()
            .thread("reader", move || {
                let letter = poll_fn(|context| {
                    if let Some(letter) = mailbox.lock().letter {
                        return Poll::Ready(letter);
                    }
                    mailbox.lock().reader = Some(context.waker().clone());
                    Poll::Pending
                });
                assert_eq!(block_on(letter), 7);
            })
            .thread("writer", move || write(&its))
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_waker_that_is_kept_for_ever() {
    let scenario = || {
        let mailbox = Shared::default();
        let its = Arc::clone(&mailbox);
        Scenario::new()
            .thread("reader", move || {
                let mut has_left_one = false;
                let letter = poll_fn(|context: &mut Context<'_>| {
                    let mut held = mailbox.lock();
                    if let Some(letter) = held.letter {
                        return Poll::Ready(letter);
                    }
                    if !has_left_one {
                        has_left_one = true;
                        held.reader = Some(context.waker().clone());
                    }
                    Poll::Pending
                });
                assert_eq!(block_on(letter), 7);
            })
            .thread("writer", move || write(&its))
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_poll_taken_for_a_wake_up() {
    let scenario = || {
        let mailbox = Shared::default();
        let its = Arc::clone(&mailbox);
        Scenario::new()
            .thread("reader", move || {
                let mut has_looked = false;
                let letter = poll_fn(|context: &mut Context<'_>| {
                    let mut held = mailbox.lock();
                    if held.letter.is_some() || has_looked {
                        return Poll::Ready(held.letter.expect("a letter"));
                    }
                    has_looked = true;
                    held.reader = Some(context.waker().clone());
                    Poll::Pending
                });
                assert_eq!(block_on(letter), 7);
            })
            .thread("writer", move || write(&its))
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_waker_that_is_never_left() {
    let scenario = || {
        let mailbox = Shared::default();
        let its = Arc::clone(&mailbox);
        Scenario::new()
            .thread("reader", move || {
                let letter = poll_fn(|_| match mailbox.lock().letter {
                    Some(letter) => Poll::Ready(letter),
                    None => Poll::Pending,
                });
                assert_eq!(block_on(letter), 7);
            })
            .thread("writer", move || write(&its))
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_waker_that_its_own_task_has_used() {
    let scenario = || {
        Scenario::new().thread("reader", || {
            let mut has_woken_itself = false;
            block_on(poll_fn(|context: &mut Context<'_>| {
                if !std::mem::replace(&mut has_woken_itself, true) {
                    context.waker().wake_by_ref();
                }
                Poll::<()>::Pending
            }));
        })
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_change_that_was_looked_at_is_not_the_reason() {
    let scenario = || {
        let mailbox = Shared::default();
        let its = Arc::clone(&mailbox);
        let (send, receive) = channel::bounded(1);
        Scenario::new()
            .thread("reader", move || {
                assert_eq!(mailbox.lock().letter, None);
                receive.recv().unwrap();
                block_on(poll_fn(|_| match mailbox.lock().letter {
                    Some(8) => Poll::Ready(()),
                    _ => Poll::Pending,
                }));
            })
            .thread("writer", move || {
                write(&its);
                send.send(()).unwrap();
            })
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_task_that_blocks_its_executor() {
    let scenario = || {
        Scenario::new().thread("main", || {
            on_one_thread(async {
                let (send, receive) = channel::bounded(1);
                let other = spawn(async move { send.send(1).unwrap() });
                assert_eq!(receive.recv(), Ok(1));
                other.await.unwrap();
            });
        })
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_task_that_never_yields() {
    let scenario = || {
        Scenario::new().thread("main", || {
            on_one_thread(async {
                let is_set = Arc::new(AtomicBool::new(false));
                let its = Arc::clone(&is_set);
                let other = spawn(async move { its.store(true, SeqCst) });
                while !is_set.load(SeqCst) {
                    thread::yield_now();
                }
                other.await.unwrap();
            });
        })
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_guard_over_an_await() {
    let scenario = || {
        let mailbox = Shared::default();
        let count = Arc::new(Mutex::new(0));
        let (its, counts) = (Arc::clone(&mailbox), Arc::clone(&count));
        Scenario::new()
            .thread("reader", move || {
                block_on(async {
                    let mut held = count.lock();
                    let letter = poll_fn(|context: &mut Context<'_>| {
                        let mut held = mailbox.lock();
                        if let Some(letter) = held.letter {
                            return Poll::Ready(letter);
                        }
                        held.reader = Some(context.waker().clone());
                        Poll::Pending
                    });
                    *held += letter.await;
                });
            })
            .thread("writer", move || {
                *counts.lock() += 1;
                write(&its);
            })
    };
    assert_snapshot!(told(scenario));
}

#[test]
fn a_result_that_is_taken_twice() {
    let scenario = || {
        Scenario::new().thread("main", || {
            let mut task = spawn(async { 1 });
            let first = block_on(async {
                let first = (&mut task).await.unwrap();
                first + (&mut task).await.unwrap()
            });
            assert_eq!(first, 2);
        })
    };
    assert_snapshot!(told(scenario));
}

/// A lock whose turn goes to who waits first, also if that one waits no more.
#[derive(Default)]
struct Turns {
    is_taken: bool,
    waiting: VecDeque<(&'static str, Waker)>,
}

async fn taken(name: &'static str, turns: &Mutex<Turns>) {
    poll_fn(|context: &mut Context<'_>| {
        let mut held = turns.lock();
        if !held.is_taken {
            held.is_taken = true;
            held.waiting.retain(|(other, _)| *other != name);
            return Poll::Ready(());
        }
        let own = held.waiting.iter().position(|(other, _)| *other == name);
        match own {
            Some(own) => held.waiting[own].1 = context.waker().clone(),
            None => held.waiting.push_back((name, context.waker().clone())),
        }
        Poll::Pending
    })
    .await;
}

fn given(turns: &Mutex<Turns>) {
    let mut held = turns.lock();
    held.is_taken = false;
    let next = held.waiting.pop_front();
    drop(held);
    if let Some((_, waker)) = next {
        waker.wake();
    }
}

#[test]
fn a_wake_up_for_whom_waits_no_more() {
    let scenario = || {
        let turns = Arc::new(Mutex::new(Turns {
            is_taken: true,
            waiting: VecDeque::new(),
        }));
        let [first, second] = [Arc::clone(&turns), Arc::clone(&turns)];
        Scenario::new()
            .thread("impatient", move || {
                if block_on(may_be_dropped(taken("impatient", &first))).is_some() {
                    given(&first);
                }
            })
            .thread("patient", move || {
                block_on(taken("patient", &second));
                given(&second);
            })
            .thread("holder", move || given(&turns))
    };
    assert_snapshot!(told(scenario));
}
