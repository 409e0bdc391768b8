//! Objects that keep what they promise, under every back end.

use super::queue::{Answer, Call, Queue};
use crate::explore::tests::options;
use crate::explore::{BackEnd, Check};
use crate::judge::{Model, Session, check};
#[cfg(not(loom))]
use crate::sync::atomic::{AtomicU8, Ordering::SeqCst};
use crate::sync::{BACK_ENDS, Condvar, Mutex, explore};
use std::collections::VecDeque;

/// A bounded queue that can be closed.
pub(super) struct Blocking {
    state: Mutex<(VecDeque<u8>, bool)>,
    changed: Condvar,
    room: usize,
}

impl Blocking {
    pub(super) fn new() -> Self {
        Blocking {
            state: Mutex::default(),
            changed: Condvar::new(),
            room: 1,
        }
    }

    fn put(&self, item: u8) -> Answer {
        let mut state = self.state.lock();
        while state.0.len() == self.room && !state.1 {
            self.changed.wait(&mut state);
        }
        if state.1 {
            return Answer::Refused;
        }
        state.0.push_back(item);
        self.changed.notify_all();
        Answer::Done
    }

    pub(super) fn get(&self) -> Answer {
        let mut state = self.state.lock();
        loop {
            if let Some(item) = state.0.pop_front() {
                self.changed.notify_all();
                return Answer::Item(item);
            }
            if state.1 {
                return Answer::End;
            }
            self.changed.wait(&mut state);
        }
    }

    fn close(&self) -> Answer {
        self.state.lock().1 = true;
        self.changed.notify_all();
        Answer::Done
    }

    /// As if it had never been closed.
    #[cfg(not(loom))]
    pub(super) fn reopen(&self) {
        self.state.lock().1 = false;
    }

    pub(super) fn perform(&self, call: Call) -> Answer {
        match call {
            Call::Put(item) => self.put(item),
            Call::Get | Call::Any => self.get(),
            Call::Close => self.close(),
        }
    }
}

/// Sessions in which every call returns.
pub(super) fn that_end() -> Vec<Session<Call>> {
    use Call::{Close, Get, Put};
    vec![
        Session::of([vec![Put(1)], vec![Get]]),
        Session::of([vec![Put(1), Put(2)], vec![Get, Get]]),
        Session::of([vec![Get, Get], vec![Put(1), Close]]),
    ]
}

/// Sessions in which calls wait for ever, always or sometimes.
#[cfg(not(loom))]
fn that_wait() -> Vec<Session<Call>> {
    use Call::{Close, Get, Put};
    vec![
        Session::of([vec![Get]]),
        Session::of([vec![Put(1), Put(2)], vec![Get], vec![Get]]),
        Session::of([vec![Put(1)], vec![Get], vec![Get]]),
        Session::of([vec![Put(1), Put(2), Put(3)], vec![Get]]),
        Session::of([vec![Put(1), Put(2)], vec![Put(3)], vec![Close, Get]]),
    ]
}

/// The check, with all its sessions for loom, too.
pub(super) fn listed_for_loom(mut check: Check) -> Check {
    check.loom.clone_from(&check.exhaustive);
    check
}

#[test]
fn a_right_queue_is_verified() {
    let check = check(
        "queue",
        "first in, first out",
        Queue(1),
        that_end(),
        Blocking::new,
        Blocking::perform,
    );
    let check = listed_for_loom(check);
    for &back_end in BACK_ENDS {
        let verdict = explore(&check, back_end, &options());
        assert!(verdict.failure().is_none(), "{back_end}: {verdict:#?}");
    }
}

#[cfg(not(loom))]
#[test]
fn calls_of_a_right_queue_may_wait_for_ever_if_they_have_a_reason() {
    let check = check(
        "queue",
        "first in, first out",
        Queue(1),
        that_wait(),
        Blocking::new,
        Blocking::perform,
    );
    let verdict = explore(&check, BackEnd::Exhaustive, &options());
    assert!(
        matches!(verdict, crate::explore::Verdict::Verified { .. }),
        "{verdict:#?}"
    );
    let verdict = explore(&check, BackEnd::Generated, &options());
    assert!(verdict.failure().is_none(), "{verdict:#?}");
}

/// Not under loom: there its load can be stale, though it is sequentially consistent.
#[cfg(not(loom))]
#[test]
fn a_right_counter_is_verified() {
    let model = Model::new(0, |count: &mut u8, add: &u8| {
        *count += add;
        Some(*count)
    });
    let sessions = [
        Session::of([vec![1], vec![0]]),
        Session::of([vec![1, 0], vec![1, 0]]),
        Session::of([vec![1], vec![1], vec![0]]),
    ];
    let add = |count: &AtomicU8, add| match add {
        0 => count.load(SeqCst),
        add => count.fetch_add(add, SeqCst) + add,
    };
    let check = check("counter", "counts", model, sessions, AtomicU8::default, add);
    for &back_end in BACK_ENDS {
        let verdict = explore(&check, back_end, &options());
        assert!(verdict.failure().is_none(), "{back_end}: {verdict:#?}");
    }
}

#[test]
fn a_right_lock_is_verified() {
    let model = Model::new(false, |is_held: &mut bool, take: &bool| {
        let changes = is_held != take;
        *is_held = *take;
        changes.then_some(())
    });
    let mut sessions = vec![
        Session::of([vec![true, false]]),
        Session::of([vec![true, false], vec![true, false]]),
    ];
    if !BACK_ENDS.contains(&BackEnd::Loom) {
        // One of the two waits for ever.
        sessions.push(Session::of([vec![true], vec![true]]));
    }
    let new = || (Mutex::new(false), Condvar::new());
    let perform = |(is_held, freed): &(Mutex<bool>, Condvar), take| {
        let mut is_held = is_held.lock();
        while take && *is_held {
            freed.wait(&mut is_held);
        }
        *is_held = take;
        freed.notify_one();
    };
    let check = check("lock", "one at a time", model, sessions, new, perform);
    let check = listed_for_loom(check);
    for &back_end in BACK_ENDS {
        let verdict = explore(&check, back_end, &options());
        assert!(verdict.failure().is_none(), "{back_end}: {verdict:#?}");
    }
}

/// An owner thread waits for ever for more work, and so does who waits for its answer: the one serves,
/// the other has a reason.
#[cfg(not(loom))]
#[test]
fn a_thread_behind_the_object_may_wait_with_those_who_call() {
    use crate::sync::channel::{Receiver, Sender, unbounded};
    use crate::sync::thread;
    type Owned = (Sender<u8>, Receiver<u8>);
    let model = Model::new(None, |cell: &mut Option<u8>, put: &Option<u8>| match put {
        Some(_) => Some(std::mem::replace(cell, *put).or(Some(0))),
        None => cell.take().map(Some),
    });
    let own = || -> Owned {
        let (sender, inbox) = unbounded();
        let (outbox, receiver) = unbounded();
        drop(thread::spawn(move || {
            for item in inbox {
                let _ = outbox.send(item);
            }
        }));
        (sender, receiver)
    };
    let perform = |(sender, receiver): &Owned, put: Option<u8>| match put {
        Some(item) => {
            sender.send(item).expect("its owner lives");
            Some(0)
        }
        None => receiver.recv().ok(),
    };
    let sessions = [
        Session::of([vec![None]]),
        Session::of([vec![Some(7)], vec![None]]),
    ];
    let check = check("owned", "hands over", model, sessions, own, perform);
    let verdict = explore(&check, BackEnd::Exhaustive, &options());
    assert!(
        matches!(verdict, crate::explore::Verdict::Verified { .. }),
        "{verdict:#?}"
    );
}
