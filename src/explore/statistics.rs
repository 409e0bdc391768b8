//! What exhaustive exploration costs, for benchmarks.

use crate::explore::driver::Executions;
use crate::explore::model::check::{Check, Workload};
use crate::explore::model::options::Options;
use crate::explore::runtime::settings::Settings;
use crate::explore::search::SearchStrategy;
use crate::explore::search::dpor::Dpor;
use std::collections::HashSet;

/// What it took to explore a check exhaustively by partial order reduction.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Statistics {
    /// Executions that ran to their end.
    pub executions: u64,
    /// Executions that were broken off, since they would have repeated others.
    pub redundant: u64,
    /// The exploration ended by itself; it did not reach the limit, and it was reduced.
    pub is_complete: bool,
}

/// Explores what the check lists for exhaustive exploration, with so many executions at most, and
/// says what it took. A failure does not end it.
pub fn statistics(check: &Check, limit: u64, options: &Options) -> Statistics {
    explore(check, limit, options, |_, _| ())
}

/// How many of these executions differ in the order of operations that do not commute.
pub fn distinct_orders(check: &Check, limit: u64, options: &Options) -> u64 {
    let mut orders = HashSet::new();
    explore(check, limit, options, |workload, reduction| {
        orders.insert((workload, reduction.order()));
    });
    orders.len() as u64
}

/// Explores, and hands over the number of the workload and the explorer after each execution.
fn explore(
    check: &Check,
    limit: u64,
    options: &Options,
    mut each: impl FnMut(usize, &Dpor),
) -> Statistics {
    let settings = Settings::new(options);
    let mut statistics = Statistics::default();
    for (number, workload) in check.exhaustive.iter().enumerate() {
        let left = limit - statistics.executions - statistics.redundant;
        let mut each = |reduction: &Dpor| each(number, reduction);
        let mut reductions = Dpor::one_after_the_other().into_iter();
        let found =
            reductions.find_map(|reduction| all(workload, reduction, left, &settings, &mut each));
        let Some((executions, redundant, is_complete)) = found else {
            return statistics;
        };
        statistics.executions += executions;
        statistics.redundant += redundant;
        if !is_complete {
            return statistics;
        }
    }
    statistics.is_complete = true;
    statistics
}

/// How many executions of the workload there are, and how many were broken off; with so many at
/// most, and whether that was enough. `None` if the explorer is not for them.
fn all(
    workload: &Workload,
    reduction: Dpor,
    limit: u64,
    settings: &Settings,
    each: &mut impl FnMut(&Dpor),
) -> Option<(u64, u64, bool)> {
    let mut all = Executions::new(workload, reduction, settings);
    let (mut executions, mut redundant) = (0, 0);
    while all.advance() {
        if executions + redundant == limit {
            return Some((executions, redundant, false));
        }
        all.run();
        if all.strategy().error().is_some() {
            return None;
        }
        if all.strategy().latest_counts() {
            executions += 1;
            each(all.strategy());
        } else {
            redundant += 1;
        }
    }
    Some((executions, redundant, true))
}
