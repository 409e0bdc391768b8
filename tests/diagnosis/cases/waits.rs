//! Programs whose threads wait, or do not.

use super::Program;
use crate::programs::{nothing, program};
use kata::diagnosis::Label::*;
use kata::explore::Scenario;
use kata::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use kata::sync::channel::{self, Sender};
use kata::sync::{Condvar, Mutex, RwLock, thread};
use std::sync::Arc;

/// All of them, by name, and what their faults are called.
pub const ALL: &[Program] = &[
    (
        "try_lock_gives_up_then_channel",
        RefusalForAnswer,
        try_lock_gives_up_then_channel,
    ),
    (
        "try_lock_gives_up_then_condvar",
        RefusalForAnswer,
        try_lock_gives_up_then_condvar,
    ),
    (
        "try_lock_gives_up_then_park",
        RefusalForAnswer,
        try_lock_gives_up_then_park,
    ),
    (
        "register_too_late_channel",
        LostWakeUp,
        register_too_late_channel,
    ),
    ("register_too_late_park", LostWakeUp, register_too_late_park),
    ("stale_park_token", NotRechecked, stale_park_token),
    (
        "flag_set_without_lock_condvar",
        LostWakeUp,
        flag_set_without_lock_condvar,
    ),
    ("notify_before_flag", NobodyNotifies, notify_before_flag),
    ("wait_group_add_inside", NotWaitedFor, wait_group_add_inside),
    ("upgrade_read_to_write", SelfDeadlock, upgrade_read_to_write),
    ("never_unparked", NeverUnparked, never_unparked),
    ("dining_philosophers_3", LockOrder, dining_philosophers_3),
    (
        "send_full_holding_lock",
        WaitsHoldingLock,
        send_full_holding_lock,
    ),
    ("join_holding_lock", WaitsHoldingLock, join_holding_lock),
];

fn try_lock_gives_up_then_channel() -> Scenario {
    program(
        Mutex::new(Vec::<Sender<()>>::new()),
        &[
            ("waiter", |waiters| {
                let (wake, woken) = channel::bounded(1);
                waiters.lock().push(wake);
                woken.recv().unwrap();
            }),
            ("notifier", |waiters| {
                while let Some(mut waiters) = waiters.try_lock() {
                    if let Some(waiter) = waiters.pop() {
                        waiter.send(()).unwrap();
                        return;
                    }
                    drop(waiters);
                    thread::yield_now();
                }
            }),
        ],
        nothing,
    )
}

fn try_lock_gives_up_then_condvar() -> Scenario {
    struct Shared(Mutex<bool>, Condvar);
    program(
        Shared(Mutex::new(false), Condvar::new()),
        &[
            ("waiter", |Shared(ready, condvar)| {
                let mut ready = ready.lock();
                condvar.wait_while(&mut ready, |ready| !*ready);
            }),
            ("notifier", |Shared(ready, condvar)| {
                if let Some(mut ready) = ready.try_lock() {
                    *ready = true;
                    condvar.notify_one();
                }
            }),
        ],
        nothing,
    )
}

fn try_lock_gives_up_then_park() -> Scenario {
    program(
        Mutex::new(None::<thread::Thread>),
        &[
            ("waiter", |slot| {
                *slot.lock() = Some(thread::current());
                thread::park();
            }),
            ("notifier", |slot| {
                loop {
                    let Some(slot) = slot.try_lock() else { return };
                    if let Some(waiter) = &*slot {
                        waiter.unpark();
                        return;
                    }
                    drop(slot);
                    thread::yield_now();
                }
            }),
        ],
        nothing,
    )
}

fn register_too_late_channel() -> Scenario {
    struct Shared {
        is_ready: AtomicBool,
        waiters: Mutex<Vec<Sender<()>>>,
    }
    program(
        Shared {
            is_ready: AtomicBool::new(false),
            waiters: Mutex::default(),
        },
        &[
            ("waiter", |shared| {
                if !shared.is_ready.load(SeqCst) {
                    let (wake, woken) = channel::bounded(1);
                    shared.waiters.lock().push(wake);
                    woken.recv().unwrap();
                }
            }),
            ("notifier", |shared| {
                shared.is_ready.store(true, SeqCst);
                for waiter in shared.waiters.lock().drain(..) {
                    waiter.send(()).unwrap();
                }
            }),
        ],
        nothing,
    )
}

fn register_too_late_park() -> Scenario {
    struct Shared {
        is_ready: AtomicBool,
        waiters: Mutex<Vec<thread::Thread>>,
    }
    program(
        Shared {
            is_ready: AtomicBool::new(false),
            waiters: Mutex::default(),
        },
        &[
            ("waiter", |shared| {
                if !shared.is_ready.load(SeqCst) {
                    shared.waiters.lock().push(thread::current());
                    thread::park();
                }
            }),
            ("notifier", |shared| {
                shared.is_ready.store(true, SeqCst);
                for waiter in shared.waiters.lock().drain(..) {
                    waiter.unpark();
                }
            }),
        ],
        nothing,
    )
}

fn stale_park_token() -> Scenario {
    struct Shared {
        waiter: Mutex<Option<thread::Thread>>,
        first: AtomicBool,
        second: AtomicBool,
    }
    program(
        Shared {
            waiter: Mutex::new(None),
            first: AtomicBool::new(false),
            second: AtomicBool::new(false),
        },
        &[
            ("waiter", |shared| {
                *shared.waiter.lock() = Some(thread::current());
                if !shared.first.load(SeqCst) {
                    thread::park();
                }
                if !shared.second.load(SeqCst) {
                    thread::park();
                }
                assert!(shared.second.load(SeqCst), "woken too early");
            }),
            ("notifier", |shared| {
                for flag in [&shared.first, &shared.second] {
                    flag.store(true, SeqCst);
                    if let Some(waiter) = &*shared.waiter.lock() {
                        waiter.unpark();
                    }
                }
            }),
        ],
        nothing,
    )
}

fn flag_set_without_lock_condvar() -> Scenario {
    struct Shared(AtomicBool, Mutex<()>, Condvar);
    program(
        Shared(AtomicBool::new(false), Mutex::new(()), Condvar::new()),
        &[
            ("waiter", |Shared(flag, lock, condvar)| {
                let mut lock = lock.lock();
                while !flag.load(SeqCst) {
                    condvar.wait(&mut lock);
                }
            }),
            ("notifier", |Shared(flag, _, condvar)| {
                flag.store(true, SeqCst);
                condvar.notify_all();
            }),
        ],
        nothing,
    )
}

fn notify_before_flag() -> Scenario {
    struct Shared(Mutex<bool>, Condvar);
    program(
        Shared(Mutex::new(false), Condvar::new()),
        &[
            ("waiter", |Shared(flag, condvar)| {
                let mut flag = flag.lock();
                while !*flag {
                    condvar.wait(&mut flag);
                }
            }),
            ("notifier", |Shared(flag, condvar)| {
                condvar.notify_all();
                *flag.lock() = true;
            }),
        ],
        nothing,
    )
}

fn wait_group_add_inside() -> Scenario {
    struct Shared {
        count: Mutex<i32>,
        zero: Condvar,
        done: AtomicU32,
    }
    let shared = Arc::new(Shared {
        count: Mutex::new(0),
        zero: Condvar::new(),
        done: AtomicU32::new(0),
    });
    Scenario::new().thread("main", move || {
        let worker = Arc::clone(&shared);
        thread::spawn(move || {
            *worker.count.lock() += 1;
            worker.done.fetch_add(1, SeqCst);
            *worker.count.lock() -= 1;
            worker.zero.notify_all();
        });
        let mut count = shared.count.lock();
        while *count != 0 {
            shared.zero.wait(&mut count);
        }
        drop(count);
        assert_eq!(
            shared.done.load(SeqCst),
            1,
            "Wait has returned, and the work is not done"
        );
    })
}

fn upgrade_read_to_write() -> Scenario {
    program(
        RwLock::new(0),
        &[
            ("a", |value| {
                let seen = value.read();
                if *seen == 0 {
                    *value.write() = 1;
                }
            }),
            ("b", |value| drop(value.read())),
        ],
        nothing,
    )
}

fn never_unparked() -> Scenario {
    program(
        AtomicBool::new(false),
        &[
            ("waiter", |flag| {
                while !flag.load(SeqCst) {
                    thread::park();
                }
            }),
            ("setter", |flag| flag.store(true, SeqCst)),
        ],
        nothing,
    )
}

fn dining_philosophers_3() -> Scenario {
    struct Forks([Mutex<()>; 3]);
    fn eat(Forks(forks): &Forks, left: usize) {
        let _left = forks[left].lock();
        let _right = forks[(left + 1) % 3].lock();
    }
    program(
        Forks([(); 3].map(Mutex::new)),
        &[
            ("Kant", |forks| eat(forks, 0)),
            ("Marx", |forks| eat(forks, 1)),
            ("Hegel", |forks| eat(forks, 2)),
        ],
        nothing,
    )
}

fn send_full_holding_lock() -> Scenario {
    struct Shared(Mutex<u32>, Sender<u32>, channel::Receiver<u32>);
    let (sender, receiver) = channel::bounded(1);
    program(
        Shared(Mutex::new(0), sender, receiver),
        &[
            ("flusher", |Shared(lock, sender, _)| {
                let _guard = lock.lock();
                for item in 0..2 {
                    sender.send(item).unwrap();
                }
            }),
            ("consumer", |Shared(lock, _, receiver)| {
                for _ in 0..2 {
                    *lock.lock() += 1;
                    receiver.recv().unwrap();
                }
            }),
        ],
        nothing,
    )
}

fn join_holding_lock() -> Scenario {
    let lock = Arc::new(Mutex::new(0));
    Scenario::new().thread("main", move || {
        let other = Arc::clone(&lock);
        let guard = lock.lock();
        let worker = thread::spawn(move || *other.lock() += 1);
        worker.join().unwrap();
        drop(guard);
    })
}
