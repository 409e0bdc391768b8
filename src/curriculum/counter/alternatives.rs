//! Other right solutions of `counter`: the contract asks for no style.

use super::{Counter, checks};
use crate::curriculum::{EVERY_BACK_END, Solution};
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicBool, AtomicU64};
use crate::sync::channel::{self, Sender};
use crate::sync::{Mutex, RwLock, hint, thread};
use std::sync::Arc;

/// All of them.
pub const ALL: &[Solution] = &[
    Solution {
        name: "atomic_add",
        how: "The hardware reads, adds and writes in one step.",
        checks: checks::<AtomicAdd>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "compare_exchange",
        how: "Writes the sum only if nobody has written since the read, else tries again.",
        checks: checks::<CompareExchange>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "spin_lock",
        how: "A flag is the lock; who finds it set gives way and tries again.",
        checks: checks::<SpinLock>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "read_write_lock",
        how: "Who adds has the count to itself; those who only read share it.",
        checks: checks::<ReadWriteLock>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "owning_thread",
        how: "One thread owns the count; the others send it messages.",
        checks: checks::<OwningThread>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "thread_per_increment",
        how: "Each increment is a thread of its own, which is joined before the call returns.",
        checks: checks::<ThreadPerIncrement>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "sharded",
        how: "Adds to whichever part of the count is free; the value is the sum of the parts.",
        checks: checks::<Sharded>,
        back_ends: EVERY_BACK_END,
    },
];

/// A single atomic.
#[derive(Debug)]
pub struct AtomicAdd {
    count: AtomicU64,
}

impl Counter for AtomicAdd {
    fn new() -> Self {
        AtomicAdd {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        // Relaxed, here and below: the count publishes no other data, and the updates of a single
        // atomic have one order on which all threads agree.
        self.count.fetch_add(1, Relaxed);
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}

/// A single atomic, updated by hand.
#[derive(Debug)]
pub struct CompareExchange {
    count: AtomicU64,
}

impl Counter for CompareExchange {
    fn new() -> Self {
        CompareExchange {
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        // Relaxed throughout, as in `AtomicAdd`.
        let mut seen = self.count.load(Relaxed);
        while let Err(found) = self
            .count
            .compare_exchange_weak(seen, seen + 1, Relaxed, Relaxed)
        {
            seen = found;
        }
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}

/// A lock made of a flag.
#[derive(Debug)]
pub struct SpinLock {
    is_locked: AtomicBool,
    /// Only for whoever has set the flag.
    count: AtomicU64,
}

impl SpinLock {
    fn locked<T>(&self, critical: impl FnOnce() -> T) -> T {
        // Acquire pairs with the Release below: whoever takes the lock sees what its holders wrote.
        while self.is_locked.swap(true, Acquire) {
            hint::spin_loop();
        }
        let result = critical();
        // Release pairs with the Acquire above.
        self.is_locked.store(false, Release);
        result
    }
}

impl Counter for SpinLock {
    fn new() -> Self {
        SpinLock {
            is_locked: AtomicBool::new(false),
            count: AtomicU64::new(0),
        }
    }

    fn increment(&self) {
        // Relaxed, here and below: the lock orders the critical sections.
        self.locked(|| {
            let seen = self.count.load(Relaxed);
            self.count.store(seen + 1, Relaxed);
        });
    }

    fn value(&self) -> u64 {
        self.locked(|| self.count.load(Relaxed))
    }
}

/// A lock that readers share.
#[derive(Debug)]
pub struct ReadWriteLock {
    count: RwLock<u64>,
}

impl Counter for ReadWriteLock {
    fn new() -> Self {
        ReadWriteLock {
            count: RwLock::new(0),
        }
    }

    fn increment(&self) {
        *self.count.write() += 1;
    }

    fn value(&self) -> u64 {
        *self.count.read()
    }
}

enum Message {
    Increment,
    Value(Sender<u64>),
}

/// A thread that owns the count, and a channel to it.
pub struct OwningThread {
    messages: Sender<Message>,
}

impl Counter for OwningThread {
    fn new() -> Self {
        let (sender, messages) = channel::unbounded();
        // Ends once the counter, hence the only sender, is gone.
        thread::spawn(move || {
            let mut count = 0;
            for message in messages {
                match message {
                    Message::Increment => count += 1,
                    // Nobody else needs the answer if the one who asked is gone.
                    Message::Value(reply) => drop(reply.send(count)),
                }
            }
        });
        OwningThread { messages: sender }
    }

    fn increment(&self) {
        // Messages are received in the order in which they were sent: a later question comes after.
        self.send(Message::Increment);
    }

    fn value(&self) -> u64 {
        let (reply, answer) = channel::bounded(1);
        self.send(Message::Value(reply));
        answer.recv().expect("the owner answers every question")
    }
}

impl OwningThread {
    fn send(&self, message: Message) {
        let sent = self.messages.send(message);
        assert!(sent.is_ok(), "the owner lives as long as the counter");
    }
}

/// A thread for each increment.
#[derive(Debug)]
pub struct ThreadPerIncrement {
    count: Arc<AtomicU64>,
}

impl Counter for ThreadPerIncrement {
    fn new() -> Self {
        ThreadPerIncrement {
            count: Arc::new(AtomicU64::new(0)),
        }
    }

    fn increment(&self) {
        let count = Arc::clone(&self.count);
        // Relaxed, here and below, as in `AtomicAdd`; the join orders the rest.
        let adder = thread::spawn(move || count.fetch_add(1, Relaxed));
        adder.join().expect("an addition does not panic");
    }

    fn value(&self) -> u64 {
        self.count.load(Relaxed)
    }
}

/// Parts of the count, each with a lock of its own.
#[derive(Debug)]
pub struct Sharded {
    shards: [Mutex<u64>; 2],
}

impl Counter for Sharded {
    fn new() -> Self {
        Sharded {
            shards: [Mutex::new(0), Mutex::new(0)],
        }
    }

    fn increment(&self) {
        let [first, second] = &self.shards;
        let mut shard = first.try_lock().unwrap_or_else(|| second.lock());
        *shard += 1;
    }

    fn value(&self) -> u64 {
        // Not one moment's count, but every part only grows: nothing that has returned is left
        // out, and no reader sees the sum go back.
        self.shards.iter().map(|shard| *shard.lock()).sum()
    }
}
