//! What exhaustive exploration costs, for benchmarks.

use super::check::{Check, Workload};
use super::execution::Limits;
use super::reduction::Reduction;
use super::run::{Settings, run};
use super::search::Explorer;
use super::watchdog::Watchdog;
use std::collections::HashSet;

/// What it took to explore a check exhaustively by partial order reduction.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Effort {
    /// Executions that ran to their end.
    pub executions: u64,
    /// Executions that were broken off, since they would have repeated others.
    pub redundant: u64,
    /// The exploration ended by itself; it did not reach the limit, and it was reduced.
    pub is_complete: bool,
}

/// Explores what the check lists for exhaustive exploration, with so many executions at most, and
/// says what it took. A failure does not end it.
pub fn effort(check: &Check, limit: u64) -> Effort {
    explore(check, limit, |_, _| ())
}

/// How many of these executions differ in the order of operations that do not commute.
pub fn distinct_orders(check: &Check, limit: u64) -> u64 {
    let mut orders = HashSet::new();
    explore(check, limit, |workload, reduction| {
        orders.insert((workload, reduction.order()));
    });
    orders.len() as u64
}

/// Explores, and hands over the number of the workload and the explorer after each execution.
fn explore(check: &Check, limit: u64, mut each: impl FnMut(usize, &Reduction)) -> Effort {
    let mut effort = Effort::default();
    for (number, workload) in check.exhaustive.iter().enumerate() {
        let left = limit - effort.executions - effort.redundant;
        let mut each = |reduction: &Reduction| each(number, reduction);
        let mut reductions = Reduction::one_after_the_other().into_iter();
        let found = reductions.find_map(|reduction| all(workload, reduction, left, &mut each));
        let Some((executions, redundant, is_complete)) = found else {
            return effort;
        };
        effort.executions += executions;
        effort.redundant += redundant;
        if !is_complete {
            return effort;
        }
    }
    effort.is_complete = true;
    effort
}

/// How many executions of the workload there are, and how many were broken off; with so many at
/// most, and whether that was enough. `None` if the explorer is not for them.
fn all(
    workload: &Workload,
    mut reduction: Reduction,
    limit: u64,
    each: &mut impl FnMut(&Reduction),
) -> Option<(u64, u64, bool)> {
    let watchdog = Watchdog::start();
    let settings = Settings::new(Limits::default(), &watchdog);
    let (mut executions, mut redundant) = (0, 0);
    while executions + redundant < limit {
        (_, reduction) = run(workload, reduction, &settings);
        if reduction.trouble().is_some() {
            return None;
        }
        match reduction.latest_counts() {
            true => {
                executions += 1;
                each(&reduction);
            }
            false => redundant += 1,
        }
        if !reduction.advance() {
            return Some((executions, redundant, true));
        }
    }
    Some((executions, redundant, false))
}
