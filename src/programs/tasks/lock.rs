//! The program `lock`: ten tasks add 1 to a number, each by reading it, a pause, and writing it.

use super::screen;
use crate::curriculum::async_lock::AsyncLock;
use crate::curriculum::async_lock::solution::Solution;
use crate::programs::kit::speed::Speed;
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::SeqCst;
use crate::sync::task;
use crate::sync::time::Duration;
use std::io::{self, Write};
use std::sync::Arc;

const TASKS: usize = 10;

/// Between the read and the write.
const PAUSE: Duration = Duration::from_millis(100);

/// Whether a task holds the lock from the read to the write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lock {
    /// It does: no addition gets lost.
    With,
    /// It does not: all tasks read before the first one writes.
    Without,
}

/// Lets all tasks add, and says what the number is then.
///
/// # Errors
/// Those of `out`; that of a system which has no room for the thread that polls.
pub fn run(lock: Lock, speed: Speed, out: &mut impl Write) -> io::Result<()> {
    run_with(TASKS, lock, speed, out)
}

/// The same with so many tasks.
pub(super) fn run_with(
    tasks: usize,
    lock: Lock,
    speed: Speed,
    out: &mut impl Write,
) -> io::Result<()> {
    screen::run(out, move |screen| async move {
        let number = Arc::new(Number::default());
        let add = |_| task::spawn(Arc::clone(&number).add(lock, speed));
        let tasks: Vec<_> = (0..tasks).map(add).collect();
        for task in tasks {
            task.await.expect("it neither panics nor is aborted");
        }
        screen.print(number.value.load(SeqCst).to_string());
    })
}

/// What is added to.
struct Number {
    value: AtomicU32,
    lock: Solution,
}

impl Default for Number {
    fn default() -> Self {
        Number {
            value: AtomicU32::new(0),
            lock: Solution::new(),
        }
    }
}

impl Number {
    async fn add(self: Arc<Self>, lock: Lock, speed: Speed) {
        let _guard = match lock {
            Lock::With => Some(self.lock.lock().await),
            Lock::Without => None,
        };
        let value = self.value.load(SeqCst);
        task::sleep(speed.of(PAUSE)).await;
        self.value.store(value + 1, SeqCst);
    }
}
