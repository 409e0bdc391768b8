//! In explorations: what the primitives record, and that they do what the engine's model says.

mod chance;
mod locks;
// The macro is for the back end that katas use.
#[cfg(not(loom))]
mod selections;
mod together;

use crate::explore::model::seen::Seen;
use crate::explore::operation::Response;
use crate::explore::record::EventKind;
use crate::explore::tests::options;
use crate::explore::{BackEnd, Check, Failure, FailureKind, Scenario, Verdict};
use crate::sync::engine::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst, fence};
use crate::sync::engine::channel::{bounded, unbounded};
use crate::sync::engine::time::{Duration, Instant};
use crate::sync::engine::{Condvar, Mutex, RwLock, explore, hint, thread};
use proptest::strategy::Just;

const HOUR: Duration = Duration::from_secs(3_600);

fn verdict(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Verdict {
    let check = Check::new("check", "holds", Just(0), [0_u8], [], move |_| scenario());
    explore(&check, BackEnd::Exhaustive, &options())
}

#[track_caller]
fn failure(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Failure {
    match verdict(scenario) {
        Verdict::Failed(failure) => *failure,
        other => panic!("not failed: {other:?}"),
    }
}

/// What a single thread's code leaves on the record: verb, how it ended unless it is done, value.
#[track_caller]
fn recorded(code: fn()) -> Vec<String> {
    const ENOUGH: &str = "the record is complete";
    let failure = failure(move || {
        Scenario::new().thread("only", move || {
            code();
            panic!("{ENOUGH}");
        })
    });
    let enough = matches!(&failure.kind, FailureKind::Panic { message, .. } if message == ENOUGH);
    assert!(enough, "{:?}", failure.kind);
    let events = failure.record.events.iter();
    events
        .filter_map(|event| match event.what {
            EventKind::Performed(operation, response) => {
                let mut line = operation.verb().to_owned();
                if response != Response::Done {
                    line += &format!(" {response:?}");
                }
                line += &match &event.seen {
                    None | Some(Seen::Kept) => String::new(),
                    Some(Seen::Read(value) | Seen::Wrote(value)) => format!(": {value}"),
                    Some(Seen::Updated { old, new }) => format!(": {old} → {new}"),
                    Some(Seen::Refused { found, expected }) => {
                        format!(": {found}, not {expected}")
                    }
                    Some(Seen::Changed) => ": changed".to_owned(),
                    Some(Seen::LastEnd) => ": the last".to_owned(),
                };
                Some(line)
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_mutex_shows_what_it_guards() {
    let lines = recorded(|| {
        let mutex = Mutex::new(5);
        *mutex.lock() += 1;
        let _guard = mutex.lock();
        assert!(mutex.try_lock().is_none());
    });
    let expected = [
        "lock: 5",
        "unlock: 6",
        "lock: 6",
        "try_lock WouldBlock",
        "unlock",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_lock_is_given_back_where_it_was_taken() {
    let failure = failure(|| {
        Scenario::new().thread("only", || {
            let mutex = Mutex::new(0);
            let guard = mutex.lock();
            drop(guard);
            panic!();
        })
    });
    let events = &failure.record.events;
    let places: Vec<_> = events.iter().filter_map(|event| event.location).collect();
    assert_eq!(places.len(), 2);
    assert_eq!(places[0], places[1]);
    assert_eq!(places[0].file(), file!());
}

#[test]
fn a_read_write_lock_shows_what_it_guards() {
    let lines = recorded(|| {
        let lock = RwLock::new(1);
        let readers = (lock.read(), lock.try_read());
        assert!(lock.try_write().is_none());
        drop(readers);
        *lock.write() += 1;
        let _writer = lock.try_write();
        assert!(lock.try_read().is_none());
    });
    let expected = [
        "read: 1",
        "try_read: 1",
        "try_write WouldBlock",
        "unlock read",
        "unlock read",
        "write: 1",
        "unlock write: 2",
        "try_write: 2",
        "try_read WouldBlock",
        "unlock write",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_timed_wait_shows_what_it_gave_back_and_got_again() {
    let lines = recorded(|| {
        let (mutex, condvar) = (Mutex::new(0), Condvar::new());
        let mut guard = mutex.lock();
        condvar.notify_one();
        assert!(condvar.wait_for(&mut guard, HOUR).timed_out());
        let timed_out = condvar.wait_while_for(&mut guard, |value| *value == 0, HOUR);
        assert!(timed_out.timed_out());
        condvar.notify_all();
    });
    let expected = [
        "lock: 0",
        "notify_one",
        "wait",
        "wake TimedOut: 0",
        "wait",
        "wake TimedOut: 0",
        "notify_all",
        "unlock",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_channel_shows_its_messages() {
    let lines = recorded(|| {
        let (sender, receiver) = bounded(1);
        sender.clone().send(1).unwrap();
        assert!(sender.try_send(2).is_err());
        assert!(sender.send_timeout(3, HOUR).is_err());
        assert!(sender.send_deadline(4, Instant::now() + HOUR).is_err());
        assert!(sender.is_full() && receiver.len() == 1);
        assert_eq!(receiver.recv(), Ok(1));
        assert!(receiver.recv_timeout(HOUR).is_err());
        assert!(receiver.recv_deadline(Instant::now()).is_err());
        assert!(receiver.try_recv().is_err());
        drop(sender);
        assert!(receiver.recv().is_err());
    });
    let expected = [
        "send: 1",
        "drop sender",
        "try_send WouldBlock: 2",
        "send TimedOut: 3",
        "send TimedOut: 4",
        "len: 1",
        "len: 1",
        "recv: 1",
        "recv TimedOut",
        "recv TimedOut",
        "try_recv WouldBlock",
        "drop sender: the last",
        "recv Disconnected",
        "drop receiver: the last",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_channel_without_receivers_returns_the_message() {
    let lines = recorded(|| {
        let (sender, receiver) = unbounded();
        drop(receiver.clone());
        sender.send('a').unwrap();
        drop(receiver);
        assert_eq!(sender.send('b').unwrap_err().into_inner(), 'b');
        let refused = sender.try_send('c').unwrap_err();
        assert!(refused.is_disconnected());
        let refused = sender.send_timeout('d', HOUR).unwrap_err();
        assert!(refused.is_disconnected());
    });
    let expected = [
        "drop receiver",
        "send: 'a'",
        "drop receiver: the last",
        "send Disconnected: 'b'",
        "try_send Disconnected: 'c'",
        "send Disconnected: 'd'",
        "drop sender: the last",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_channel_without_room_says_so_as_outside() {
    recorded(|| {
        let (sender, receiver) = bounded::<()>(0);
        assert_eq!((sender.capacity(), sender.len()), (Some(0), 0));
        let other = bounded::<()>(0);
        assert!(sender.same_channel(&sender.clone()) && !receiver.same_channel(&other.1));
        assert!(sender.is_empty() && receiver.is_full());
        assert!(sender.try_send(()).is_err() && receiver.try_recv().is_err());
    });
}

#[test]
fn an_atomic_shows_what_was_there_and_what_is() {
    let lines = recorded(|| {
        let atomic = AtomicUsize::new(5);
        assert_eq!(atomic.load(SeqCst), 5);
        atomic.store(6, SeqCst);
        atomic.fetch_add(1, SeqCst);
        assert_eq!(atomic.compare_exchange(5, 9, SeqCst, SeqCst), Err(7));
        fence(SeqCst);
        assert_eq!(atomic.fetch_update(SeqCst, SeqCst, |n| Some(n + 1)), Ok(7));
        AtomicBool::new(false).fetch_nand(true, SeqCst);
        AtomicBool::new(true).fetch_not(SeqCst);
        hint::spin_loop();
    });
    let expected = [
        "load: 5",
        "store: 6",
        "fetch_add: 6 → 7",
        "compare_exchange: 7, not 5",
        "fence",
        "load: 7",
        "fetch_update: 7 → 8",
        "fetch_nand: false → true",
        "fetch_not: true → false",
        "yield",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_thread_is_told_from_others() {
    recorded(|| {
        let here = thread::current().id();
        let other = thread::spawn(|| thread::current().id());
        let (known, there) = (other.thread().id(), other.join().unwrap());
        assert_eq!((thread::current().id(), known), (here, there));
        assert_ne!(here, there);
    });
}

#[test]
fn time_passes_without_waiting_for_it() {
    recorded(|| {
        let start = Instant::now();
        let (_sender, receiver) = unbounded::<()>();
        assert!(receiver.recv_timeout(HOUR).is_err());
        assert_eq!(start.elapsed(), HOUR);
        assert_eq!(
            start.saturating_duration_since(start + HOUR),
            Duration::ZERO
        );
        let (mutex, condvar) = (Mutex::new(()), Condvar::new());
        let deadline = start + 2 * HOUR;
        assert!(condvar.wait_until(&mut mutex.lock(), deadline).timed_out());
        assert_eq!(Instant::now(), deadline);
        assert!(condvar.wait_until(&mut mutex.lock(), start).timed_out());
    });
}
