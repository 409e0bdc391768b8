//! Programs whose threads do what is no longer right.

use super::Program;
use crate::programs::{nothing, program};
use kata::diagnosis::Label::*;
use kata::explore::Scenario;
use kata::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex, RwLock, thread};
use std::collections::VecDeque;

/// All of them, by name, and what their faults are called.
pub const ALL: &[Program] = &[
    ("check_act_mutex_u32", CheckThenAct, check_act_mutex_u32),
    (
        "check_act_mutex_struct",
        CheckThenAct,
        check_act_mutex_struct,
    ),
    ("check_act_mutex_queue", CheckThenAct, check_act_mutex_queue),
    ("check_act_rwlock_u32", CheckThenAct, check_act_rwlock_u32),
    (
        "check_act_atomic_turn",
        AtomicityViolation,
        check_act_atomic_turn,
    ),
    (
        "check_act_atomic_stock",
        CheckThenAct,
        check_act_atomic_stock,
    ),
    (
        "lost_update_mutex_struct",
        CheckThenAct,
        lost_update_mutex_struct,
    ),
    ("lost_update_mutex_u32", LostUpdate, lost_update_mutex_u32),
    ("sleep_as_order", TimeForOrder, sleep_as_order),
    ("timeout_as_order", TimeForOrder, timeout_as_order),
    ("use_after_close", AtomicityViolation, use_after_close),
    (
        "publish_before_init",
        AnnouncedTooEarly,
        publish_before_init,
    ),
    ("two_flags_torn", AnnouncedTooEarly, two_flags_torn),
    ("iterates_snapshot", CheckThenAct, iterates_snapshot),
    (
        "semaphore_handed_twice",
        CheckThenAct,
        semaphore_handed_twice,
    ),
];

struct Shop {
    left: u32,
    sold: u32,
}

fn check_act_mutex_u32() -> Scenario {
    let act: fn(&Mutex<u32>) = |stock| {
        if *stock.lock() > 0 {
            let mut stock = stock.lock();
            *stock = stock.checked_sub(1).expect("sold twice");
        }
    };
    program(Mutex::new(1), &[("a", act), ("b", act)], nothing)
}

fn check_act_mutex_struct() -> Scenario {
    let act: fn(&Mutex<Shop>) = |shop| {
        if shop.lock().left > 0 {
            let mut shop = shop.lock();
            shop.left = shop.left.checked_sub(1).expect("sold twice");
            shop.sold += 1;
        }
    };
    program(
        Mutex::new(Shop { left: 1, sold: 0 }),
        &[("a", act), ("b", act)],
        nothing,
    )
}

fn check_act_mutex_queue() -> Scenario {
    let act: fn(&Mutex<VecDeque<u32>>) = |queue| {
        if !queue.lock().is_empty() {
            queue.lock().pop_front().expect("NoSuchElement");
        }
    };
    program(
        Mutex::new(VecDeque::from([7])),
        &[("a", act), ("b", act)],
        nothing,
    )
}

fn check_act_rwlock_u32() -> Scenario {
    let act: fn(&RwLock<u32>) = |stock| {
        if *stock.read() > 0 {
            let mut stock = stock.write();
            *stock = stock.checked_sub(1).expect("sold twice");
        }
    };
    program(RwLock::new(1), &[("a", act), ("b", act)], nothing)
}

fn check_act_atomic_turn() -> Scenario {
    struct Table {
        turn: AtomicU32,
        inside: AtomicU32,
    }
    let act: fn(&Table) = |table| {
        if table.turn.load(SeqCst) == 1 {
            assert_eq!(table.inside.fetch_add(1, SeqCst), 0, "two speak at a time");
            table.inside.fetch_sub(1, SeqCst);
            table.turn.store(0, SeqCst);
        }
    };
    program(
        Table {
            turn: AtomicU32::new(1),
            inside: AtomicU32::new(0),
        },
        &[("a", act), ("b", act)],
        nothing,
    )
}

fn check_act_atomic_stock() -> Scenario {
    let act: fn(&AtomicU32) = |stock| {
        if stock.load(SeqCst) > 0 {
            let before = stock.fetch_sub(1, SeqCst);
            assert!(before > 0, "sold twice");
        }
    };
    program(AtomicU32::new(1), &[("a", act), ("b", act)], nothing)
}

fn lost_update_mutex_struct() -> Scenario {
    let act: fn(&Mutex<Shop>) = |shop| {
        let sold = shop.lock().sold;
        shop.lock().sold = sold + 1;
    };
    program(
        Mutex::new(Shop { left: 2, sold: 0 }),
        &[("a", act), ("b", act)],
        |shop| assert_eq!(shop.lock().sold, 2),
    )
}

fn lost_update_mutex_u32() -> Scenario {
    let act: fn(&Mutex<u32>) = |sold| {
        let seen = *sold.lock();
        *sold.lock() = seen + 1;
    };
    program(Mutex::new(0), &[("a", act), ("b", act)], |sold| {
        assert_eq!(*sold.lock(), 2)
    })
}

fn sleep_as_order() -> Scenario {
    program(
        AtomicBool::new(false),
        &[
            ("first", |said| said.store(true, SeqCst)),
            ("second", |said| {
                thread::sleep(Duration::from_millis(100));
                assert!(said.load(SeqCst), "second before first");
            }),
        ],
        nothing,
    )
}

fn timeout_as_order() -> Scenario {
    struct Shared(Mutex<bool>, Condvar);
    program(
        Shared(Mutex::new(false), Condvar::new()),
        &[
            ("waiter", |Shared(ready, condvar)| {
                let mut guard = ready.lock();
                if !*guard {
                    condvar.wait_for(&mut guard, Duration::from_secs(1));
                }
                assert!(*guard, "after a second it must be ready");
            }),
            ("worker", |Shared(ready, condvar)| {
                *ready.lock() = true;
                condvar.notify_one();
            }),
        ],
        nothing,
    )
}

fn use_after_close() -> Scenario {
    struct Conn {
        is_open: AtomicBool,
        users: AtomicU32,
    }
    program(
        Conn {
            is_open: AtomicBool::new(true),
            users: AtomicU32::new(0),
        },
        &[
            ("writer", |conn| {
                if conn.is_open.load(SeqCst) {
                    conn.users.fetch_add(1, SeqCst);
                    assert!(conn.is_open.load(SeqCst), "written to a closed connection");
                    conn.users.fetch_sub(1, SeqCst);
                }
            }),
            ("closer", |conn| conn.is_open.store(false, SeqCst)),
        ],
        nothing,
    )
}

fn publish_before_init() -> Scenario {
    struct Cell {
        is_ready: AtomicBool,
        value: AtomicU32,
    }
    program(
        Cell {
            is_ready: AtomicBool::new(false),
            value: AtomicU32::new(0),
        },
        &[
            ("writer", |cell| {
                cell.is_ready.store(true, SeqCst);
                cell.value.store(42, SeqCst);
            }),
            ("reader", |cell| {
                if cell.is_ready.load(SeqCst) {
                    assert_eq!(
                        cell.value.load(SeqCst),
                        42,
                        "published before it was written"
                    );
                }
            }),
        ],
        nothing,
    )
}

fn two_flags_torn() -> Scenario {
    struct Pair(Mutex<u32>, Mutex<u32>);
    program(
        Pair(Mutex::new(5), Mutex::new(0)),
        &[
            ("transfer", |Pair(a, b)| {
                *a.lock() -= 5;
                *b.lock() += 5;
            }),
            ("audit", |Pair(a, b)| {
                let sum = *a.lock() + *b.lock();
                assert_eq!(sum, 5, "money is missing");
            }),
        ],
        nothing,
    )
}

fn iterates_snapshot() -> Scenario {
    struct Room(Mutex<Vec<u32>>, AtomicU32);
    program(
        Room(Mutex::new(vec![1]), AtomicU32::new(0)),
        &[
            ("say", |Room(members, heard)| {
                let copy = members.lock().clone();
                for _ in copy {
                    heard.fetch_add(1, SeqCst);
                }
            }),
            ("leave", |Room(members, heard)| {
                members.lock().clear();
                let now = heard.load(SeqCst);
                thread::yield_now();
                assert_eq!(heard.load(SeqCst), now, "hears after it has left");
            }),
        ],
        nothing,
    )
}

fn semaphore_handed_twice() -> Scenario {
    struct Sem(AtomicU32, AtomicU32);
    let act: fn(&Sem) = |Sem(permits, inside)| {
        while permits.load(SeqCst) == 0 {
            thread::yield_now();
        }
        permits.fetch_sub(1, SeqCst);
        assert_eq!(inside.fetch_add(1, SeqCst), 0, "one permit, two inside");
        inside.fetch_sub(1, SeqCst);
        permits.fetch_add(1, SeqCst);
    };
    program(
        Sem(AtomicU32::new(1), AtomicU32::new(0)),
        &[("a", act), ("b", act)],
        nothing,
    )
}
