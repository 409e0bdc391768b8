//! Workloads beyond a check's list: larger and larger ones, the cheapest first.
//!
//! A list ends somewhere, and code can be wrong in the first session that is not on it. How far an
//! exploration can go depends on the solution: three threads that lock once each have 6 executions, and
//! as many without a lock have thousands. So the list goes on by itself. Of a workload that was explored
//! to its end those are made that are larger by one step, and the next to be explored is the one of the
//! least price: the operations that its cheapest origin took, times the steps from the list. All of them
//! cost more than their origins, so that this is about their order by what they cost; and what costs nothing to
//! grow does not grow for ever while others wait.

use crate::explore::model::check::{Check, Workload};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// The workloads of a check that were not yet explored, as far as they are known.
#[derive(Debug)]
pub(super) struct Growth<'a> {
    check: &'a Check,
    /// The cheapest is the largest of the heap.
    ahead: BinaryHeap<Reverse<Seedling>>,
    /// The least price of each that was ever ahead, by label; no more than 0 for what is listed or has
    /// been taken out.
    known: HashMap<String, usize>,
}

/// A workload that is ahead. They are ordered by their prices, and then as they were found.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Seedling {
    price: usize,
    /// How many had been found before.
    place: usize,
    /// How many steps it is away from the list.
    steps: usize,
    label: String,
}

impl<'a> Growth<'a> {
    /// The list of the check is known, and nothing is ahead.
    pub(super) fn new(check: &'a Check) -> Self {
        let listed = check.exhaustive.iter();
        Growth {
            check,
            ahead: BinaryHeap::new(),
            known: listed.map(|workload| (workload.label.clone(), 0)).collect(),
        }
    }

    /// A workload, so many steps away from the list, was explored to its end in so many operations: the
    /// larger ones are ahead.
    pub(super) fn explored(&mut self, workload: &Workload, steps: usize, operations: usize) {
        let steps = steps + 1;
        let price = operations.saturating_mul(steps).max(1);
        for label in self.check.larger(&workload.label) {
            let place = self.known.len();
            if self.known.get(&label).is_none_or(|&least| price < least) {
                self.known.insert(label.clone(), price);
                self.ahead.push(Reverse(Seedling {
                    price,
                    place,
                    steps,
                    label,
                }));
            }
        }
    }

    /// The next one to explore, and how many steps it is away from the list.
    pub(super) fn next(&mut self) -> Option<(Workload, usize)> {
        loop {
            let Reverse(Seedling { label, steps, .. }) = self.ahead.pop()?;
            // It may have been found again, at a lower price.
            if self.known.insert(label.clone(), 0) != Some(0) {
                let workload = self.check.workload(&label);
                return Some((
                    workload.expect("a check grows into its own workloads"),
                    steps,
                ));
            }
        }
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
        growth.explored(&check.exhaustive[0], 0, 1);
        let mut order = Vec::new();
        while order.len() < 6
            && let Some((workload, steps)) = growth.next()
        {
            let number: usize = workload.label.parse().unwrap();
            // What has tens costs more.
            growth.explored(&workload, steps, number / 10 * 100 + number % 10);
            order.push(number);
        }
        assert_eq!(order, [1, 10, 2, 11, 3, 12]);
    }

    #[test]
    fn what_does_not_grow_ends_with_its_list() {
        let check = Check::new("check", "holds", Just(0), [0_u32], [], |_| Scenario::new());
        let mut growth = Growth::new(&check);
        growth.explored(&check.exhaustive[0], 0, 1);
        assert!(growth.next().is_none());
    }
}
