//! Exhaustive search without what is redundant: dynamic partial order reduction.
//!
//! Two executions that differ only in the order of independent operations are the same for every
//! check: they are of one *class*. The search tries one execution of each class. It learns from the
//! executions themselves where another order matters: a *race* is a pair of dependent operations of
//! which nothing forces the order, and each calls for an execution in which the second comes first.
//!
//! The algorithm is Optimal DPOR of Abdulla, Aronis, Jonsson and Sagonas, *Source Sets: A Foundation
//! for Optimal Dynamic Partial Order Reduction* (JACM 2017; POPL 2014), as it is published: all races
//! of every maximal execution are looked at, those in its beginning again with each new end.
//!
//! | here | in the paper |
//! |---|---|
//! | [`Act`](crate::explore::dependence::act::Act), event | `e`, with all that its relations depend on |
//! | [`relation`](crate::explore::dependence::relation), [`Clocks`](clocks::Clocks) | the happens-before relation |
//! | [`Race`](race::Race) | `e ≾ e'`, reversible races only |
//! | [`Sequence`](wakeup::Sequence) | `v = notdep(e, E) . proc(e')` |
//! | [`Sequence::begins`](wakeup::Sequence::begins) | whether `p` is a weak initial of `v` |
//! | [`Sequence::has_initial`](wakeup::Sequence::has_initial) | whether `p` is an initial of `v` |
//! | [`Tree`], [`Tree::insert`] | `wut(E)`, `insert(v, wut(E))` |
//! | [`Turn::asleep`](node::Turn::asleep), [`Sleeper`] | `sleep(E)` |
//! | [`Turn::ahead`](node::Turn::ahead) with source sets | `backtrack(E)` |
//!
//! | to read in this order | |
//! |---|---|
//! | [`names`] | tasks and objects, the same in every execution |
//! | [`passages`], [`along`] | the calls of an execution in the partial order, and another order of them |
//! | [`foresight`] | what an operation comes to that comes first |
//! | [`clocks`], [`trace`], [`race`] | one execution as a partial order, and its races |
//! | [`wakeup`] | the way to the reversal of a race |
//! | [`node`], this file, [`reversals`], [`conflicts`], [`choosing`] | the search |
//! | `reorder`, `neighbours` | tests of the partial order, and of the relation |
//!
//! # Operations that wait
//!
//! The paper's processes never block each other. Ours do, and end in deadlocks. Let `E'` be an
//! explored beginning, after which `p` was tried with the event `e`, and `w` an execution from there
//! that no branch covers. Let `x` be the longest beginning of `w` that is independent of `e`, and `b`
//! the operation of `q` that follows it in `w`. All that begins with `E' e x` is explored, by
//! induction. A race that leads to `x b` must be found there.
//!
//! 1. *`b` can be performed after `E' e x`.* Some explored execution does that right then, and `e` and
//!    `b` race. This is the paper's case.
//! 2. *`e` keeps `b` from going on, and it goes on later.* Take an execution in which it does so as
//!    soon as it can. What makes room for it (an unlock, a receive) is no race ([freed]), and hides
//!    none; so the race of `e` and `b` is found. The sequence contains `x`, and nothing that keeps `b`
//!    from being performed: whatever `b` depends on otherwise depends on `e` ([rule 3]).
//! 3. *`e` keeps `b` from going on, for ever.* The execution ends with `q` waiting. What tasks wait for
//!    in the end makes races like anything else.
//! 4. *`b` waits for something that only comes after `e`* (a notification, a child's end). Then it is
//!    not the next of `w`. What an operation cannot come without is kept apart (`required`), and
//!    what comes before that does not race with it.
//!    A loop that looks waits for any one of several changes. So the look depends on all of them,
//!    also at what else the loop looks at (`watches`): which there are before it is a matter of order.
//!    What comes before each of them cannot be left out (`require_any`). With any other event a
//!    way to a reversal leaves out what comes after it; one of the changes stays, and stands before
//!    the look, which so goes on there, too.
//! 5. *`b` depends on `e`, but waits for something else that comes after `e`* (a length that was asked
//!    before the message came). It is found by counting that it could not be performed there.
//!
//! An example. `C` locks, waits and is notified by `B`; `A` locks:
//! `C.lock C.wait A.lock A.unlock B.notify C.wake`. The wake-up cannot come without the notification,
//! but the notification does not come after `A.lock`. So `A.lock` and `C.wake` race, though the
//! wake-up was not possible where `A.lock` was performed, and the way to the reversal is
//! `B.notify C.wake`. Who looks at this one order only, in which the notification stands late, loses
//! the class in which `C` comes first.
//!
//! At the choice of `A.lock`, after `C.lock C.wait`, stands then, before that execution and after it:
//!
//! | | before | after |
//! |---|---|---|
//! | chosen | `A` | `A` |
//! | ahead | nothing | `B.notify C.wake` |
//!
//! When `A` has been tried it sleeps there as `A.lock`, and `B` is chosen, with `C.wake` below it. `A`
//! still sleeps after `B.notify`, which commutes with it, and wakes up at `C.wake`, which does not. So
//! the second execution is `C.lock C.wait B.notify C.wake C.unlock A.lock A.unlock`, and nothing else is
//! tried at this choice: the race of `C.wake` and `A.lock` calls for what `A` has covered. (Whether the
//! wait ends by itself is a choice, so that in the end this program is searched with source sets, see
//! below: of the way `B.notify` alone is ahead then, and `C.wake` comes after it as who does not sleep.)
//!
//! # What the engine chooses besides
//!
//! | choice | to the search |
//! |---|---|
//! | who is woken, a wait that ends by itself | another event of the same task; each is tried, and sleeps, for itself |
//! | a park that ends by itself | the same. Whether it does is chosen in a step of its own, which depends on nothing, since it takes no permit; what waits for the permit is the next step |
//! | a weak exchange that fails by itself | the same. It is a read then, and can be chosen only where the value is the one that it asks for. It could fail wherever it succeeds: so no order is needed to find out where |
//! | that only one of these may be, of all tasks | once it has been, no other effect of that kind is left, and what sleeps with one is [forgone](forgo_spurious); the executions in which another one has it come from the choices before, and from [`conflicts`] |
//! | a time-out | an operation that never waits, like an attempt |
//! | a task that looks in vain | it waits for one of several changes; what comes before each of them is required |
//! | what goes on when nothing else can, since it looked in vain or timed out too often | it comes after everything |
//! | a step that panics | it depends on everything, since no other follows it |
//!
//! # Where it is not optimal
//!
//! Insertion is right only if it is known what the second operation comes to when it comes first:
//! a way that is inserted although it is covered takes the place of one that is not. This is
//! [foreseen](foresight), from what the first operation found. Where it is not, or where there is a
//! choice of who is woken, or where code panics, or should an execution have to be broken off
//! in spite of all that, the search begins anew with *source sets* (the paper's first algorithm):
//! of each sequence, which then ends with the race, it tries one task that can be first, and takes
//! nothing for covered but that.
//! Source sets leave out nothing either, and try no class twice, but executions are broken off in
//! which all tasks that could go on sleep: of all that the solutions and alternatives of the katas
//! take, one in a hundred.
//!
//! Time for an execution of `n` events: `n` steps, of which those that repeat the execution before
//! cost little; the new events' clocks, at most `n` each; and for each race a sequence of at most `n`
//! steps, compared with those who sleep.
//!
//! [freed]: crate::explore::dependence::Relation::Freed
//! [rule 3]: crate::explore::dependence

pub(super) mod along;
mod choosing;
mod clocks;
mod conflicts;
mod foresight;
mod names;
#[cfg(test)]
pub(crate) mod neighbours;
mod node;
mod passages;
mod race;
#[cfg(test)]
pub(crate) mod reorder;
mod reversals;
mod trace;
mod wakeup;

use crate::explore::dependence::act::Effect;
use crate::explore::dependence::may_depend;
use crate::explore::model::calls::Precedence;
use crate::explore::model::operation::TaskId;
use crate::explore::model::task_set::TaskSet;
use crate::explore::search::{SearchError, SearchStrategy};
use crate::explore::strategy::{Candidate, Point};
use along::Along;
use node::{Effects, Node, Sleeper, Turn, is_asleep, turn_at};
use trace::Trace;
use wakeup::{Branch, Tree};

/// The search; it is asked for the choices of one execution after the other.
#[derive(Default, Debug)]
pub(crate) struct Dpor {
    /// The choices of the present execution; what is left to be tried at each.
    ///
    /// Invariant: what has been explored, together with what is ahead at the choices of the path, covers
    /// every execution of the workload (the proof is above). So an empty path ends the search.
    path: Vec<Node>,
    /// How many choices of the path this execution has passed.
    ///
    /// Invariant: `path[..depth]` are the choices of this execution. The rest, if there is any, are those
    /// that it will make: it repeats the execution before, but for the last of them.
    depth: usize,
    /// Who sleeps after the latest operation. Invariant: nothing that has happened since it fell asleep
    /// depends on what it did, so that it would do the same now. While a path is repeated this is not
    /// kept up: its last choice has a copy.
    asleep: Vec<Sleeper>,
    trace: Trace,
    /// The choice that led to the operation that is about to be performed. Invariant: a turn, and no
    /// turn of the path comes after it up to `depth`.
    turn: usize,
    /// The present execution was broken off, since it would have repeated others.
    redundant: bool,
    /// Source sets are used in the place of wakeup trees.
    has_source_sets: bool,
    gave_up: bool,
    divergence: Option<String>,
}

impl SearchStrategy for Dpor {
    fn advance(&mut self) -> bool {
        self.depth = 0;
        self.redundant = false;
        self.asleep.clear();
        while let Some(node) = self.path.last_mut() {
            if let Node::Turn(turn) = node {
                if let Some(event) = turn.event.take() {
                    let mut act = self.trace.events[event].act.clone();
                    // With what destructors did in the same step, it commutes with nothing.
                    let next = self.trace.events.get(event + 1);
                    act.is_last |= next.is_some_and(|next| next.step == event);
                    let effects = turn.effects;
                    turn.tried.push((act.task, act.effect));
                    turn.asleep.push(Sleeper { act, effects });
                }
                if turn.advance() {
                    self.trace.begin(self.path.len() - 1);
                    return true;
                }
            }
            self.path.pop();
        }
        false
    }

    fn latest_counts(&self) -> bool {
        !self.redundant
    }

    fn precedence(&self) -> Option<Precedence> {
        Some(self.trace.precedence())
    }

    fn along(&self, order: &[usize]) -> Option<Along> {
        Some(self.trace.along(order))
    }

    fn error(&self) -> Option<SearchError> {
        let diverged = self.divergence.clone().map(SearchError::Diverged);
        diverged.or(self.gave_up.then_some(SearchError::GaveUp))
    }
}

impl Dpor {
    /// The search with source sets in the place of wakeup trees.
    pub(crate) fn with_source_sets() -> Self {
        Dpor {
            has_source_sets: true,
            ..Dpor::default()
        }
    }

    /// The searches to make of a workload: the next one if the one before gives up.
    pub(crate) fn one_after_the_other() -> [Self; 2] {
        [Dpor::default(), Dpor::with_source_sets()]
    }

    /// A hash of the latest execution's Mazurkiewicz trace: equal for executions that differ only in
    /// the order of independent operations.
    pub(crate) fn order(&self) -> u64 {
        self.trace.order()
    }

    /// Replays a choice of the path, and collects the sleep set behind it.
    fn again(&mut self, point: &Point<'_>) -> Option<usize> {
        let depth = self.depth;
        let Node::Turn(turn) = &self.path[depth] else {
            return self.diverge(depth);
        };
        let is_chosen = |option: &Candidate| self.trace.names.task(option.task) == turn.chosen;
        let option = point.options.iter().position(is_chosen);
        if option.is_none() || self.enabled(point) != turn.enabled {
            return self.diverge(depth);
        }
        let is_last = self.path[depth + 1..].iter().all(Node::is_effects);
        if is_last {
            self.asleep.clone_from(&turn.asleep);
        }
        option
    }

    /// Who can go on, by name.
    fn enabled(&self, point: &Point<'_>) -> TaskSet {
        let mut enabled = TaskSet::default();
        for option in point.options {
            enabled.insert(self.trace.names.task(option.task));
        }
        enabled
    }

    fn diverge<T>(&mut self, depth: usize) -> Option<T> {
        self.divergence
            .get_or_insert_with(|| format!("choice {depth} had other options the next time"));
        None
    }

    /// Makes a choice for the first time: what is to be tried, or the first task that does not
    /// sleep.
    fn first_time(&mut self, point: &Point<'_>) -> Option<usize> {
        let mut ahead = self.handed_down();
        let enabled = self.enabled(point);
        let is_possible = |branch: &Branch| enabled.contains(branch.act.task);
        self.gave_up |= !ahead.branches().iter().all(is_possible);
        let options = || {
            point
                .options
                .iter()
                .map(|option| self.trace.names.task(option.task))
        };
        let is_awake = |task: TaskId| !is_asleep(task, &self.asleep);
        let wanted = ahead.take_first(|branch| is_possible(branch) && is_awake(branch.act.task));
        let (chosen, effect, below) = match wanted {
            Some(branch) => (Some(branch.act.task), branch.act.effect, branch.then),
            None => (
                options().find(|&task| is_awake(task)),
                None,
                Tree::default(),
            ),
        };
        let Some(chosen) = chosen else {
            // With wakeup trees that does not happen, if all was foreseen.
            self.gave_up |= !self.has_source_sets;
            self.redundant = true;
            return None;
        };
        let option = options().position(|task| task == chosen);
        self.path.push(Node::Turn(Turn {
            enabled,
            chosen,
            wanted: effect,
            tried: Vec::new(),
            asleep: self.asleep.clone(),
            ahead,
            below,
            event: None,
            effects: 1,
        }));
        option
    }

    /// What the choice above wants to have tried here.
    fn handed_down(&mut self) -> Tree {
        let effect = match self.path.last() {
            Some(Node::Effects(effects)) => Some(effects.chosen),
            // There was no choice: it has come to what it could.
            Some(Node::Turn(_)) => self.trace.latest_effect(),
            None => None,
        };
        let mut turns = self.path.iter_mut().rev().filter_map(|node| match node {
            Node::Turn(turn) => Some(turn),
            Node::Effects(_) => None,
        });
        match turns.next() {
            Some(turn) if turn.wanted.is_none() || turn.wanted == effect => {
                std::mem::take(&mut turn.below)
            }
            _ => Tree::default(),
        }
    }

    /// What the operation that is being performed comes to, of several possibilities, by its number.
    fn choose_among(&mut self, all: &[Effect]) -> usize {
        let depth = self.depth;
        self.depth += 1;
        if let Some(node) = self.path.get(depth) {
            let known = match node {
                Node::Effects(effects) => effects.position(all),
                Node::Turn(_) => None,
            };
            return known.or_else(|| self.diverge(depth)).unwrap_or(0);
        }
        let Some(turn) = turn_at(&mut self.path, self.turn) else {
            return 0;
        };
        turn.effects = all.len();
        // The choice of another task can depend on this one: that is not foreseen.
        self.gave_up |= !self.has_source_sets;
        let Some(effects) = Effects::new(all, turn) else {
            // Each of them would only repeat what was tried further up.
            self.redundant = true;
            return 0;
        };
        let chosen = effects.position(all).unwrap_or(0);
        self.path.push(Node::Effects(effects));
        chosen
    }

    /// The latest operation is over: what it came to is known.
    fn settle(&mut self) {
        if !self.trace.settle() {
            return;
        }
        let Some(latest) = self.trace.events.last() else {
            return;
        };
        let act = &latest.act;
        let sleeps_on =
            |asleep: &Sleeper| asleep.act.task != act.task && !may_depend(&asleep.act, act);
        self.asleep.retain(sleeps_on);
        if act.effect == Some(Effect::Spurious(true)) {
            forgo_spurious(&mut self.asleep);
        }
    }
}

/// An operation has ended, or failed, without a reason: no other one can.
fn forgo_spurious(asleep: &mut Vec<Sleeper>) {
    asleep.retain(|sleeper| sleeper.act.effect != Some(Effect::Spurious(true)));
    for sleeper in asleep {
        if sleeper.act.effect == Some(Effect::Spurious(false)) {
            sleeper.effects = 1;
        }
    }
}
