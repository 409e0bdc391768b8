//! Numbers of executions that others have published, or that can be counted otherwise.
//!
//! A reduction that is sound and optimal tries one execution of each class of equivalent ones: too
//! few would be a gap, too many a repetition. So each number has three witnesses: whoever published
//! it, the engine, and a [`reference`] that searches for nothing.

mod algorithms;
mod counters;
mod exchanges;
mod exclusion;
mod litmus;
mod locks;
mod others;
mod program;
mod reference;
mod registers;

use super::*;
use crate::explore::Workload;
use crate::explore::driver::Executions;
use crate::explore::model::budget::Limits;
use crate::explore::search::SearchStrategy;
use crate::explore::search::dpor::Dpor;
use program::Program;

/// Who says how many executions there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    /// GenMC's tests, under sequential consistency: its graphs there are classes of executions.
    GenMc,
    /// Nidhugg's tests, where its reads-from classes are no coarser.
    Nidhugg,
    /// A comment at the program.
    Counted,
    /// The reference alone.
    Reference,
}

/// A program with its name, and how many executions it has at some sizes.
type Row = (
    &'static str,
    Source,
    &'static [(usize, u64)],
    fn(usize) -> Program,
);

/// Numbers of executions. A deadlock is an execution like others.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Counts {
    full: u64,
    /// Where an assumption did not hold; published numbers leave them out.
    given_up: u64,
    /// Broken off.
    redundant: u64,
}

/// Tries every order, without spurious wake-ups.
fn explored(
    scenario: impl Fn() -> Scenario + Send + Sync + 'static,
    gave_up: impl Fn() -> bool,
) -> Counts {
    let workload = Workload::new("", scenario);
    let settings = within(Limits {
        spurious: 0,
        ..Limits::default()
    });
    let mut all = Executions::new(&workload, Dpor::default(), &settings);
    let mut counts = Counts::default();
    while all.advance() {
        let outcome = all.run();
        assert_eq!(all.strategy().error(), None);
        match outcome.failure {
            None | Some(FailureKind::Deadlock { .. }) => {}
            Some(other) => panic!("{other:?}"),
        }
        match (all.strategy().latest_counts(), gave_up()) {
            (false, _) => counts.redundant += 1,
            (true, true) => counts.given_up += 1,
            (true, false) => counts.full += 1,
        }
    }
    counts
}

fn explored_program(program: &Program) -> Counts {
    let gave_up = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (program, latest) = (program.clone(), Arc::clone(&gave_up));
    explored(move || program.scenario(&latest), || gave_up.load(SeqCst))
}

/// Explores every row. All deviations are told at once.
#[track_caller]
fn explore_table(table: &[Row]) {
    let deviations = deviations(table, |program| {
        let counts = explored_program(program);
        Some((counts.full, counts.redundant))
    });
    assert!(
        deviations.is_empty(),
        "(full, redundant) differ:\n{}",
        deviations.join("\n")
    );
}

/// Where the numbers are not as listed, with nothing redundant; `None` is nothing to compare.
fn deviations(table: &[Row], count: impl Fn(&Program) -> Option<(u64, u64)>) -> Vec<String> {
    let mut deviations = Vec::new();
    for &(name, source, sizes, program) in table {
        for &(size, expected) in sizes {
            let found = count(&program(size));
            match found {
                None => {}
                Some((full, 0)) if full == expected => {}
                Some(found) => deviations.push(format!(
                    "{name}({size}), {source:?}: {expected}, found {found:?}"
                )),
            }
        }
    }
    deviations
}

#[test]
fn the_reference_counts_as_many_executions_as_are_published() {
    let tables = [
        algorithms::TABLE,
        counters::TABLE,
        exchanges::TABLE,
        exclusion::TABLE,
        litmus::TABLE,
        locks::TABLE,
        registers::TABLE,
    ];
    let deviations = deviations(&tables.concat(), |program| {
        reference::count(program).map(|counts| (counts.full, 0))
    });
    assert!(deviations.is_empty(), "\n{}", deviations.join("\n"));
}

#[test]
fn executions_that_are_given_up_are_explored_as_the_reference_counts_them() {
    for &(name, _, sizes, program) in exclusion::TABLE {
        for &(size, _) in sizes {
            let program = program(size);
            assert_eq!(
                Some(explored_program(&program)),
                reference::count(&program),
                "{name}({size})"
            );
        }
    }
}
