use super::*;
use crate::explore::Scenario;
use crate::explore::sampling::scheduler::Scheduler;
use crate::sync::engine::atomic::{AtomicI32, Ordering::SeqCst};
use proptest::strategy::Just;
use std::sync::Arc;

/// Threads that set two variables one after the other, and one that must not look in between.
fn half_set(setters: usize) -> Check {
    Check::new("check", "holds", Just(0u8), [0u8], [], move |_| {
        let pair = Arc::new([AtomicI32::new(0), AtomicI32::new(0)]);
        let look = Arc::clone(&pair);
        let add = |scenario: Scenario, number| {
            let pair = Arc::clone(&pair);
            scenario.thread(format!("set-{number}"), move || {
                pair[0].store(1, SeqCst);
                pair[1].store(1, SeqCst);
            })
        };
        let scenario = (0..setters).fold(Scenario::new(), add);
        scenario.thread("look", move || {
            let [first, second] = [0, 1].map(|i: usize| look[i].load(SeqCst));
            assert!(first == 0 || second == 1, "half set");
        })
    })
}

#[test]
fn a_way_makes_the_same_choices_every_time() {
    let settings = Settings::new(&Options::default());
    let workload = &half_set(3).exhaustive[0];
    let steps = 8;
    for scheduler in [
        Scheduler::RoundRobin,
        Scheduler::NonPreemptive { latest_last: true },
        Scheduler::Uniform,
        Scheduler::RandomWalk,
        Scheduler::Pct { changes: 2, steps },
        Scheduler::Pos,
    ] {
        let scheduler = SeededScheduler { scheduler, seed: 7 };
        let choices = || {
            run_execution(workload, SamplingStrategy::new(&scheduler), &settings)
                .0
                .choices
        };
        assert_eq!(choices(), choices(), "{scheduler:?}");
    }
}

#[test]
fn a_fault_that_needs_many_threads_at_one_place_is_met_at_once() {
    for seed in 0..10 {
        let options = Options {
            seed,
            ..Options::default()
        };
        let schedules = schedules_to_failure(&half_set(30), Sampler::Mixture, 10, &options);
        assert!(schedules.is_some(), "seed {seed}");
    }
}

#[test]
fn the_choices_that_a_failure_does_not_need_are_left_out() {
    let settings = Settings::new(&Options::default());
    let workload = &half_set(1).exhaustive[0];
    let fails = |scheduler: &SeededScheduler| {
        run_execution(workload, SamplingStrategy::new(scheduler), &settings)
            .0
            .failure
            .is_some()
    };
    let schedulers = (0..100).map(|seed| SeededScheduler {
        scheduler: Scheduler::Uniform,
        seed,
    });
    for scheduler in schedulers.filter(fails) {
        let calmed = calmed(workload, &scheduler, ALL, &settings).to_string();
        assert!(["1-1", "1-1.2-1"].contains(&&*calmed), "{calmed}");
    }
}
