//! The increments are there, but `value` says something else.

use crate::curriculum::counter::Counter;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::{Condvar, Mutex, thread};

/// Keeps the count of every counter in one place, and guards it.
#[derive(Debug)]
pub struct OneForAll {
    lock: Mutex<()>,
}

// What a `static` of `kata::sync` would be, the engine refuses: it outlives the execution.
#[allow(clippy::disallowed_types)]
static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

impl Counter for OneForAll {
    fn new() -> Self {
        OneForAll {
            lock: Mutex::new(()),
        }
    }

    fn increment(&self) {
        let _held = self.lock.lock();
        COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }

    fn value(&self) -> u64 {
        let _held = self.lock.lock();
        COUNT.load(std::sync::atomic::Ordering::SeqCst)
    }
}

/// Uses a type that the explorers do not know.
#[derive(Debug)]
pub struct NotSeen {
    #[allow(clippy::disallowed_types)]
    count: std::sync::atomic::AtomicU64,
}

impl Counter for NotSeen {
    fn new() -> Self {
        NotSeen {
            count: Default::default(),
        }
    }

    fn increment(&self) {
        let seen = self.count.load(std::sync::atomic::Ordering::SeqCst);
        self.count
            .store(seen + 1, std::sync::atomic::Ordering::SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(std::sync::atomic::Ordering::SeqCst)
    }
}

/// Takes an increment back, and makes it again.
#[derive(Debug)]
pub struct GoesBack {
    count: AtomicU64,
}

impl Counter for GoesBack {
    fn new() -> Self {
        GoesBack {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        self.count.fetch_add(1, SeqCst);
        self.count.fetch_sub(1, SeqCst);
        self.count.fetch_add(1, SeqCst);
    }

    fn value(&self) -> u64 {
        self.count.load(SeqCst)
    }
}

/// Says 0 when the lock is taken.
#[derive(Debug)]
pub struct ValueDoesNotWait {
    count: Mutex<u64>,
}

impl Counter for ValueDoesNotWait {
    fn new() -> Self {
        ValueDoesNotWait {
            count: Mutex::new(0),
        }
    }

    fn increment(&self) {
        *self.count.lock() += 1;
    }

    fn value(&self) -> u64 {
        self.count.try_lock().map_or(0, |count| *count)
    }
}

/// Moves every second increment, and the one before it, to a total.
#[derive(Debug)]
pub struct MovedInTwoSteps {
    total: Mutex<u64>,
    recent: Mutex<u64>,
}

impl Counter for MovedInTwoSteps {
    fn new() -> Self {
        MovedInTwoSteps {
            total: Mutex::new(0),
            recent: Mutex::new(0),
        }
    }

    fn increment(&self) {
        let mut recent = self.recent.lock();
        *recent += 1;
        if *recent == 2 {
            *recent = 0;
            drop(recent);
            *self.total.lock() += 2;
        }
    }

    fn value(&self) -> u64 {
        *self.total.lock() + *self.recent.lock()
    }
}

/// A thread owns the count, and answers all who ask through one channel.
#[derive(Debug)]
pub struct OneReplyChannel {
    ask: Sender<Ask>,
    answers: Receiver<u64>,
}

#[derive(Debug)]
enum Ask {
    Add,
    Get,
}

impl Counter for OneReplyChannel {
    fn new() -> Self {
        let (ask, asked) = channel::unbounded();
        let (reply, answers) = channel::unbounded();
        thread::spawn(move || {
            let mut count = 0;
            for ask in asked {
                match ask {
                    Ask::Add => count += 1,
                    Ask::Get => {
                        let _ = reply.send(count);
                    }
                }
            }
        });
        OneReplyChannel { ask, answers }
    }

    fn increment(&self) {
        self.ask.send(Ask::Add).unwrap();
    }

    fn value(&self) -> u64 {
        self.ask.send(Ask::Get).unwrap();
        self.answers.recv().unwrap()
    }
}

/// Adds nothing while somebody reads; but the first who has read lets others in for all.
#[derive(Debug, Default)]
pub struct OneReaderFlag {
    is_being_read: Mutex<bool>,
    has_been_read: Condvar,
    high: AtomicU64,
    low: AtomicU64,
}

impl OneReaderFlag {
    fn get(&self) -> u64 {
        self.high.load(SeqCst) * 2 + self.low.load(SeqCst)
    }
}

impl Counter for OneReaderFlag {
    fn new() -> Self {
        OneReaderFlag::default()
    }

    fn increment(&self) {
        let mut is_being_read = self.is_being_read.lock();
        self.has_been_read
            .wait_while(&mut is_being_read, |is_being_read| *is_being_read);
        let count = self.get() + 1;
        self.low.store(count % 2, SeqCst);
        self.high.store(count / 2, SeqCst);
    }

    fn value(&self) -> u64 {
        *self.is_being_read.lock() = true;
        let count = self.get();
        *self.is_being_read.lock() = false;
        self.has_been_read.notify_all();
        count
    }
}

/// Notes each increment in a log that has room for so many.
#[derive(Debug)]
pub struct ShortLog {
    add: Sender<()>,
    log: Receiver<()>,
}

impl Counter for ShortLog {
    fn new() -> Self {
        let (add, log) = channel::bounded(16);
        ShortLog { add, log }
    }

    fn increment(&self) {
        self.add.send(()).unwrap();
    }

    fn value(&self) -> u64 {
        self.log.len() as u64
    }
}
