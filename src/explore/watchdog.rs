//! Ends the process, with an explanation, when code under exploration never gives its turn back.
//!
//! Code that blocks or loops outside `kata::sync` cannot be interrupted from within: all tasks
//! share one OS thread, and that one is busy. So another thread watches that it goes on.

use super::operation::Operation;
use parking_lot::{Condvar, Mutex};
use std::fmt::Write;
use std::panic::Location;
use std::sync::Arc;
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
    progress: Mutex<Progress>,
    ended: Condvar,
}

#[derive(Default)]
struct Progress {
    /// Changes whenever a task goes on.
    beat: u64,
    /// Whose code runs; empty between executions.
    task: String,
    latest: Option<(Operation, &'static Location<'static>)>,
    has_ended: bool,
}

impl Watch {
    /// Code of this task runs from here on; what it did last.
    pub(crate) fn goes_on(
        &self,
        task: &str,
        latest: Option<(Operation, &'static Location<'static>)>,
    ) {
        let mut progress = self.progress.lock();
        progress.beat = progress.beat.wrapping_add(1);
        if progress.task != task {
            progress.task.clear();
            progress.task.push_str(task);
        }
        progress.latest = latest;
    }

    /// No task's code runs from here on.
    pub(crate) fn rests(&self) {
        self.progress.lock().task.clear();
    }

    /// Waits until the watched exploration ends, or has stood still for too long.
    fn stands_still(&self, patience: Duration) -> Option<String> {
        let mut progress = self.progress.lock();
        let (mut before, mut looks) = (progress.beat, 0);
        loop {
            self.ended.wait_for(&mut progress, patience / LOOKS);
            if progress.has_ended {
                return None;
            }
            let stands_still = progress.beat == before && !progress.task.is_empty();
            looks = if stands_still { looks + 1 } else { 0 };
            before = progress.beat;
            if looks == LOOKS {
                return Some(progress.explain(patience));
            }
        }
    }
}

impl Progress {
    fn explain(&self, patience: Duration) -> String {
        let mut text = format!(
            "error: the thread `{}` has not come to its next operation for {} s",
            self.task,
            patience.as_secs_f32()
        );
        let _ = match self.latest {
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
        self.0.progress.lock().has_ended = true;
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
        watch.goes_on("adder-1", Some((Operation::Yield, here)));
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
        watch.goes_on("adder-1", None);
        watch.rests();
        watch.progress.lock().has_ended = true;
        assert_eq!(watch.stands_still(Duration::ZERO), None);
    }
}
