//! Depth-first search through the choices of a workload's executions.

use super::{SearchError, SearchStrategy};
use crate::explore::strategy::Strategy;

/// A choice on the path that is tried.
#[derive(Debug)]
struct Node {
    choice: usize,
    /// Where the costs of its options begin in the list of all.
    first_cost: usize,
    /// What the choices before it cost.
    spent: usize,
}

/// Tries every path of choices whose cost stays within a budget, one path an execution.
#[derive(Debug)]
pub(crate) struct BoundedDfs {
    /// What the choices of a path may cost together; `None` if there is no bound.
    budget: Option<usize>,
    path: Vec<Node>,
    /// The costs of the options of every node, one node's after the other's.
    costs: Vec<u8>,
    /// How many choices of the path this execution has passed.
    depth: usize,
    pruned: bool,
    divergence: Option<String>,
}

impl BoundedDfs {
    /// A search in which choices may cost as much as `budget` together.
    pub(crate) fn within(budget: usize) -> Self {
        BoundedDfs {
            budget: Some(budget),
            ..BoundedDfs::through_all()
        }
    }

    /// A search through all paths.
    pub(crate) fn through_all() -> Self {
        BoundedDfs {
            budget: None,
            path: Vec::new(),
            costs: Vec::new(),
            depth: 0,
            pruned: false,
            divergence: None,
        }
    }

    /// True if the budget has kept the search from some path.
    pub(crate) fn was_pruned(&self) -> bool {
        self.pruned
    }

    fn spent_after(&self, node: &Node) -> usize {
        node.spent + usize::from(self.costs[node.first_cost + node.choice])
    }

    fn costs_at(&self, depth: usize) -> &[u8] {
        let end = self
            .path
            .get(depth + 1)
            .map_or(self.costs.len(), |next| next.first_cost);
        &self.costs[self.path[depth].first_cost..end]
    }
}

impl SearchStrategy for BoundedDfs {
    fn advance(&mut self) -> bool {
        self.depth = 0;
        while let Some(node) = self.path.pop() {
            let costs = &self.costs[node.first_cost..];
            for (choice, &cost) in costs.iter().enumerate().skip(node.choice + 1) {
                let spent = node.spent + usize::from(cost);
                if self.budget.is_none_or(|budget| spent <= budget) {
                    self.path.push(Node { choice, ..node });
                    return true;
                }
                self.pruned = true;
            }
            self.costs.truncate(node.first_cost);
        }
        false
    }

    fn error(&self) -> Option<SearchError> {
        self.divergence.clone().map(SearchError::Diverged)
    }
}

impl Strategy for BoundedDfs {
    fn choose(&mut self, costs: &[u8]) -> usize {
        let depth = self.depth;
        self.depth += 1;
        if depth < self.path.len() {
            if self.costs_at(depth) != costs {
                let (before, now) = (self.costs_at(depth).len(), costs.len());
                self.divergence.get_or_insert_with(|| {
                    format!("choice {depth} had {before} options, and the next time {now}")
                });
            }
            return self.path[depth].choice.min(costs.len() - 1);
        }
        let spent = self.path.last().map_or(0, |node| self.spent_after(node));
        self.path.push(Node {
            choice: 0,
            first_cost: self.costs.len(),
            spent,
        });
        self.costs.extend_from_slice(costs);
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All paths that are tried of executions that make the choices of `tree`: the costs after a path.
    fn paths(
        mut search: BoundedDfs,
        tree: impl Fn(&[usize]) -> Vec<u8>,
    ) -> (Vec<Vec<usize>>, bool) {
        let mut paths = Vec::new();
        loop {
            let mut path = Vec::new();
            loop {
                let costs = tree(&path);
                if costs.is_empty() {
                    break;
                }
                path.push(search.choose(&costs));
            }
            paths.push(path);
            if !search.advance() {
                return (paths, search.was_pruned());
            }
        }
    }

    fn two_levels(path: &[usize]) -> Vec<u8> {
        match path {
            [] => vec![0, 1],
            [_] => vec![0, 0, 1],
            _ => vec![],
        }
    }

    #[test]
    fn every_path_is_tried_once() {
        let (paths, pruned) = paths(BoundedDfs::through_all(), two_levels);
        assert_eq!(paths, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
        assert!(!pruned);
    }

    #[test]
    fn a_budget_leaves_out_what_costs_more_and_says_so() {
        assert_eq!(
            paths(BoundedDfs::within(0), two_levels),
            (vec![vec![0, 0], vec![0, 1]], true)
        );
        let (within_one, pruned) = paths(BoundedDfs::within(1), two_levels);
        assert_eq!(within_one, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1]]);
        assert!(pruned);
    }

    #[test]
    fn an_execution_that_differs_the_second_time_is_noticed() {
        let mut search = BoundedDfs::through_all();
        search.choose(&[0, 0]);
        search.choose(&[0, 0]);
        assert!(search.advance());
        search.choose(&[0, 0, 0]);
        let Some(SearchError::Diverged(difference)) = search.error() else {
            panic!("not noticed");
        };
        assert!(difference.contains("2 options"), "{difference}");
    }
}
