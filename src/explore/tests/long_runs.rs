//! Large workloads are run once, and what fails is made smaller.

use super::*;
use crate::explore::Options;

/// Threads, one for each number, that count together up to their sum in so many bits; numbers from a
/// token.
fn counting(bits: u32, long: &'static str) -> Check {
    let scenario = move |numbers: &String| {
        let numbers: Vec<u64> = numbers
            .split('+')
            .map(|number| number.parse().unwrap())
            .collect();
        let count = Arc::new(Mutex::new(0_u64));
        let sum = numbers.iter().sum::<u64>();
        let scenario = numbers.iter().fold(Scenario::new(), |scenario, &number| {
            let count = Arc::clone(&count);
            scenario.thread("counter", move || {
                for _ in 0..number {
                    let mut count = count.lock();
                    *count = (*count + 1) % (1 << bits);
                }
            })
        });
        scenario.finally(move || assert_eq!(*count.lock(), sum))
    };
    let one = || "1".to_owned();
    Check::new("counts", "it counts", Just(one()), [one()], [], scenario).with_long_runs([long])
}

#[test]
fn a_long_run_that_fails_is_told_with_the_smallest_numbers_that_fail() {
    let options = Options {
        cases: 4,
        ..options()
    };
    for (bits, long, smallest) in [
        (8, "1000+1000", Some("0+256")),
        (8, "200+200", Some("56+200")),
        (12, "3000+3000+3000", Some("0+1096+3000")),
        (16, "30000+30000", None),
    ] {
        let check = counting(bits, long);
        let verdict = crate::explore::explore(&check, BackEnd::Generated, &options);
        let failing = verdict.failure().map(|failure| failure.workload.as_str());
        assert_eq!(failing, smallest, "{verdict:?}");
        let executions = match &verdict {
            Verdict::Failed(failure) => failure.executions,
            Verdict::NotRefuted { executions } => *executions,
            other => panic!("{other:?}"),
        };
        assert_eq!(executions, 5, "four that are generated, and one");
    }
}

#[test]
fn a_long_run_that_does_not_end_is_inconclusive() {
    let scenario = |_: &u8| {
        let count = AtomicUsize::new(0);
        Scenario::new().thread("counter", move || {
            loop {
                drop(count.fetch_add(1, SeqCst).to_string());
            }
        })
    };
    let none: [u8; 0] = [];
    let check = Check::new("ends", "it ends", Just(1_u8), none, [], scenario);
    let options = Options {
        cases: 0,
        steps: 10,
        ..options()
    };
    let verdict =
        crate::explore::explore(&check.with_long_runs(["1"]), BackEnd::Generated, &options);
    assert!(
        matches!(verdict, Verdict::NotRefuted { executions: 0 }),
        "{verdict:?}"
    );
}
