//! A failing program without what it does not need to fail.

use super::program::{Code, Op, Program};
use proptest::strategy::{BoxedStrategy, NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

impl Program {
    /// The programs that lack one thread or one operation of this one, the smallest last.
    fn smaller(&self) -> Vec<Program> {
        let without = |index: usize| {
            let mut threads = self.0.clone();
            threads.remove(index);
            Program(threads)
        };
        let with = |index: usize| {
            smaller_code(&self.0[index]).into_iter().map(move |code| {
                let mut threads = self.0.clone();
                threads[index] = code;
                Program(threads)
            })
        };
        let threads = 0..self.0.len();
        threads
            .clone()
            .flat_map(with)
            .chain(threads.map(without))
            .collect()
    }
}

fn smaller_code(code: &Code) -> Vec<Code> {
    let with = |index: usize| {
        let child = match &code[index] {
            Op::Spawn(child) => smaller_code(child),
            _ => Vec::new(),
        };
        child.into_iter().map(move |child| {
            let mut code = code.clone();
            code[index] = Op::Spawn(child);
            code
        })
    };
    let without = |index: usize| {
        let mut code = code.clone();
        code.remove(index);
        code
    };
    let places = 0..code.len();
    places
        .clone()
        .flat_map(with)
        .chain(places.map(without))
        .collect()
}

/// Programs of a strategy, shrunk as programs and not as what they were drawn from.
#[derive(Debug)]
pub(super) struct Shrinking(pub(super) BoxedStrategy<Program>);

impl Strategy for Shrinking {
    type Tree = Tree;
    type Value = Program;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let smallest = self.0.new_tree(runner)?.current();
        Ok(Tree {
            trial: smallest.clone(),
            candidates: smallest.smaller(),
            smallest,
        })
    }
}

pub(super) struct Tree {
    /// The smallest program that is known to fail.
    smallest: Program,
    trial: Program,
    /// What has yet to be tried in the place of the smallest.
    candidates: Vec<Program>,
}

impl Tree {
    fn try_next(&mut self) -> bool {
        let next = self.candidates.pop();
        let is_left = next.is_some();
        self.trial = next.unwrap_or_else(|| self.smallest.clone());
        is_left
    }
}

impl ValueTree for Tree {
    type Value = Program;

    fn current(&self) -> Program {
        self.trial.clone()
    }

    fn simplify(&mut self) -> bool {
        if self.trial != self.smallest {
            self.smallest = self.trial.clone();
            self.candidates = self.smallest.smaller();
        }
        self.try_next()
    }

    fn complicate(&mut self) -> bool {
        self.try_next()
    }
}
