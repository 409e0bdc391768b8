//! How many executions of sound programs an explorer runs in a second.

use crate::measure::{check, run_shuttle, seeded};
use crate::{explored, shuttled};
use kata::explore::{Sampler, schedules_to_failure};
use shuttle::scheduler::RandomScheduler;
use std::time::Instant;

const EXECUTIONS: u64 = 100_000;
/// How often each is measured; the best counts, since other work only slows down.
const ROUNDS: usize = 5;

/// Executions per second.
fn rate(run: impl Fn()) -> f64 {
    let best = (0..ROUNDS)
        .map(|_| {
            #[allow(clippy::disallowed_methods)]
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min();
    EXECUTIONS as f64 / best.expect("a round").as_secs_f64()
}

/// Prints the table.
pub(super) fn print() {
    println!("| executions per second | kata | shuttle 0.9 | ratio |");
    println!("|---|---|---|---|");
    let programs = explored::programs::speed::PROGRAMS;
    for ((name, ours), (_, theirs)) in programs.iter().zip(shuttled::programs::speed::PROGRAMS) {
        let check = check(*ours);
        let kata = rate(|| {
            let failure = schedules_to_failure(&check, Sampler::Uniform, EXECUTIONS, &seeded(0));
            assert_eq!(failure, None, "{name} is sound");
        });
        let shuttle = rate(|| {
            let random = RandomScheduler::new_from_seed(0, EXECUTIONS as usize);
            run_shuttle(random, || theirs().run());
        });
        println!(
            "| {name} | {kata:.0} | {shuttle:.0} | {:.1} |",
            kata / shuttle
        );
    }
}
