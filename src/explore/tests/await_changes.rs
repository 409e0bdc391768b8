//! What a loop that waits by looking is waiting for.

use super::*;
use crate::sync::engine::channel::Receiver;
use std::collections::BTreeSet;
use std::sync::Mutex as Log;

#[test]
fn who_waits_for_one_thing_after_the_other_is_verified() {
    let count = executions(|| {
        let numbers = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
        let awaited = Arc::clone(&numbers);
        Scenario::new()
            .thread("waits", move || {
                for number in &*awaited {
                    while number.load(SeqCst) == 0 {
                        thread::yield_now();
                    }
                }
            })
            .thread("writes", move || {
                // The first changes once more while the second is waited for.
                (1..=2).for_each(|value| numbers[0].store(value, SeqCst));
                numbers[1].store(1, SeqCst);
            })
    });
    assert!(count < 20, "{count}");
}

/// What a waiting thread can look at, and what others then change.
type Row = (&'static str, fn(&Awaited) -> bool, fn(&Awaited));

/// All that is looked at, with what keeps a loop waiting at the beginning.
struct Awaited {
    number: AtomicUsize,
    guarded: Mutex<usize>,
    table: RwLock<usize>,
    full: (Sender<()>, Receiver<()>),
    empty: (Sender<()>, Receiver<()>),
}

const ROWS: [Row; 9] = [
    (
        "a number that is stored",
        |all| all.number.load(SeqCst) == 1,
        |all| all.number.store(1, SeqCst),
    ),
    (
        "a number that is added to",
        |all| all.number.load(SeqCst) == 1,
        |all| drop(all.number.fetch_add(1, SeqCst).to_string()),
    ),
    (
        "a guarded number",
        |all| *all.guarded.lock() == 1,
        |all| *all.guarded.lock() = 1,
    ),
    (
        "a number in a table",
        |all| *all.table.read() == 1,
        |all| *all.table.write() = 1,
    ),
    (
        "room in a channel",
        |all| all.full.0.try_send(()).is_ok(),
        |all| all.full.1.recv().unwrap(),
    ),
    (
        "a message",
        |all| all.empty.1.try_recv().is_ok(),
        |all| all.empty.0.send(()).unwrap(),
    ),
    (
        "more messages",
        |all| all.empty.1.len() == 1,
        |all| all.empty.0.send(()).unwrap(),
    ),
    (
        "fewer messages",
        |all| all.full.1.is_empty(),
        |all| all.full.1.recv().unwrap(),
    ),
    (
        "the last of two numbers",
        |all| all.guarded.try_lock().is_some() && all.number.load(SeqCst) == 1,
        |all| all.number.store(1, SeqCst),
    ),
];

/// Of each execution: whether the loop has looked in vain, and whether it went on before the last
/// thing happened.
type Seen = Log<BTreeSet<(bool, bool)>>;

/// True if a loop that had looked in vain can go on before the last thing happens.
fn went_on_early(scenario: impl Fn(Arc<Seen>) -> Scenario + Send + Sync + 'static) -> bool {
    let log = Arc::new(Log::default());
    let shared = Arc::clone(&log);
    executions(move || scenario(Arc::clone(&shared)));
    let seen = log.lock().unwrap();
    seen.contains(&(true, true))
}

/// Waits for something, and then looks whether the last thing has happened.
fn waits(mut round: impl FnMut() -> bool, last: &AtomicBool, log: &Seen) {
    let mut in_vain = false;
    while !round() {
        in_vain = true;
        thread::yield_now();
    }
    let is_early = !last.load(SeqCst);
    log.lock().unwrap().insert((in_vain, is_early));
}

#[test]
fn who_has_looked_in_vain_goes_on_as_soon_as_that_changes() {
    for (what, round, change) in ROWS {
        let is_early = went_on_early(move |log| {
            let full = bounded(1);
            full.0.send(()).unwrap();
            let all = Awaited {
                number: AtomicUsize::new(0),
                guarded: Mutex::new(0),
                table: RwLock::new(0),
                full,
                empty: bounded(1),
            };
            let all = Arc::new((all, AtomicBool::new(false)));
            let changed = Arc::clone(&all);
            Scenario::new()
                .thread("waits", move || waits(|| round(&all.0), &all.1, &log))
                .thread("changes", move || {
                    change(&changed.0);
                    changed.1.store(true, SeqCst);
                })
        });
        assert!(is_early, "{what}");
    }
}

#[test]
fn who_was_refused_by_a_lock_goes_on_as_soon_as_it_is_free() {
    type Held = (Mutex<()>, RwLock<()>, AtomicBool);
    type Row = (fn(&Held) -> bool, fn(&Held));
    let rows: [Row; 4] = [
        (
            |held| held.0.try_lock().is_some(),
            |held| drop(held.0.lock()),
        ),
        (
            |held| held.1.try_read().is_some(),
            |held| drop(held.1.write()),
        ),
        (
            |held| held.1.try_write().is_some(),
            |held| drop(held.1.read()),
        ),
        (
            |held| held.1.try_write().is_some(),
            |held| drop(held.1.write()),
        ),
    ];
    for (number, (round, section)) in rows.into_iter().enumerate() {
        let is_early = went_on_early(move |log| {
            let held = Arc::new((Mutex::new(()), RwLock::new(()), AtomicBool::new(false)));
            let holds = Arc::clone(&held);
            Scenario::new()
                .thread("waits", move || waits(|| round(&held), &held.2, &log))
                .thread("holds", move || {
                    section(&holds);
                    holds.2.store(true, SeqCst);
                })
        });
        assert!(is_early, "{number}");
    }
}

#[test]
fn who_has_asked_in_vain_for_the_end_of_a_thread_goes_on_once_it_has_come() {
    let is_early = went_on_early(|log| {
        let last = Arc::new(AtomicBool::new(false));
        let later = Arc::clone(&last);
        Scenario::new()
            .thread("waits", move || {
                let child = thread::spawn(|| ());
                waits(|| child.is_finished(), &last, &log);
            })
            .thread("comes later", move || {
                (0..2).for_each(|_| thread::yield_now());
                later.store(true, SeqCst);
            })
    });
    assert!(is_early);
}
