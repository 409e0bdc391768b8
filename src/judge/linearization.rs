//! The search for an order of the calls that explains the answers.
//!
//! After Lowe, *Testing for Linearizability* (2017), with the events read one by one: what is kept
//! is the set of *configurations*, all that may be the case by now. A configuration is the state of
//! the object, and the calls that have had their moment but have not returned. A call has its
//! moment as late as possible: when it, or one that comes after it, returns.
//!
//! 1. *A configuration that is kept is possible.* By induction: each is made from one before by calls
//!    that have begun and not returned, each with an outcome of the specification.
//! 2. *None that matters is left out.* Take an order that explains all answers so far and the next
//!    return. Of the moments that lie between the two events, those that come after the returning
//!    call's can be put off until the next return: no event is between. The others are tried.
//! 3. So there is no configuration left exactly if no order explains the events so far: the shortest
//!    beginning of the history that nothing explains ends with this return.
//! 4. *Who waits for ever* has not had its moment, and has a reason to wait. Since nothing moves any
//!    more, that must be so for all who wait, in one and the same configuration.
//!
//! The time for a return with `n` open calls is that for all orders of them at worst: `n!` times the
//! number of configurations; those that are the same in the end are one. A history in which nothing
//! overlaps takes one call of the specification for each call.

use super::history::{CallId, Event, History};
use super::specification::{Outcome, Specification};
use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

/// Why no order of the calls explains a history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Blame<A> {
    /// A call answered what no order explains.
    Answer {
        /// The place of the return among the events: the shortest beginning that nothing explains
        /// ends with it.
        event: usize,
        /// What it could have answered. Nothing if it should have waited.
        instead: Vec<A>,
    },
    /// A call waits for ever without a reason.
    Waits {
        /// Which one.
        call: CallId,
        /// What it should have answered; nothing if it has had its effect already, and only does not
        /// return.
        instead: Vec<A>,
    },
}

/// Judges a history: is there an order of its calls that explains it?
///
/// # Errors
/// What is to blame, if there is none.
pub fn judge<S: Specification>(
    specification: &S,
    history: &History<S::Call, S::Answer>,
) -> Result<(), Blame<S::Answer>> {
    let mut judge = Judge::new(specification);
    for (place, event) in history.events().iter().enumerate() {
        match event {
            Event::Begin { call, .. } => judge.begins(CallId(judge.calls), call),
            Event::Return { id, answer } => {
                if let Err(instead) = judge.returns(*id, answer) {
                    return Err(Blame::Answer {
                        event: place,
                        instead,
                    });
                }
            }
        }
    }
    if history.is_quiescent() {
        judge.rests()?;
    }
    Ok(())
}

/// Something that may be the case.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Configuration<A, S> {
    state: S,
    /// The open calls that have had their moment, and what they will answer, in the order of the calls.
    effective: Vec<(CallId, A)>,
}

impl<A, S> Configuration<A, S> {
    fn answer_of(&self, id: CallId) -> Option<&A> {
        let mut effective = self.effective.iter();
        effective
            .find(|(other, _)| *other == id)
            .map(|(_, answer)| answer)
    }

    /// The call has returned.
    fn without(mut self, id: CallId) -> Self {
        self.effective.retain(|(other, _)| *other != id);
        self
    }
}

impl<A: Clone, S> Configuration<A, S> {
    /// The call has its moment.
    fn after(&self, id: CallId, outcome: Outcome<A, S>) -> Self {
        let mut effective = self.effective.clone();
        let place = effective.partition_point(|(other, _)| *other < id);
        effective.insert(place, (id, outcome.answer));
        Configuration {
            state: outcome.state,
            effective,
        }
    }
}

/// The configurations of a specification, each once.
pub(super) type Possible<S> =
    Vec<Configuration<<S as Specification>::Answer, <S as Specification>::State>>;

/// Leaves the first of those that are equal.
fn distinct<T: Clone + Eq + Hash>(mut all: Vec<T>) -> Vec<T> {
    let mut seen = HashSet::new();
    all.retain(|one| seen.insert(one.clone()));
    all
}

/// What may be the case after the events so far.
pub(super) struct Judge<'s, S: Specification> {
    specification: &'s S,
    possible: Possible<S>,
    /// The calls that have begun and not returned.
    open: Vec<(CallId, &'s S::Call)>,
    /// How many have begun.
    calls: usize,
}

impl<S: Specification> Clone for Judge<'_, S> {
    fn clone(&self) -> Self {
        Judge {
            possible: self.possible.clone(),
            open: self.open.clone(),
            ..*self
        }
    }
}

impl<'s, S: Specification> Judge<'s, S> {
    pub(super) fn new(specification: &'s S) -> Self {
        let first = Configuration {
            state: specification.initial(),
            effective: Vec::new(),
        };
        Judge {
            specification,
            possible: vec![first],
            open: Vec::new(),
            calls: 0,
        }
    }

    pub(super) fn begins(&mut self, id: CallId, call: &'s S::Call) {
        self.open.push((id, call));
        self.calls += 1;
    }

    /// What may be the case.
    pub(super) fn possible(&self) -> &Possible<S> {
        &self.possible
    }

    /// A call returns. Otherwise what it could have answered.
    pub(super) fn returns(&mut self, id: CallId, answer: &S::Answer) -> Result<(), Vec<S::Answer>> {
        let mut instead = Vec::new();
        let mut next = Vec::new();
        for configuration in self.until_effective(id) {
            match configuration.answer_of(id) {
                Some(possible) if possible == answer => next.push(configuration.without(id)),
                Some(possible) if !instead.contains(possible) => instead.push(possible.clone()),
                _ => {}
            }
        }
        if next.is_empty() {
            return Err(instead);
        }
        self.possible = distinct(next);
        self.open.retain(|(other, _)| *other != id);
        Ok(())
    }

    /// All that may be the case as soon as this call has had its moment, with the fewest others first.
    fn until_effective(&self, id: CallId) -> Possible<S> {
        let mut found = Vec::new();
        let mut seen: HashSet<_> = self.possible.iter().cloned().collect();
        let mut left: VecDeque<_> = self.possible.iter().cloned().collect();
        while let Some(configuration) = left.pop_front() {
            if configuration.answer_of(id).is_some() {
                found.push(configuration);
                continue;
            }
            for &(other, call) in &self.open {
                if configuration.answer_of(other).is_some() {
                    continue;
                }
                for outcome in self.specification.outcomes(&configuration.state, call) {
                    let next = configuration.after(other, outcome);
                    if seen.insert(next.clone()) {
                        left.push_back(next);
                    }
                }
            }
        }
        found
    }

    /// Nothing moves any more.
    pub(super) fn rests(&self) -> Result<(), Blame<S::Answer>> {
        let mut blame = None;
        for configuration in &self.possible {
            if !configuration.effective.is_empty() {
                continue;
            }
            let state = &configuration.state;
            let must_answer =
                |(_, call): &&(CallId, &S::Call)| !self.specification.may_wait(state, call);
            let Some(&(call, waits)) = self.open.iter().find(must_answer) else {
                return Ok(());
            };
            let outcomes = self.specification.outcomes(state, waits);
            let instead = outcomes.into_iter().map(|outcome| outcome.answer).collect();
            blame.get_or_insert(Blame::Waits { call, instead });
        }
        // Whatever may be the case, somebody who waits has had an effect.
        let already = || {
            let first = self.possible.first()?;
            let &(call, _) = first.effective.first()?;
            let instead = Vec::new();
            Some(Blame::Waits { call, instead })
        };
        blame.or_else(already).map_or(Ok(()), Err)
    }
}
