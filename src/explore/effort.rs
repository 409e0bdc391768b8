//! What exhaustive exploration costs, for benchmarks.

use super::check::Check;
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
    /// How many of the executions differ in the order of operations that do not commute.
    pub orders: u64,
    /// The exploration ended by itself; it did not reach the limit, and it was reduced.
    pub is_complete: bool,
}

/// Explores what the check lists for exhaustive exploration, with so many executions at most, and
/// says what it took. A failure does not end it.
pub fn effort(check: &Check, limit: u64) -> Effort {
    let watchdog = Watchdog::start();
    let settings = Settings {
        limits: Limits::default(),
        recording: false,
        watch: watchdog.watch(),
    };
    let mut effort = Effort::default();
    for workload in &check.exhaustive {
        let mut orders = HashSet::new();
        let mut reduction = Reduction::default();
        loop {
            if effort.executions + effort.redundant == limit {
                return effort;
            }
            (_, reduction) = run(workload, reduction, &settings);
            if reduction.trouble().is_some() {
                return effort;
            }
            if reduction.latest_counts() {
                effort.executions += 1;
                effort.orders += u64::from(orders.insert(reduction.order()));
            } else {
                effort.redundant += 1;
            }
            if !reduction.advance() {
                break;
            }
        }
    }
    effort.is_complete = true;
    effort
}
