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
    let watchdog = Watchdog::start();
    let settings = Settings {
        limits: Limits::default(),
        recording: false,
        watch: watchdog.watch(),
    };
    let mut effort = Effort::default();
    for (number, workload) in check.exhaustive.iter().enumerate() {
        let mut reduction = Reduction::default();
        loop {
            if effort.executions + effort.redundant == limit {
                return effort;
            }
            (_, reduction) = run(workload, reduction, &settings);
            if reduction.trouble().is_some() {
                return effort;
            }
            match reduction.latest_counts() {
                true => {
                    effort.executions += 1;
                    each(number, &reduction);
                }
                false => effort.redundant += 1,
            }
            if !reduction.advance() {
                break;
            }
        }
    }
    effort.is_complete = true;
    effort
}
