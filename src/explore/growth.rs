//! Workloads beyond a check's list: larger and larger ones, the cheapest first.
//!
//! A list ends somewhere, and code can be wrong in the first session that is not on it. How far an
//! exploration can go depends on the solution: three threads that lock once each have 6 executions, and
//! as many without a lock have thousands. So the list goes on by itself. Of a workload that was explored
//! to its end those are made that are larger by one step, and the next to be explored is the one whose
//! origin took the fewest operations. All of them are larger than their origins, so that this is about
//! their order by what they cost, and small ones come before large ones of the same kind.

use crate::explore::model::check::{Check, Workload};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

/// The workloads of a check that were not yet explored, as far as they are known.
#[derive(Debug)]
pub(super) struct Growth<'a> {
    check: &'a Check,
    /// By what their origins cost, and in the order in which they were found.
    ahead: BinaryHeap<Reverse<(usize, usize, String)>>,
    /// The labels of all that was ever ahead, and of what is listed.
    known: HashSet<String>,
}

impl<'a> Growth<'a> {
    /// The list of the check is known, and nothing is ahead.
    pub(super) fn new(check: &'a Check) -> Self {
        let listed = check.exhaustive.iter();
        Growth {
            check,
            ahead: BinaryHeap::new(),
            known: listed.map(|workload| workload.label.clone()).collect(),
        }
    }

    /// The workload was explored to its end in so many operations: the larger ones are ahead.
    pub(super) fn explored(&mut self, workload: &Workload, operations: usize) {
        for label in self.check.larger(&workload.label) {
            if self.known.insert(label.clone()) {
                let place = self.known.len();
                self.ahead.push(Reverse((operations, place, label)));
            }
        }
    }

    /// The next one to explore.
    pub(super) fn next(&mut self) -> Option<Workload> {
        let Reverse((_, _, label)) = self.ahead.pop()?;
        let workload = self.check.workload(&label);
        Some(workload.expect("what a check grows into is a workload of it"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::Scenario;
    use proptest::strategy::Just;

    /// Pairs of numbers, which grow one by one.
    fn check() -> Check {
        let check = Check::new("check", "holds", Just(0), [0_u32], [], |_| Scenario::new());
        check.growing(|number: &u32| vec![number + 1, number + 10])
    }

    #[test]
    fn the_cheapest_comes_first_and_none_twice() {
        let check = check();
        let mut growth = Growth::new(&check);
        assert!(growth.next().is_none());
        growth.explored(&check.exhaustive[0], 1);
        let mut order = Vec::new();
        while order.len() < 6
            && let Some(workload) = growth.next()
        {
            let number: usize = workload.label.parse().unwrap();
            // What has tens costs more.
            growth.explored(&workload, number / 10 * 100 + number % 10);
            order.push(number);
        }
        assert_eq!(order, [1, 10, 2, 11, 3, 12]);
    }

    #[test]
    fn what_does_not_grow_ends_with_its_list() {
        let check = Check::new("check", "holds", Just(0), [0_u32], [], |_| Scenario::new());
        let mut growth = Growth::new(&check);
        growth.explored(&check.exhaustive[0], 1);
        assert!(growth.next().is_none());
    }
}
