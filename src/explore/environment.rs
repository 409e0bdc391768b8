//! Options from the environment: the one place of the explorer that reads it.

use super::model::options::{LoomBounds, Options, SetBy};
use std::env;
use std::str::FromStr;
use std::time::Duration;

/// For how long a task may go on between two operations, unless a variable says otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

impl Options {
    /// The options that the environment's variables ask for, as in the course.
    ///
    /// | variable | sets | else |
    /// |---|---|---|
    /// | `KATA_CASES` | [`cases`](Options::cases) | 256 |
    /// | `KATA_BUDGET` | [`budget`](Options::budget) | 5,000 |
    /// | `KATA_SEED` | [`seed`](Options::seed) | 0 |
    /// | `KATA_STEPS` | [`steps`](Options::steps) | 5,000 |
    /// | `KATA_WATCHDOG_SECONDS` | [`watchdog`](Options::watchdog) | 10 |
    /// | `LOOM_MAX_PERMUTATIONS`, `LOOM_MAX_DURATION`, `LOOM_MAX_PREEMPTIONS` | [`loom`](Options::loom) | |
    ///
    /// What is not a number counts as not set. The [`alarm`](Options::alarm) is silent here too.
    pub fn of_environment() -> Options {
        let usual = Options::default();
        let seconds = number("KATA_WATCHDOG_SECONDS")
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Options {
            cases: number("KATA_CASES").unwrap_or(usual.cases),
            budget: number("KATA_BUDGET").unwrap_or(usual.budget),
            seed: number("KATA_SEED").unwrap_or(usual.seed),
            steps: number("KATA_STEPS").unwrap_or(usual.steps),
            watchdog: Some(seconds.unwrap_or(PATIENCE)),
            loom: LoomBounds {
                permutations: number("LOOM_MAX_PERMUTATIONS"),
                duration: number("LOOM_MAX_DURATION").map(Duration::from_secs),
                preemptions: number("LOOM_MAX_PREEMPTIONS"),
            },
            set_by: SetBy::Environment,
            ..usual
        }
    }
}

/// The number that the environment variable holds, if it does.
fn number<N: FromStr>(variable: &str) -> Option<N> {
    env::var(variable).ok()?.parse().ok()
}
