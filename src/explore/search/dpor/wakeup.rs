//! Wakeup trees: what is still to be tried at a choice, and how it goes on.
//!
//! A race calls for an execution in which its second operation comes first, and the execution that
//! showed it knows a way there: a *sequence* of steps, which may be longer than one. Whoever only
//! took the first of them could go astray: each order of what follows could be one that sleeping
//! tasks have covered, and the execution would have to be broken off. The tree keeps the whole way.

use super::clocks::{Clock, join};
use super::foresight::reversed;
use super::race::Race;
use super::trace::{Trace, is_before};
use crate::explore::dependence::act::{Act, Effect};
use crate::explore::dependence::{Relation, may_depend, relation};
use crate::explore::model::operation::TaskId;

/// The way to the reversal of a race, from the choice of its first operation: all that the execution
/// did that does not come after that, in order, and then the second operation.
///
/// In the paper's words, `notdep(e, E) . proc(e')`.
pub(super) struct Sequence<'a> {
    trace: &'a Trace,
    /// The steps, as events of the execution.
    steps: Vec<usize>,
    /// The last step: the race's second operation, of which it is open what it comes to here.
    last: Option<Act>,
    /// What comes before the last step here.
    before_last: Vec<u32>,
}

/// How a step stands to a sequence that it can begin.
#[derive(Clone, Copy, Debug)]
pub(super) enum Begins {
    /// It is the sequence's step with this number, and nothing before that keeps it from being first.
    First(usize),
    /// It is the sequence's last step, and so on.
    Last,
    /// It is not in the sequence, and commutes with all of it.
    Independent,
}

impl<'a> Sequence<'a> {
    /// The way to the reversal of a race, in the execution up to the event `end`.
    pub(super) fn new(trace: &'a Trace, race: Race, end: usize) -> Self {
        let [first, second] = [race.first, race.second].map(|event| &trace.events[event].act);
        let last = reversed(first, second, || trace.flow(race));
        Sequence::to(trace, race, last, end)
    }

    /// The way to an execution in which an event's operation comes to something else.
    ///
    /// Where it comes to nothing without a reason, and the way has another operation that does, the way
    /// leads nowhere, since only one may. None is needed then: that other operation is tried with a
    /// reason as well, here or where it sleeps, and from there the way is free.
    pub(super) fn otherwise(trace: &'a Trace, event: usize, effect: Effect) -> Self {
        let mut last = trace.events[event].act.clone();
        last.chosen(effect);
        let (first, second) = (event, event);
        Sequence::to(trace, Race { first, second }, last, trace.performed)
    }

    /// The way to an execution in which the second of two operations comes to this, before the first one.
    pub(super) fn without_reason(trace: &'a Trace, race: Race, last: Act) -> Self {
        Sequence::to(trace, race, last, race.second.min(trace.performed))
    }

    /// The way that consists of one operation, which could be performed right there.
    pub(super) fn of_one(trace: &'a Trace, act: Act) -> Self {
        Sequence {
            trace,
            steps: Vec::new(),
            last: Some(act),
            before_last: Vec::new(),
        }
    }

    fn to(trace: &'a Trace, race: Race, last: Act, end: usize) -> Self {
        let first = &trace.events[race.first];
        let after = race.first + 1..end;
        let steps: Vec<usize> = after
            .filter(|&event| !is_before(first, trace.clocks.of(event)))
            .collect();
        let mut before_last = trace.clocks.required(race.second).to_vec();
        let is_open = last.is_open || last.is_last;
        for &step in &steps {
            let act = &trace.events[step].act;
            let depends = if is_open {
                may_depend(act, &last)
            } else {
                relation(act, &last) != Relation::Independent
            };
            if depends {
                join(&mut before_last, trace.clocks.of(step));
            }
        }
        Sequence {
            trace,
            steps,
            last: Some(last),
            before_last,
        }
    }

    /// True if what the last step comes to could not be foreseen.
    pub(super) fn is_open(&self) -> bool {
        self.last
            .as_ref()
            .is_some_and(|last| last.is_open || last.is_last)
    }

    /// True if the task can be first, with what it comes to here: an *initial* of the sequence.
    pub(super) fn has_initial(&self, task: TaskId, effect: Option<Effect>) -> bool {
        matches!(self.begins_by_itself(task, effect), Some(Some(_)))
    }

    /// Whether the task's own first step in the sequence, if it has one, can begin it, and comes to
    /// this effect.
    fn begins_by_itself(&self, task: TaskId, effect: Option<Effect>) -> Option<Option<Begins>> {
        let (act, steps, clock, begins) =
            match (0..self.steps.len()).find(|&step| self.act(step).task == task) {
                Some(own) => {
                    let clock = self.trace.clocks.of(self.steps[own]);
                    (self.act(own), own, clock, Begins::First(own))
                }
                None => {
                    let last = self.last.as_ref().filter(|last| last.task == task)?;
                    let clock = self.before_last.as_slice();
                    (last, self.steps.len(), clock, Begins::Last)
                }
            };
        let is_same = effect.is_none() || act.effect == effect;
        Some((is_same && self.is_free(steps, clock)).then_some(begins))
    }

    /// The first step.
    pub(super) fn first(&self) -> &Act {
        if self.steps.is_empty() {
            self.last.as_ref().expect("a sequence has a last step")
        } else {
            self.act(0)
        }
    }

    fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.last.is_none()
    }

    fn act(&self, step: usize) -> &Act {
        &self.trace.events[self.steps[step]].act
    }

    /// True if none of the first steps comes before what has this clock.
    fn is_free(&self, steps: usize, clock: &Clock) -> bool {
        let mut before = self.steps[..steps].iter();
        before.all(|&step| !is_before(&self.trace.events[step], clock))
    }

    /// Whether the operation, which could be performed where the sequence begins, can begin what the
    /// sequence comes to: whether it is a *weak initial* of it. `effect` is what it comes to; none
    /// if all of its effects are meant.
    pub(super) fn begins(&self, act: &Act, effect: Option<Effect>) -> Option<Begins> {
        if let Some(begins) = self.begins_by_itself(act.task, effect) {
            return begins;
        }
        let commutes = |step: usize| !may_depend(act, self.act(step));
        let all = (0..self.steps.len()).all(commutes);
        let last = self.last.as_ref();
        (all && last.is_none_or(|last| !may_depend(act, last))).then_some(Begins::Independent)
    }

    /// Leaves out the step that has begun it.
    fn remove(&mut self, begins: Begins) {
        match begins {
            Begins::First(step) => _ = self.steps.remove(step),
            Begins::Last => self.last = None,
            Begins::Independent => {}
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
    /// Without an effect, all that it can come to is to be tried.
    pub(super) act: Act,
    pub(super) then: Tree,
}

impl Tree {
    /// Adds a sequence, unless one that is there already comes to the same.
    pub(super) fn insert(&mut self, mut sequence: Sequence<'_>) {
        let mut place = self;
        loop {
            let begins = |branch: &Branch| sequence.begins(&branch.act, branch.act.effect);
            let mut found = place
                .branches
                .iter()
                .enumerate()
                .filter_map(|(index, branch)| Some((index, begins(branch)?)));
            let Some((index, begins)) = found.next() else {
                break;
            };
            sequence.remove(begins);
            place = &mut place.branches[index].then;
            // After a leaf all that differs is tried anyway, the rest of the sequence too: to keep that
            // would cost memory, and tell the search nothing new.
            if place.branches.is_empty() || sequence.is_empty() {
                return;
            }
        }
        let Sequence {
            trace, steps, last, ..
        } = sequence;
        let steps = steps.into_iter().map(|step| trace.events[step].act.clone());
        for act in steps.chain(last) {
            let then = Tree::default();
            place.branches.push(Branch { act, then });
            let last = place.branches.len() - 1;
            place = &mut place.branches[last].then;
        }
    }

    /// Adds a step after which anything is to be tried.
    pub(super) fn add(&mut self, act: Act) {
        let then = Tree::default();
        self.branches.push(Branch { act, then });
    }

    pub(super) fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Takes out the first branch that can be taken.
    pub(super) fn take_first(&mut self, can: impl Fn(&Branch) -> bool) -> Option<Branch> {
        let place = self.branches.iter().position(can)?;
        Some(self.branches.remove(place))
    }
}
