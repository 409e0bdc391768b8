//! Programs that come to a stop.

use super::programs::{Threads, is, nothing, program};
use kata::diagnosis::Label::*;
use kata::explore::Scenario;
use kata::sync::atomic::{AtomicBool, Ordering::SeqCst};
use kata::sync::{Condvar, Mutex, RwLock, channel, thread};
use std::sync::Arc;

#[test]
fn locks_taken_in_a_circle() {
    type Forks = [Mutex<()>; 3];
    fn eat<const LEFT: usize>(forks: &Forks) {
        let _left = forks[LEFT].lock();
        let _right = forks[(LEFT + 1) % 3].lock();
    }
    is(LockOrder, || {
        let threads: Threads<Forks> = &[("a", eat::<0>), ("b", eat::<1>), ("c", eat::<2>)];
        program(Forks::default(), threads, nothing)
    });
}

#[test]
fn a_lock_taken_twice() {
    is(SelfDeadlock, || {
        let code: fn(&Mutex<u8>) = |lock| {
            let held = lock.lock();
            *lock.lock() = *held;
        };
        program(Mutex::new(0), &[("only", code)], nothing)
    });
    is(SelfDeadlock, || {
        let code: fn(&RwLock<u8>) = |lock| {
            let held = lock.read();
            *lock.write() = *held;
        };
        program(RwLock::new(0), &[("only", code)], nothing)
    });
    // For reading, with a writer in between.
    is(SelfDeadlock, || {
        let reads: fn(&RwLock<u8>) = |lock| {
            let held = lock.read();
            assert_eq!(*held, *lock.read());
        };
        let writes: fn(&RwLock<u8>) = |lock| *lock.write() += 1;
        let threads: Threads<RwLock<u8>> = &[("reads", reads), ("writes", writes)];
        program(RwLock::new(0), threads, nothing)
    });
}

#[test]
fn waiting_for_a_thread_that_needs_the_lock() {
    is(WaitsHoldingLock, || {
        let lock = Arc::new(Mutex::new(0));
        Scenario::new().thread("parent", move || {
            let held = lock.lock();
            let child = thread::spawn({
                let lock = Arc::clone(&lock);
                move || *lock.lock() += 1
            });
            child.join().unwrap();
            drop(held);
        })
    });
}

#[test]
fn receiving_with_the_lock_held_that_the_sender_needs() {
    is(WaitsHoldingLock, || {
        let (sender, receiver) = channel::bounded(1);
        let lock = Arc::new(Mutex::new(0));
        let other = Arc::clone(&lock);
        Scenario::new()
            .thread("receiver", move || {
                let mut held = lock.lock();
                *held += receiver.recv().unwrap();
            })
            .thread("sender", move || sender.send(*other.lock()).unwrap())
    });
}

#[test]
fn a_guard_that_is_forgotten() {
    is(NeverUnlocked, || {
        let forget: fn(&Mutex<u8>) = |lock| std::mem::forget(lock.lock());
        program(Mutex::new(0), &[("a", forget), ("b", forget)], nothing)
    });
}

type Gate = (Mutex<bool>, Condvar);

fn open((is_open, changed): &Gate) {
    *is_open.lock() = true;
    changed.notify_all();
}

#[test]
fn a_notification_before_the_wait_is_lost() {
    fn wait_at_once((is_open, changed): &Gate) {
        changed.wait(&mut is_open.lock());
    }
    fn look_first((is_open, changed): &Gate) {
        if !*is_open.lock() {
            changed.wait(&mut is_open.lock());
        }
    }
    is(LostWakeUp, || {
        program(
            Gate::default(),
            &[("waiter", wait_at_once), ("opener", open)],
            nothing,
        )
    });
    is(LostWakeUp, || {
        program(
            Gate::default(),
            &[("waiter", look_first), ("opener", open)],
            nothing,
        )
    });
}

#[test]
fn a_flag_beside_the_lock_lets_the_notification_slip_in_between() {
    is(LostWakeUp, || {
        program(
            (AtomicBool::new(false), Mutex::new(()), Condvar::new()),
            &[
                ("waiter", |(is_ready, lock, changed)| {
                    if !is_ready.load(SeqCst) {
                        let mut held = lock.lock();
                        while !is_ready.load(SeqCst) {
                            changed.wait(&mut held);
                        }
                    }
                }),
                ("setter", |(is_ready, _, changed)| {
                    is_ready.store(true, SeqCst);
                    changed.notify_one();
                }),
            ],
            nothing,
        )
    });
}

#[test]
fn one_condvar_for_two_conditions_wakes_the_wrong_waiter() {
    type Box = (Mutex<u32>, Condvar);
    fn put((full, changed): &Box) {
        let mut full = full.lock();
        while *full > 0 {
            changed.wait(&mut full);
        }
        *full += 1;
        changed.notify_one();
    }
    fn take((full, changed): &Box) {
        let mut full = full.lock();
        while *full == 0 {
            changed.wait(&mut full);
        }
        *full -= 1;
        changed.notify_one();
    }
    is(WrongWaiter, || {
        let threads: Threads<Box> = &[
            ("putter-1", put),
            ("putter-2", put),
            ("taker-1", take),
            ("taker-2", take),
        ];
        program(Box::default(), threads, nothing)
    });
}

#[test]
fn a_queue_without_an_end() {
    is(QueueNeverEnds, || {
        let (sender, receiver) = channel::unbounded();
        Scenario::new().thread("both", move || {
            sender.send(1).unwrap();
            for number in &receiver {
                assert_eq!(number, 1);
            }
            drop(sender);
        })
    });
}

#[test]
fn one_end_for_two_receivers() {
    is(QueueNeverEnds, || {
        let (sender, receiver) = channel::unbounded();
        let worker = |scenario: Scenario, name| {
            let receiver = receiver.clone();
            scenario.thread(name, move || while receiver.recv() == Ok(true) {})
        };
        let scenario = ["worker-1", "worker-2"]
            .into_iter()
            .fold(Scenario::new(), worker);
        let keeps = sender.clone();
        scenario
            .thread("sender", move || sender.send(false).unwrap())
            .finally(move || drop(keeps))
    });
}

#[test]
fn a_full_queue() {
    is(QueueStaysFull, || {
        let (sender, receiver) = channel::bounded(1);
        Scenario::new().thread("only", move || {
            sender.send(1).unwrap();
            sender.send(2).unwrap();
            drop(receiver);
        })
    });
}

#[test]
fn a_wait_that_was_in_time_and_is_never_notified_is_not_a_lost_wake_up() {
    type Stock = (Mutex<u32>, Condvar);
    fn take((stock, changed): &Stock) {
        let mut left = stock.lock();
        while *left == 0 {
            changed.wait(&mut left);
        }
        *left -= 1;
        // As one does who shares the condvar with those who bring new ones.
        changed.notify_all();
    }
    fn take_truth((is_there, changed): &Gate) {
        let mut is_there = is_there.lock();
        while !*is_there {
            changed.wait(&mut is_there);
        }
    }
    is(NobodyNotifies, || {
        let threads: Threads<Stock> = &[("a", take), ("b", take)];
        program((Mutex::new(1), Condvar::new()), threads, nothing)
    });
    is(NobodyNotifies, || {
        let says_nothing: fn(&Gate) = |(is_open, _)| *is_open.lock() = true;
        program(
            Gate::default(),
            &[("waiter", take_truth), ("setter", says_nothing)],
            nothing,
        )
    });
}

#[test]
fn woken_too_early_and_never_again_is_not_the_wrong_waiter() {
    type Count = (Mutex<u32>, Condvar);
    fn arrive((count, changed): &Count) {
        let mut count = count.lock();
        *count += 1;
        changed.notify_one();
        while *count < 4 {
            changed.wait(&mut count);
        }
    }
    is(NobodyNotifies, || {
        let threads: Threads<Count> = &[("a", arrive), ("b", arrive), ("c", arrive)];
        program(Count::default(), threads, nothing)
    });
}
