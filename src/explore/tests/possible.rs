//! What must be possible, and what can come of a scenario.

use super::*;
use crate::explore::model::verdict::Minimality;

/// Two threads that each work a while; the lock keeps the work apart if it is held throughout.
fn workers(lock_is_held: bool) -> Scenario {
    type Shared = (Mutex<()>, AtomicUsize, AtomicBool, bool);
    let shared: Shared = (
        Mutex::new(()),
        AtomicUsize::new(0),
        AtomicBool::new(false),
        lock_is_held,
    );
    let (shared, scenario) = together(2, shared, |(lock, working, both, lock_is_held)| {
        let guard = lock_is_held.then(|| lock.lock());
        if working.fetch_add(1, SeqCst) == 1 {
            both.store(true, SeqCst);
        }
        working.fetch_sub(1, SeqCst);
        drop(guard);
    });
    scenario.sometimes("both work at the same time", move || shared.2.load(SeqCst))
}

#[test]
fn threads_that_can_overlap_do_so_in_some_execution() {
    executions(|| workers(false));
}

#[test]
fn threads_that_never_overlap_fail_all_executions_together() {
    let verdict = explore(&check(|| workers(true)), BackEnd::Exhaustive);
    let Verdict::Failed(failure) = verdict else {
        panic!("{verdict:?}");
    };
    let property = "both work at the same time".to_owned();
    assert_eq!(failure.kind, FailureKind::Never { property });
    assert_eq!((failure.executions, &failure.size), (2, &Minimality::All));
    assert!(failure.schedule.is_none() && !failure.record.events.is_empty());
}

#[test]
fn generated_schedules_alone_do_not_say_that_something_is_impossible() {
    let verdict = explore(&check(|| workers(true)), BackEnd::Generated);
    assert!(
        matches!(verdict, Verdict::NotRefuted { executions: 256 }),
        "{verdict:?}"
    );
}

/// Two threads that add 1 to a counter by a load and a store.
fn unlocked(_: ()) -> Scenario {
    let (counter, scenario) = together(2, AtomicUsize::new(0), |counter| {
        counter.store(counter.load(SeqCst) + 1, SeqCst);
    });
    let value = Arc::clone(&counter);
    scenario
        .finally(move || assert_eq!(counter.load(SeqCst), 2))
        .outcome(move || value.load(SeqCst).to_string())
}

#[test]
fn the_outcomes_are_those_of_all_executions_with_their_counts() {
    let found = outcomes(&Workload::new("", || unlocked(())));
    // Of 6 orders, the loads and the stores of one thread come first in 2; the two loads commute.
    assert_eq!(found.to_string(), "2 × 1\n2 × 2\n");
    assert!(found.is_complete);
    let table = "outcome  executions  share\n\
                 1                 2    50%  not expected\n\
                 2                 2    50%  expected\n\
                 3                 0     0%  expected\n";
    assert_eq!(found.table(&["2", "3"]), table);
}

#[test]
fn a_failing_execution_is_an_outcome_and_the_others_are_tried_too() {
    let found = outcomes(&Workload::new("", || {
        let locks = [0, 1].map(|_| Arc::new(Mutex::new(())));
        let both = |[first, second]: [usize; 2]| {
            let [first, second] = [first, second].map(|lock| Arc::clone(&locks[lock]));
            move || {
                let _first = first.lock();
                assert!(second.try_lock().is_some(), "taken");
            }
        };
        Scenario::new()
            .thread("left", both([0, 1]))
            .thread("right", both([1, 0]))
            .outcome(|| "both have been in".to_owned())
    }));
    // The panic comes first: the search goes on after it.
    let names: Vec<&str> = found.counts.keys().map(String::as_str).collect();
    assert_eq!(names, ["both have been in", "panic: taken"]);
}
