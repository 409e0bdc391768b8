//! "Not open: so I leave word, and park." Between the look and the word it opens, and who opens it does
//! not know of this one.

slip! {
    LooksThenRegisters,
    caught_by: all_wait_until_it_opens,
    engine: NeverUnparked,
    loom: NeverUnparked,
}

use kata::latch::Latch;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread::{self, Thread};

/// Looks once, before it leaves word.
struct LooksThenRegisters {
    is_open: AtomicBool,
    waiting: Mutex<Vec<Thread>>,
}

impl Latch for LooksThenRegisters {
    fn new() -> Self {
        LooksThenRegisters {
            is_open: AtomicBool::new(false),
            waiting: Mutex::new(Vec::new()),
        }
    }

    fn open(&self) {
        self.is_open.store(true, SeqCst);
        for thread in self.waiting.lock().drain(..) {
            thread.unpark();
        }
    }

    fn wait(&self) {
        if self.is_open() {
            return;
        }
        self.waiting.lock().push(thread::current());
        loop {
            thread::park();
            if self.is_open() {
                return;
            }
        }
    }

    fn is_open(&self) -> bool {
        self.is_open.load(SeqCst)
    }
}
