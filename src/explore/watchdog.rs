//! Ends the process, with an explanation, when code under exploration never gives its turn back.
//!
//! Code that blocks or loops outside `kata::sync` cannot be interrupted from within: all tasks
//! share one OS thread, and that one is busy. So another thread watches that it goes on.

use super::operation::{Operation, TaskId};
use crossbeam::atomic::AtomicCell;
use parking_lot::{Condvar, Mutex};
use std::fmt::Write;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{env, process, thread};

/// For how long a task may go on between two operations, unless `KATA_WATCHDOG_SECONDS` says
/// otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// With which the process ends when the watchdog ends it.
pub(crate) const EXIT_CODE: i32 = 124;

/// How often the watchdog looks in the time that it waits for.
const LOOKS: u32 = 4;

/// What the watchdog sees of an exploration.
#[derive(Default)]
pub(crate) struct Watch {
    /// Written at every step, and so without a lock.
    latest: AtomicCell<Latest>,
    beats: AtomicU64,
    /// The names of the tasks, by number.
    names: Mutex<Vec<String>>,
    has_ended: Mutex<bool>,
    ended: Condvar,
}

/// What an exploration did last.
#[derive(Clone, Copy, Default)]
struct Latest {
    /// Changes whenever a task goes on.
    beat: u64,
    /// Whose code runs; none between executions.
    task: Option<TaskId>,
    performed: Option<(Operation, &'static Location<'static>)>,
}

impl Watch {
    /// Code of this task runs from here on; what it did last.
    pub(crate) fn goes_on(
        &self,
        task: TaskId,
        performed: Option<(Operation, &'static Location<'static>)>,
    ) {
        // Relaxed has no partner: only the OS thread that explores uses the counter.
        let beat = self.beats.load(Ordering::Relaxed).wrapping_add(1);
        self.beats.store(beat, Ordering::Relaxed);
        let task = Some(task);
        self.latest.store(Latest {
            beat,
            task,
            performed,
        });
    }

    /// No task's code runs from here on.
    pub(crate) fn rests(&self) {
        self.latest.store(Latest::default());
    }

    /// The tasks from the `first` on have these names.
    pub(crate) fn names<'a>(&self, first: TaskId, names: impl Iterator<Item = &'a str>) {
        let mut known = self.names.lock();
        for (index, name) in names.enumerate() {
            let index = first.index() + index;
            if index >= known.len() {
                known.resize(index + 1, String::new());
            }
            if known[index] != name {
                known[index].replace_range(.., name);
            }
        }
    }

    /// Waits until the watched exploration ends, or has stood still for too long.
    fn stands_still(&self, patience: Duration) -> Option<String> {
        let mut has_ended = self.has_ended.lock();
        let (mut before, mut looks) = (self.latest.load().beat, 0);
        loop {
            self.ended.wait_for(&mut has_ended, patience / LOOKS);
            if *has_ended {
                return None;
            }
            let Latest {
                beat,
                task,
                performed,
            } = self.latest.load();
            let still = task.filter(|_| beat == before);
            looks = if still.is_some() { looks + 1 } else { 0 };
            before = beat;
            if let (LOOKS, Some(task)) = (looks, still) {
                return Some(self.explain(patience, task, performed));
            }
        }
    }

    fn explain(
        &self,
        patience: Duration,
        task: TaskId,
        performed: Option<(Operation, &'static Location<'static>)>,
    ) -> String {
        let names = self.names.lock();
        let name = names.get(task.index()).map_or("setup", String::as_str);
        let mut text = format!(
            "error: the thread `{name}` has not come to its next operation for {} s",
            patience.as_secs_f32()
        );
        let _ = match performed {
            Some((operation, location)) => {
                let verb = operation.verb();
                write!(
                    text,
                    ", since `{verb}` at {}:{}",
                    location.file(),
                    location.line()
                )
            }
            None => write!(text, ", since it began"),
        };
        text.push_str(
            "\n\nIt loops without end, or it blocks on something that the explorer does not know. Use \
             the types\nof `kata::sync` for locks, channels, atomics, threads and sleeping, not those \
             of `std` or of\nother crates; and in a loop that waits, call \
             `kata::sync::thread::yield_now()`.\n(If the code only needs more time, set \
             KATA_WATCHDOG_SECONDS.)",
        );
        text
    }
}

/// Watches an exploration until it is dropped.
pub(crate) struct Watchdog(Arc<Watch>);

impl Watchdog {
    /// Starts to watch. If the exploration stands still, the process ends with [`EXIT_CODE`].
    pub(crate) fn start() -> Self {
        let watch = Arc::new(Watch::default());
        let watched = Arc::clone(&watch);
        let watcher = thread::Builder::new().name("watchdog".to_owned());
        // Without it the exploration is the same.
        let _ = watcher.spawn(move || {
            if let Some(explanation) = watched.stands_still(patience()) {
                eprintln!("\n\n{explanation}");
                process::exit(EXIT_CODE);
            }
        });
        Watchdog(watch)
    }

    pub(crate) fn watch(&self) -> Arc<Watch> {
        Arc::clone(&self.0)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        *self.0.has_ended.lock() = true;
        self.0.ended.notify_all();
    }
}

fn patience() -> Duration {
    let seconds = env::var("KATA_WATCHDOG_SECONDS").ok();
    seconds
        .and_then(|text| text.parse().ok())
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .unwrap_or(PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_still_is_explained_by_who_and_since_when() {
        let watch = Watch::default();
        let here = Location::caller();
        watch.names(TaskId(1), ["adder-1"].into_iter());
        watch.goes_on(TaskId(1), Some((Operation::Yield, here)));
        let explanation = watch.stands_still(Duration::ZERO).unwrap();
        let expected = format!(
            "`adder-1` has not come to its next operation for 0 s, since `yield` at {}:{}",
            here.file(),
            here.line()
        );
        assert!(explanation.contains(&expected), "{explanation}");
    }

    #[test]
    fn an_exploration_that_has_ended_or_runs_no_code_is_left_alone() {
        let watch = Watch::default();
        watch.goes_on(TaskId(1), None);
        watch.rests();
        *watch.has_ended.lock() = true;
        assert_eq!(watch.stands_still(Duration::ZERO), None);
    }
}
