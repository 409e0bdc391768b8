//! Gives an alarm, with an explanation, when code under exploration never gives its turn back.
//!
//! Code that blocks or loops outside `kata::sync` cannot be interrupted from within: all tasks
//! share one OS thread, and that one is busy. So another thread watches that it goes on: one for all
//! explorations of the process that ask for it.
//!
//! What it goes by: the exploring thread writes a beat at every step, without a lock, and the watchdog
//! polls the beat. The same beat in all the polls of one timeout, with a task running, is code that has not
//! come to its next operation for at least that long. Nothing is said of time between executions, since
//! no task runs then. A step costs three stores; a poll costs as many loads for each exploration.

use crate::explore::model::operation::TaskId;
use crate::explore::model::options::{Alarm, Options, SetBy};
use crate::text;
use crossbeam::atomic::AtomicCell;
use parking_lot::{Condvar, Mutex};
use std::fmt::Write;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering, fence};
use std::thread;
use std::time::Duration;

/// Polls per timeout.
const LOOKS: u32 = 4;

/// What the watchdog sees of an exploration.
pub(crate) struct Watch {
    /// What whoever explores wants of the watchdog.
    options: Options,
    /// Which beat it is, and whose code runs; 0 while none does, and while `place` is being written.
    now: AtomicU64,
    /// Where the operation is by which that code has come so far.
    place: AtomicCell<Option<&'static Location<'static>>>,
    /// How many beats there were. Only the OS thread that explores uses it.
    beats: AtomicU64,
    /// The names of the tasks, by number.
    names: Mutex<Vec<String>>,
}

/// What an exploration does now.
#[derive(Clone, Copy, PartialEq)]
struct Now {
    /// Changes whenever a task goes on.
    beat: u64,
    /// Whose code runs.
    task: TaskId,
    /// Where its latest operation is; none if it has just begun.
    place: Option<&'static Location<'static>>,
}

impl Watch {
    fn new(options: &Options) -> Self {
        Watch {
            options: *options,
            now: AtomicU64::default(),
            place: AtomicCell::default(),
            beats: AtomicU64::default(),
            names: Mutex::default(),
        }
    }

    /// Tells whoever explores what no verdict can tell.
    pub(crate) fn alarm(&self, alarm: Alarm<'_>) {
        (self.options.alarm)(alarm);
    }

    /// For how long a task may go on between two operations, if that matters.
    fn patience(&self) -> Duration {
        self.options.watchdog.unwrap_or(Duration::MAX)
    }

    /// Code of this task runs from here on; where its latest operation is.
    pub(crate) fn goes_on(&self, task: TaskId, place: Option<&'static Location<'static>>) {
        // Relaxed has no partner: only the OS thread that explores uses the counter.
        let beat = self.beats.load(Ordering::Relaxed).wrapping_add(1);
        self.beats.store(beat, Ordering::Relaxed);
        // A sequence lock that is never waited for. The fence goes with the one in `now`: who reads this
        // place finds that the beat has changed.
        self.rests();
        fence(Ordering::Release);
        self.place.store(place);
        // Release goes with the first load in `now`: who reads this beat finds its place, or a later one.
        let now = beat << u16::BITS | u64::from(task.0);
        self.now.store(now, Ordering::Release);
    }

    /// No task's code runs from here on.
    pub(crate) fn rests(&self) {
        // Relaxed has no partner: there is nothing to be found with it.
        self.now.store(0, Ordering::Relaxed);
    }

    /// What goes on now; `None` if no task's code runs, or this is just changing.
    fn now(&self) -> Option<Now> {
        let now = self.now.load(Ordering::Acquire);
        let place = self.place.load();
        fence(Ordering::Acquire);
        let is_whole = now != 0 && self.now.load(Ordering::Relaxed) == now;
        is_whole.then_some(Now {
            beat: now >> u16::BITS,
            task: TaskId(now as u16),
            place,
        })
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

    fn explain(&self, task: TaskId, place: Option<&'static Location<'static>>) -> String {
        let names = self.names.lock();
        let name = names.get(task.index()).map_or("setup", String::as_str);
        let mut text = text!(
            "error: the thread `{name}` has not come to its next operation for {seconds} s",
            name,
            seconds = self.patience().as_secs_f32()
        );
        let _ = match place {
            Some(place) => write!(
                text,
                "{}",
                text!(
                    ", since the one at {file}:{line}",
                    file = place.file(),
                    line = place.line()
                )
            ),
            None => write!(text, "{}", text!(", since it began")),
        };
        text.push_str(
            text!("\n\nIt loops without end, or it blocks on something that the explorer does not know. Use \
             the types\nof `kata::sync` for locks, channels, atomics, threads and sleeping, not those \
             of `std` or of\nother crates; and in a loop that waits, call \
             `kata::sync::thread::yield_now()`.\n"),
        );
        text.push_str(match self.options.set_by {
            SetBy::Caller => {
                text!("(If the code only needs more time, raise `Options::watchdog`.)")
            }
            SetBy::Environment => {
                text!("(If the code only needs more time, set KATA_WATCHDOG_SECONDS.)")
            }
        });
        text
    }
}

/// An exploration, and what the watchdog has seen of it.
struct Watched {
    watch: Arc<Watch>,
    /// What went on at the last look.
    last: Option<Now>,
    /// For how long it has not changed since, by the watchdog's pauses.
    still: Duration,
}

impl Watched {
    fn new(watch: Arc<Watch>) -> Self {
        Watched {
            watch,
            last: None,
            still: Duration::ZERO,
        }
    }

    /// Looks at the exploration once more, after such a pause; the explanation, if it has now stood
    /// still for too long.
    fn look(&mut self, pause: Duration) -> Option<String> {
        let now = self.watch.now();
        let last = std::mem::replace(&mut self.last, now);
        let Some(Now { task, place, .. }) = now.filter(|_| now == last) else {
            self.still = Duration::ZERO;
            return None;
        };
        let patience = self.watch.patience();
        let was_known = self.still >= patience;
        self.still = self.still.saturating_add(pause);
        let is_hang = self.still >= patience && !was_known;
        is_hang.then(|| self.watch.explain(task, place))
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
    let mut pause = Duration::ZERO;
    loop {
        let mut explorations = EXPLORATIONS.lock();
        while explorations.watched.is_empty() {
            BEGUN.wait(&mut explorations);
        }
        let mut watched = explorations.watched.iter_mut();
        let hang = watched.find_map(|watched| {
            let explanation = watched.look(pause)?;
            Some((Arc::clone(&watched.watch), explanation))
        });
        let watches = explorations.watched.iter().map(|watched| &watched.watch);
        let least = watches.map(|watch| watch.patience()).min();
        pause = least.unwrap_or_default() / LOOKS;
        // Whatever an alarm does, explorations must not wait for it.
        drop(explorations);
        if let Some((watch, explanation)) = hang {
            watch.alarm(Alarm::Hang(&explanation));
        }
        thread::sleep(pause);
    }
}

/// Watches an exploration until it is dropped.
pub(crate) struct Watchdog(Arc<Watch>);

impl Watchdog {
    /// Starts to watch, if the options ask for it.
    pub(crate) fn start(options: &Options) -> Self {
        let watch = Arc::new(Watch::new(options));
        if options.watchdog.is_none() {
            return Watchdog(watch);
        }
        let mut explorations = EXPLORATIONS.lock();
        explorations.watched.push(Watched::new(Arc::clone(&watch)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    const SECOND: Duration = Duration::from_secs(1);

    fn patient_for(seconds: u32) -> Options {
        Options {
            watchdog: Some(SECOND * seconds),
            ..Options::default()
        }
    }

    /// An exploration that is never registered, so that nobody else looks at it.
    fn watched(seconds: u32) -> (Arc<Watch>, Watched) {
        let watch = Arc::new(Watch::new(&patient_for(seconds)));
        (Arc::clone(&watch), Watched::new(watch))
    }

    #[test]
    fn what_stands_still_is_explained_once_by_who_and_since_when() {
        let (watch, mut watched) = watched(3);
        let here = Location::caller();
        watch.names(TaskId(1), ["adder-1"].into_iter());
        watch.goes_on(TaskId(1), Some(here));
        // The first look is where the time begins.
        let looks: Vec<_> = (0..6).map(|_| watched.look(SECOND)).collect();
        let explained: Vec<_> = looks.iter().map(Option::is_some).collect();
        assert_eq!(explained, [false, false, false, true, false, false]);
        let explanation = looks[3].as_ref().unwrap();
        let expected = format!(
            "`adder-1` has not come to its next operation for 3 s, since the one at {}:{}",
            here.file(),
            here.line()
        );
        assert!(explanation.contains(&expected), "{explanation}");
    }

    #[test]
    fn the_explanation_names_what_whoever_explores_can_raise() {
        for (set_by, expected) in [
            (SetBy::Caller, "`Options::watchdog`"),
            (SetBy::Environment, "KATA_WATCHDOG_SECONDS"),
        ] {
            let options = patient_for(1);
            let watch = Watch::new(&Options { set_by, ..options });
            let explanation = watch.explain(TaskId::SETUP, None);
            assert!(explanation.contains(expected), "{explanation}");
        }
    }

    #[test]
    fn an_exploration_that_goes_on_or_runs_no_code_is_left_alone() {
        let (watch, mut watched) = watched(1);
        watch.goes_on(TaskId(1), None);
        watch.rests();
        for _ in 0..4 {
            assert_eq!(watched.look(SECOND), None);
        }
        for _ in 0..4 {
            watch.goes_on(TaskId(1), None);
            assert_eq!(watched.look(SECOND), None);
        }
    }

    fn is_watched(watch: &Arc<Watch>) -> bool {
        let explorations = EXPLORATIONS.lock();
        let mut watched = explorations.watched.iter();
        watched.any(|watched| Arc::ptr_eq(&watched.watch, watch))
    }

    #[test]
    fn an_exploration_that_has_ended_is_watched_no_more() {
        let watchdogs = [1, 2].map(|seconds| Watchdog::start(&patient_for(seconds)));
        let watches = watchdogs.each_ref().map(Watchdog::watch);
        let [ended, going_on] = watchdogs;
        drop(ended);
        assert_eq!(watches.each_ref().map(is_watched), [false, true]);
        drop(going_on);
        assert!(!is_watched(&watches[1]));
    }

    #[test]
    fn nobody_watches_an_exploration_that_did_not_ask_for_it() {
        let watchdog = Watchdog::start(&Options::default());
        assert!(!is_watched(&watchdog.watch()));
    }

    #[test]
    fn a_hang_is_told_to_whoever_explores() {
        static TOLD: Mutex<Option<mpsc::Sender<String>>> = Mutex::new(None);
        let (sender, receiver) = mpsc::channel();
        *TOLD.lock() = Some(sender);
        let watchdog = Watchdog::start(&Options {
            watchdog: Some(Duration::from_millis(1)),
            alarm: |alarm| {
                let sender = TOLD.lock().take().expect("one alarm for one hang");
                sender.send(format!("{alarm:?}")).unwrap();
            },
            ..Options::default()
        });
        watchdog.watch().goes_on(TaskId(1), None);
        let told = receiver.recv().unwrap();
        assert!(told.starts_with("Hang(\"error: the thread"), "{told}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn one_thread_watches_however_many_explorations_there_are() {
        use std::fs;
        let start = |_| Watchdog::start(&patient_for(1));
        let watchdogs: Vec<Watchdog> = (0..100).map(start).collect();
        drop(watchdogs);
        let is_watchdog = |task: &fs::DirEntry| {
            let name = fs::read_to_string(task.path().join("comm"));
            name.is_ok_and(|name| name.trim() == "watchdog")
        };
        let threads = fs::read_dir("/proc/self/task").unwrap();
        assert!(threads.flatten().filter(is_watchdog).count() <= 1);
    }
}
