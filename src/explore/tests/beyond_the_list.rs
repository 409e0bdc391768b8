//! Workloads that are not listed: as many as there is time for, and only those count that were explored
//! to their end.

use super::*;
use proptest::strategy::Just;

/// Two threads that each add so often.
fn adders(times: u32) -> Scenario {
    let (_, scenario) = together(2, (AtomicUsize::new(0), times), |(count, times)| {
        (0..*times).for_each(|_| _ = count.fetch_add(1, SeqCst));
    });
    scenario
}

#[test]
fn a_workload_that_was_cut_off_does_not_count() {
    let check = Check::new("check", "holds", Just(1), [1_u32], [], |&times| {
        adders(times)
    })
    .growing(|times| vec![times + 1]);
    let budget = Options {
        budget: 30,
        ..options()
    };
    let verdict = crate::explore::explore(&check, BackEnd::Exhaustive, &budget);
    let Verdict::Verified {
        executions,
        sessions,
    } = verdict
    else {
        panic!("{verdict:?}");
    };
    // The orders of two times one addition, two times two, and two times three. Of the 70 of two
    // times four some are tried.
    assert_eq!((executions, sessions), (2 + 6 + 20, 3));
}
