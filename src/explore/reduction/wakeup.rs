//! Wakeup trees: what is still to be tried at a choice, and how it goes on.
//!
//! A race calls for an execution in which its second operation comes first, and the execution that
//! showed it knows a way there: a *sequence* of steps, which may be longer than one. Whoever only
//! took the first of them could go astray: each order of what follows could be one that sleeping
//! tasks have covered, and the execution would have to be broken off. The tree keeps the whole way.

use super::Pending;
use super::dependence::{Act, may_depend};
use crate::explore::operation::TaskId;
use std::borrow::Cow;

/// A step of a sequence that leads to the reversal of a race.
#[derive(Clone, Debug)]
pub(super) struct Step<'a> {
    pub(super) act: &'a Act,
    /// What its operation came to, choice by choice; the last step has not been performed there.
    pub(super) effects: Option<Vec<usize>>,
    /// Its place among its task's operations, from 1.
    pub(super) place: u32,
    /// For each task, how many of its operations happened before.
    pub(super) clock: Cow<'a, [u32]>,
}

impl Step<'_> {
    /// Whether what a task is about to do comes to the same before this step and after it.
    fn is_beside(&self, pending: &Pending) -> bool {
        match self.effects {
            Some(_) => !may_depend(pending, self.act),
            // What it came to then it need not come to here.
            None => !may_depend(pending, &Act::to_come((self.act.task, self.act.operation))),
        }
    }

    fn is_before(&self, later: &Step<'_>) -> bool {
        let seen = later.clock.get(self.act.task.index());
        seen.is_some_and(|&seen| seen >= self.place)
    }
}

/// How a task could begin what a sequence does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Begins {
    /// With this one of its steps, which none of the others has to precede.
    With(usize),
    /// With an operation that is independent of all its steps.
    Beside,
}

/// How what is about to be done could begin what the sequence does, so that it comes to the same:
/// whether the task is one of its *weak initials*.
pub(super) fn begins(sequence: &[Step<'_>], pending: &Pending) -> Option<Begins> {
    match sequence.iter().position(|step| step.act.task == pending.0) {
        Some(at) => {
            let (before, own) = (&sequence[..at], &sequence[at]);
            let is_free = before.iter().all(|step| !step.is_before(own));
            is_free.then_some(Begins::With(at))
        }
        None => {
            let is_free = sequence.iter().all(|step| step.is_beside(pending));
            is_free.then_some(Begins::Beside)
        }
    }
}

/// The sequences that are to be tried, with their common beginnings, in the order of their trial.
#[derive(Default, Debug)]
pub(super) struct Tree {
    branches: Vec<Branch>,
}

/// A step, and what is to be tried after it. Without that, anything is.
#[derive(Debug)]
pub(super) struct Branch {
    pending: Pending,
    effects: Option<Vec<usize>>,
    then: Tree,
}

impl Tree {
    /// Adds a sequence, unless one that is there already comes to the same.
    pub(super) fn insert(&mut self, mut sequence: Vec<Step<'_>>) {
        let Some(mut place) = self.place_of(&mut sequence) else {
            return;
        };
        for step in sequence {
            place.branches.push(Branch {
                pending: (step.act.task, step.act.operation),
                effects: step.effects,
                then: Tree::default(),
            });
            let last = place.branches.len() - 1;
            place = &mut place.branches[last].then;
        }
    }

    /// The place from which a sequence needs branches of its own; what leads there is removed from
    /// it. `None` if it needs none.
    fn place_of(&mut self, sequence: &mut Vec<Step<'_>>) -> Option<&mut Tree> {
        let leads = |branch: &Branch| match begins(sequence, &branch.pending)? {
            Begins::With(at) if branch.then.branches.is_empty() => Some(Begins::With(at)),
            // What a task does can come to several things, each of which is another way.
            Begins::With(at) if branch.effects != sequence[at].effects => None,
            begins => Some(begins),
        };
        let found = self.branches.iter().enumerate();
        let mut found = found.filter_map(|(index, branch)| Some((index, leads(branch)?)));
        let Some((index, begins)) = found.next() else {
            return Some(self);
        };
        if let Begins::With(at) = begins {
            sequence.remove(at);
        }
        let then = &mut self.branches[index].then;
        match then.branches.is_empty() || sequence.is_empty() {
            true => None,
            false => then.place_of(sequence),
        }
    }

    /// Adds a task of which nothing more is known.
    pub(super) fn insert_task(&mut self, pending: Pending) {
        self.branches.push(Branch {
            pending,
            effects: None,
            then: Tree::default(),
        });
    }

    /// The task to begin with, of those that can.
    pub(super) fn first(&self, can: impl Fn(TaskId) -> bool) -> Option<TaskId> {
        let mut tasks = self.branches.iter().map(|branch| branch.pending.0);
        tasks.find(|&task| can(task))
    }

    /// Takes out what begins with the task.
    pub(super) fn take(&mut self, task: TaskId) -> Vec<Branch> {
        let taken = self
            .branches
            .extract_if(.., |branch| branch.pending.0 == task);
        taken.collect()
    }
}

/// Takes out what is to be tried after a step that came to this.
pub(super) fn take_then(branches: &mut [Branch], effects: &[usize]) -> Tree {
    let mut branches = branches.iter_mut();
    let branch = branches.find(|branch| branch.effects.as_deref() == Some(effects));
    branch.map_or_else(Tree::default, |branch| std::mem::take(&mut branch.then))
}
