//! Ends the process, with an explanation, when code under exploration never gives its turn back.
//!
//! Code that blocks or loops outside `kata::sync` cannot be interrupted from within: all tasks
//! share one OS thread, and that one is busy. So another thread watches that it goes on: one for all
//! explorations of the process.
//!
//! What it goes by: the exploring thread writes a beat at every step, without a lock, and the watchdog
//! polls the beat. The same beat in all the polls of one timeout, with a task running, is code that has not
//! come to its next operation for at least that long. Nothing is said of time between executions, since
//! no task runs then. A step costs one store; a poll costs one load for each exploration.

use crate::explore::model::operation::{Operation, TaskId};
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

/// The exit code if the watchdog ends the process.
pub(crate) const EXIT_CODE: i32 = 124;

/// Polls per timeout.
const LOOKS: u32 = 4;

/// What the watchdog sees of an exploration.
#[derive(Default)]
pub(crate) struct Watch {
    /// Written at every step, and so without a lock.
    latest: AtomicCell<Latest>,
    beats: AtomicU64,
    /// The names of the tasks, by number.
    names: Mutex<Vec<String>>,
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

/// An exploration, and what the watchdog has seen of it.
struct Watched {
    watch: Arc<Watch>,
    /// The beat at the last look.
    beat: u64,
    /// How often it has not changed since.
    looks: u32,
}

impl Watched {
    /// Looks at the exploration once more; the explanation, if it has stood still for too long.
    fn look(&mut self, patience: Duration) -> Option<String> {
        let Latest {
            beat,
            task,
            performed,
        } = self.watch.latest.load();
        let still = task.filter(|_| beat == self.beat);
        self.looks = if still.is_some() { self.looks + 1 } else { 0 };
        self.beat = beat;
        let task = still.filter(|_| self.looks >= LOOKS)?;
        Some(self.watch.explain(patience, task, performed))
    }
}

/// All explorations of the process, which one OS thread watches: an exploration can be much shorter
/// than it takes to start a thread and to end it.
struct Explorations {
    watched: Vec<Watched>,
    /// The OS thread has been started.
    has_watchdog: bool,
}

static EXPLORATIONS: Mutex<Explorations> = Mutex::new(Explorations {
    watched: Vec::new(),
    has_watchdog: false,
});

/// Told of an exploration that begins while there is no other. Only then does the watchdog wait
/// for it: as a rule nobody has to be woken.
static BEGUN: Condvar = Condvar::new();

/// Looks at all explorations from time to time, for as long as the process lives.
fn keep_watch() {
    let patience = patience();
    loop {
        let mut explorations = EXPLORATIONS.lock();
        while explorations.watched.is_empty() {
            BEGUN.wait(&mut explorations);
        }
        let mut watched = explorations.watched.iter_mut();
        if let Some(explanation) = watched.find_map(|watched| watched.look(patience)) {
            eprintln!("\n\n{explanation}");
            process::exit(EXIT_CODE);
        }
        drop(explorations);
        thread::sleep(patience / LOOKS);
    }
}

/// Watches an exploration until it is dropped.
pub(crate) struct Watchdog(Arc<Watch>);

impl Watchdog {
    /// Starts to watch. If the exploration stands still, the process ends with [`EXIT_CODE`].
    pub(crate) fn start() -> Self {
        let watch = Arc::<Watch>::default();
        let mut explorations = EXPLORATIONS.lock();
        explorations.watched.push(Watched {
            watch: Arc::clone(&watch),
            beat: 0,
            looks: 0,
        });
        if explorations.has_watchdog {
            BEGUN.notify_one();
        } else {
            let watchdog = thread::Builder::new().name("watchdog".to_owned());
            // Without it the exploration is the same; the next one tries again.
            explorations.has_watchdog = watchdog.spawn(keep_watch).is_ok();
        }
        Watchdog(watch)
    }

    pub(crate) fn watch(&self) -> Arc<Watch> {
        Arc::clone(&self.0)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        let is_other = |watched: &Watched| !Arc::ptr_eq(&watched.watch, &self.0);
        EXPLORATIONS.lock().watched.retain(is_other);
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

    /// What the last of so many looks finds.
    fn found(watch: &Arc<Watch>, looks: u32) -> Option<String> {
        let mut watched = Watched {
            watch: Arc::clone(watch),
            beat: 0,
            looks: 0,
        };
        (0..looks).fold(None, |_, _| watched.look(Duration::ZERO))
    }

    #[test]
    fn what_stands_still_is_explained_by_who_and_since_when() {
        let watch = Arc::<Watch>::default();
        let here = Location::caller();
        watch.names(TaskId(1), ["adder-1"].into_iter());
        watch.goes_on(TaskId(1), Some((Operation::Yield, here)));
        // The first look is where the time begins.
        assert_eq!(found(&watch, LOOKS), None);
        let explanation = found(&watch, LOOKS + 1).unwrap();
        let expected = format!(
            "`adder-1` has not come to its next operation for 0 s, since `yield` at {}:{}",
            here.file(),
            here.line()
        );
        assert!(explanation.contains(&expected), "{explanation}");
    }

    #[test]
    fn an_exploration_that_goes_on_or_runs_no_code_is_left_alone() {
        let watch = Arc::<Watch>::default();
        watch.goes_on(TaskId(1), None);
        watch.rests();
        assert_eq!(found(&watch, 2 * LOOKS), None);
        let mut watched = Watched {
            watch,
            beat: 0,
            looks: 0,
        };
        for _ in 0..2 * LOOKS {
            watched.watch.goes_on(TaskId(1), None);
            assert_eq!(watched.look(Duration::ZERO), None);
        }
    }

    #[test]
    fn an_exploration_that_has_ended_is_watched_no_more() {
        let watchdogs = [Watchdog::start(), Watchdog::start()];
        let watches = watchdogs.each_ref().map(Watchdog::watch);
        let is_watched = |watch: &Arc<Watch>| {
            let explorations = EXPLORATIONS.lock();
            let mut watched = explorations.watched.iter();
            watched.any(|watched| Arc::ptr_eq(&watched.watch, watch))
        };
        let [ended, going_on] = watchdogs;
        drop(ended);
        assert_eq!(watches.each_ref().map(is_watched), [false, true]);
        drop(going_on);
        assert!(!is_watched(&watches[1]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn one_thread_watches_however_many_explorations_there_are() {
        use std::fs;
        let watchdogs: Vec<Watchdog> = (0..100).map(|_| Watchdog::start()).collect();
        drop(watchdogs);
        let is_watchdog = |task: &fs::DirEntry| {
            let name = fs::read_to_string(task.path().join("comm"));
            name.is_ok_and(|name| name.trim() == "watchdog")
        };
        let threads = fs::read_dir("/proc/self/task").unwrap();
        assert!(threads.flatten().filter(is_watchdog).count() <= 1);
    }
}
