//! Programs of async code, beside shuttle's futures.

use crate::measure::{Summary, check, first_failure_of_random_shuttle, run_shuttle, seeded};
use crate::{explored, shuttled};
use kata::explore::{BackEnd, Sampler, Verdict, schedules_to_failure, statistics};
use kata::{harness, sync};
use shuttle::scheduler::RandomScheduler;
use std::env;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many executions of a sound program the exhaustive exploration tries at most.
const MOST: u64 = 1_000_000;

/// Of how many schedules the rates are measured.
const EXECUTIONS: u64 = 20_000;

const SEEDS: u64 = 20;

/// How many schedules are tried of a program with a fault.
const LIMIT: u64 = 20_000;

/// Prints both tables.
pub(super) fn print() {
    println!(
        "| sound program | executions | executions/s | generated/s | shuttle random, per second |"
    );
    println!("|---|---|---|---|---|");
    let theirs = shuttled::programs::tasks::SOUND;
    for ((name, ours), (_, theirs)) in explored::programs::tasks::SOUND.iter().zip(theirs) {
        print_sound(name, *ours, *theirs);
    }
    println!();
    println!(
        "| schedules to the first failure: median (worst) of {SEEDS} seeds | generated | exhaustive | shuttle random |"
    );
    println!("|---|---|---|---|");
    for (name, _) in explored::programs::tasks::WRONG {
        // A process of its own: shuttle leaks what executions that fail leave behind.
        let this = env::current_exe().expect("the path of this program");
        let line = Command::new(this)
            .args(["tasks", name])
            .stderr(Stdio::null())
            .status();
        assert!(line.is_ok_and(|status| status.success()), "{name}");
    }
}

fn timed(run: impl FnOnce()) -> Duration {
    #[allow(clippy::disallowed_methods)]
    let start = Instant::now();
    run();
    start.elapsed()
}

fn print_sound(
    name: &str,
    ours: fn() -> explored::sync::Scenario,
    theirs: fn() -> shuttled::sync::Scenario,
) {
    let check = check(ours);
    let mut tried = None;
    let time = timed(|| tried = Some(statistics(&check, MOST, &harness::options())));
    let tried = tried.expect("it has been measured");
    let more = if tried.is_complete { "" } else { "> " };
    let exhaustive = (tried.executions + tried.redundant) as f64 / time.as_secs_f64();
    let generated = timed(|| {
        let failure = schedules_to_failure(&check, Sampler::Mixture, EXECUTIONS, &seeded(0));
        assert_eq!(failure, None, "{name} is sound");
    });
    let shuttle = timed(|| {
        let random = RandomScheduler::new_from_seed(0, EXECUTIONS as usize);
        run_shuttle(random, move || theirs().run());
    });
    let [generated, shuttle] =
        [generated, shuttle].map(|time| EXECUTIONS as f64 / time.as_secs_f64());
    println!(
        "| {name} | {more}{} | {exhaustive:.0} | {generated:.0} | {shuttle:.0} |",
        tried.executions
    );
}

/// Prints the line of a program with a fault.
pub(super) fn print_line(wanted: &str) {
    let programs = explored::programs::tasks::WRONG;
    let program = programs.iter().position(|(name, _)| *name == wanted);
    let program = program.expect("the name of a program with a fault");
    let check = check(programs[program].1);
    let (_, theirs) = shuttled::programs::tasks::WRONG[program];
    let generated = Summary::of(SEEDS, |seed| {
        schedules_to_failure(&check, Sampler::Mixture, LIMIT, &seeded(seed))
    });
    let exhaustive = match sync::explore(&check, BackEnd::Exhaustive, &harness::options()) {
        Verdict::Failed(failure) => failure.executions,
        other => panic!("{wanted}: {other:?}"),
    };
    let shuttle = Summary::of(SEEDS, |seed| {
        first_failure_of_random_shuttle(theirs, seed, LIMIT)
    });
    println!("| {wanted} | {generated} | {exhaustive} | {shuttle} |");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_met_and_no_other() {
        for (name, program) in explored::programs::tasks::WRONG {
            let found = schedules_to_failure(&check(*program), Sampler::Mixture, 1_000, &seeded(0));
            assert!(found.is_some(), "{name}");
        }
        for (name, program) in explored::programs::tasks::SOUND {
            let found = schedules_to_failure(&check(*program), Sampler::Mixture, 200, &seeded(0));
            assert_eq!(found, None, "{name}");
        }
    }
}
