//! What whoever explores decides: how much is tried, and what happens when no verdict can come.

use std::fmt;
use std::time::Duration;

/// What whoever explores decides.
///
/// By [`default`](Options::default) an exploration prints nothing, ends no process and reads no
/// environment. What is to be otherwise is said here:
///
/// ```
/// # extern crate engine as kata;
/// use kata::explore::Options;
/// use std::time::Duration;
///
/// let options = Options {
///     cases: 1_000,
///     watchdog: Some(Duration::from_secs(10)),
///     alarm: |alarm| {
///         eprintln!("{alarm}");
///         std::process::exit(1);
///     },
///     ..Options::default()
/// };
/// assert_eq!(options.steps, 5_000);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many executions generated exploration tries.
    pub cases: u32,
    /// How many executions the exhaustive back end may spend on the workloads of a check all in all,
    /// before it goes no [further](crate::explore::Check::growing) than the check's list. What is
    /// listed is explored in any case. Executions of more than 40 operations count for several.
    pub budget: u64,
    /// Which ones are generated: the same number makes the same ones.
    pub seed: u64,
    /// After how many operations it is looked into whether an execution goes round in a circle. If it
    /// does not, it may have a hundred times as many. From half as many on nobody chooses any more who
    /// goes on.
    pub steps: usize,
    /// For how long a thread's code may run from one operation of [`sync`](crate::sync) to the next
    /// before there is an [alarm](Options::alarm).
    ///
    /// Code that blocks or loops outside `sync` cannot be interrupted: the exploration never returns.
    /// With `None` nobody watches for that, and nothing is said of it.
    pub watchdog: Option<Duration>,
    /// Told what no verdict can tell. It may print, and it may end the process.
    pub alarm: fn(Alarm<'_>),
    /// How far loom goes; the other back ends have no use for it.
    pub loom: LoomBounds,
    /// Who has set all this: messages name what can be raised.
    pub set_by: SetBy,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            cases: 256,
            budget: 5_000,
            seed: 0,
            steps: 5_000,
            watchdog: None,
            alarm: |_| (),
            loom: LoomBounds::default(),
            set_by: SetBy::Caller,
        }
    }
}

/// Bounds for loom; without them it goes as far as `kata::sync` lets it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LoomBounds {
    /// How many executions of a workload it tries.
    pub permutations: Option<usize>,
    /// How long it takes for a workload.
    pub duration: Option<Duration>,
    /// How many preemptions an execution has.
    pub preemptions: Option<usize>,
}

/// Who has set the options.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum SetBy {
    /// The caller, by the fields of [`Options`].
    #[default]
    Caller,
    /// Variables of the environment; see [`Options::of_environment`].
    Environment,
}

/// What no verdict can tell, with an explanation of some lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alarm<'a> {
    /// A thread has not come to its next operation for as long as [`Options::watchdog`] says.
    ///
    /// Another OS thread gives this alarm, once for each time that a thread comes to a halt.
    Hang(&'a str),
    /// The process is about to end: a destructor has panicked in the middle of a panic.
    ///
    /// The alarm is given by the thread that panics. It cannot stop the end of the process.
    Abort(&'a str),
}

impl fmt::Display for Alarm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Alarm::Hang(why) | Alarm::Abort(why)) = self;
        f.write_str(why)
    }
}
