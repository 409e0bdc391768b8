//! Tasks of async code: each thread polls one, which awaits one result.

use super::super::program::{Left, Seen};
use super::actor::SHORT;
use crate::sync::engine::atomic::AtomicU8;
use crate::sync::engine::atomic::Ordering::SeqCst;
use crate::sync::engine::tasks::{Awaited, Completion, Signal};
use crate::sync::engine::thread::Thread;
use crate::sync::engine::time::Instant;
use std::panic::Location;
use std::sync::{Arc, Mutex as Unseen};
use std::task::Waker;

/// The task that a thread polls.
pub(super) struct Polled {
    signal: Arc<Signal>,
    /// Its wakers, one after the other; only the last one is not replaced.
    wakers: Unseen<Vec<Waker>>,
    /// The number of the one that others find.
    left: AtomicU8,
    completion: Completion,
    /// What only the operations of `completion` look at.
    result: Unseen<Result>,
}

#[derive(Default)]
struct Result {
    is_there: bool,
    waker: Option<Waker>,
}

impl Polled {
    pub(super) fn new() -> Self {
        let location = Location::caller();
        let signal = Signal::new(location);
        Polled {
            wakers: Unseen::new(vec![signal.waker()]),
            signal,
            left: AtomicU8::new(0),
            completion: Completion::new(location),
            result: Unseen::default(),
        }
    }

    /// It is this thread's, which is yet to perform its first operation.
    pub(super) fn belongs_to(&self, thread: &Thread) {
        self.signal.belongs_to(thread);
    }

    /// The waker that is not replaced.
    fn waker(&self) -> Waker {
        let wakers = self.wakers.lock().unwrap();
        wakers
            .last()
            .expect("there is one from the beginning")
            .clone()
    }

    pub(super) fn pend(&self, is_timed: bool) -> Seen {
        match self.signal.wait(is_timed.then(|| Instant::now() + SHORT)) {
            Awaited::Woken => Seen::Yes,
            Awaited::TimedOut => Seen::TimedOut,
            Awaited::Spuriously { is_replaced: false } => Seen::No,
            Awaited::Spuriously { is_replaced: true } => {
                self.signal.replace_waker();
                let mut wakers = self.wakers.lock().unwrap();
                wakers.push(self.signal.waker());
                let latest = wakers.len() - 1;
                drop(wakers);
                self.left.store(latest as u8, SeqCst);
                Seen::Replaced
            }
        }
    }

    pub(super) fn wake(&self, left: Left) -> Seen {
        let number = match left {
            Left::First => 0,
            Left::Latest => usize::from(self.left.load(SeqCst)),
        };
        let waker = self.wakers.lock().unwrap()[number].clone();
        waker.wake();
        // Nobody else runs before the next operation.
        whether(self.wakers.lock().unwrap().len() == number + 1)
    }

    pub(super) fn wakes_itself(&self) {
        self.waker().wake();
    }

    pub(super) fn complete(&self) -> Seen {
        let (is_first, waker) = self.completion.complete(|| {
            let mut result = self.result.lock().unwrap();
            let was_there = std::mem::replace(&mut result.is_there, true);
            ((!was_there, result.waker.take()), None)
        });
        waker.into_iter().for_each(Waker::wake);
        whether(is_first)
    }

    pub(super) fn ask(&self) -> Seen {
        let is_there = || (self.result.lock().unwrap().is_there, None);
        whether(self.completion.ask(Location::caller(), is_there))
    }

    /// To be called by its own thread only.
    pub(super) fn poll_result(&self) -> Seen {
        let waker = self.waker();
        self.completion.poll(|| {
            let mut result = self.result.lock().unwrap();
            if !result.is_there {
                result.waker = Some(waker);
            }
            (whether(result.is_there), None)
        })
    }
}

fn whether(holds: bool) -> Seen {
    if holds { Seen::Yes } else { Seen::No }
}
