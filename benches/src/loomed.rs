//! The programs over loom, and how much loom has to try of the models.

#[path = "programs/mod.rs"]
pub mod programs;
#[path = "sync/loomed.rs"]
pub mod sync;

use std::sync::Arc;
#[allow(clippy::disallowed_types)]
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use sync::Scenario;

/// How many executions are tried at most.
const EXECUTIONS: u64 = 1_000_000;
/// For how long.
const TIME: Duration = Duration::from_secs(30);

/// Prints a line for each model, with a tab between: its name, and for each of the two shapes the
/// number of executions and how many that were in a second.
pub fn print_lines() {
    for (name, scenario) in programs::models::MODELS {
        let plain = explore(*scenario, Scenario::run_and_join);
        let together = explore(*scenario, Scenario::run_together);
        println!("{name}\t{plain}\t{together}");
    }
}

#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
fn explore(scenario: fn() -> Scenario, run: fn(Scenario) -> bool) -> String {
    let executions = Arc::new(AtomicU64::new(0));
    let refused = Arc::new(AtomicU64::new(0));
    let counts = [&executions, &refused].map(Arc::clone);
    let mut model = loom::model::Builder::new();
    model.max_threads = loom::MAX_THREADS;
    model.max_branches = 100_000;
    model.preemption_bound = None;
    model.max_permutations = Some(EXECUTIONS as usize);
    model.max_duration = Some(TIME);
    // Between two checkpoints loom looks at no limit.
    model.checkpoint_interval = 1;
    let start = Instant::now();
    model.check(move || {
        counts[0].fetch_add(1, Relaxed);
        counts[1].fetch_add(u64::from(!run(scenario())), Relaxed);
    });
    let elapsed = start.elapsed();
    if refused.load(Relaxed) > 0 {
        return "over its 5 threads".to_owned();
    }
    let executions = executions.load(Relaxed);
    let is_cut_off = executions + 1 >= EXECUTIONS || elapsed >= TIME;
    let more = if is_cut_off { "> " } else { "" };
    let rate = executions as f64 / elapsed.as_secs_f64();
    format!("{more}{executions} ({rate:.0}/s)")
}
