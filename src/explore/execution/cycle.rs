//! Whether an execution that has become very long goes round in a circle.
//!
//! That it is long is no fault: straight code can be. It is blamed only if it was seen to go round:
//! in the second half of its operations, in which nobody chooses any more, the same operations come
//! again and again, of the same threads, at the same places, with the same values, and among them is
//! one that waits or looks. Whoever does that so often waits for what does not come.
//!
//! Whether it goes round is looked into at the bound on its operations, and from then on whenever it is
//! twice as long: so code may be as long as it wants, up to [`LONGEST`] times the bound.
//!
//! What cannot be told apart from going round: code that looks at the same thing a thousand times because it
//! was told to. Of code in which something changes in every round, a counter say, it is not known whether
//! it ends; nor of code that changes a value under a lock which is of a type that is not shown, unless it
//! gives way in every round and this is no [long run](Limits::is_long_run).

use super::{Execution, Phase};
use crate::explore::model::budget::Limits;
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::verdict::{FailureKind, Turning};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::Location;

/// A circle of so many operations at most is found in so many times as many.
const ROUNDS: usize = 4;

/// How many operations before the bound are noted, at the most.
const WINDOW: usize = 20_000;

/// How many times as long as the bound on its operations an execution may become.
const LONGEST: usize = 100;

/// An operation, as far as it must be the same in every round.
#[derive(Debug)]
struct Move {
    place: Turning,
    waits: bool,
    /// It passes something on, or begins or ends something: no round is like the one before.
    works: bool,
    /// It gives way, so that another can do something that it waits for.
    gives_way: bool,
    /// It leaves something changed under a lock that is of a type which is not shown.
    hides: bool,
    what: u64,
}

/// The latest operations of an execution that has become long.
#[derive(Default, Debug)]
pub(super) struct Tail(Vec<Move>);

impl Tail {
    /// Adds to what the latest operation was like.
    fn add(&mut self, value: impl Hash) {
        if let Some(latest) = self.0.last_mut() {
            latest.what = digest((latest.what, value));
            latest.hides = false;
        }
    }

    /// The places that its second half comes by again and again, if it does nothing else.
    fn cycle(&self, is_long_run: bool) -> Option<Vec<Turning>> {
        let end = &self.0[self.0.len() / 2..];
        let length = period(end);
        if length == 0 || length > end.len() / ROUNDS {
            return None;
        }
        let round = &end[..length];
        if round.iter().any(|step| step.works) || !round.iter().any(|step| step.waits) {
            return None;
        }
        // What it changes may be what brings it to an end, unless it says itself that it waits: and who
        // polls may have to do that very often.
        let waits_for_others = round.iter().any(|step| step.gives_way) && !is_long_run;
        if round.iter().any(|step| step.hides) && !waits_for_others {
            return None;
        }
        let mut places: Vec<Turning> = round.iter().map(|step| step.place).collect();
        places.sort_unstable();
        places.dedup();
        Some(places)
    }
}

/// After how many moves they come again, at the least; of all that are there if they do not.
///
/// By the failure function of Knuth, Morris and Pratt, *Fast Pattern Matching in Strings* (1977): the
/// longest end that is a beginning as well leaves the shortest period. So it costs one pass, however
/// often something almost comes again.
fn period(moves: &[Move]) -> usize {
    let is_same = |a: usize, b: usize| {
        let what = |at: usize| (&moves[at].place, moves[at].what);
        what(a) == what(b)
    };
    // Of each beginning, how much of its end is a beginning.
    let mut overlaps = vec![0];
    for at in 1..moves.len() {
        let mut overlap = overlaps[at - 1];
        while overlap > 0 && !is_same(at, overlap) {
            overlap = overlaps[overlap - 1];
        }
        overlaps.push(overlap + usize::from(is_same(at, overlap)));
    }
    moves.len() - overlaps[moves.len().saturating_sub(1)]
}

fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Execution {
    /// True as long as the strategy chooses.
    pub(super) fn has_choices_left(&self) -> bool {
        self.steps <= self.limits.steps / 2
    }

    /// True if it is to be found out, soon, whether the execution goes round in a circle.
    pub(crate) fn is_long(&self) -> bool {
        !self.has_choices_left() && self.steps + WINDOW > self.bound
    }

    /// Notes an operation of an execution that has become long.
    pub(super) fn note_move(
        &mut self,
        task: TaskId,
        operation: &Operation,
        location: &'static Location<'static>,
        response: Response,
        is_clean: bool,
    ) {
        use Operation::*;
        if !self.is_long() {
            return;
        }
        let is_done = response == Response::Done;
        let waits = !matches!(
            operation,
            Store(_)
                | Fence
                | Unlock(_)
                | UnlockRead(_)
                | UnlockWrite(_)
                | NotifyOne(_)
                | NotifyAll(_)
                | Unpark(_)
                | WakeTask { .. }
                | AbortTask { .. }
                | EndPoll(_)
                | Complete(_)
        );
        let works = match *operation {
            Send { .. } | Receive { .. } | TrySend(_) | TryReceive(_) => is_done,
            Spawn(_) | Join(_) | Finish | DropSender(_) | DropReceiver(_) => true,
            _ => false,
        };
        self.tail.0.push(Move {
            place: Turning { task, location },
            waits,
            works,
            gives_way: *operation == Yield || response == Response::TimedOut,
            hides: matches!(operation, Unlock(_) | UnlockWrite(_)) && !is_clean,
            // Not the time until which it waits, which is another in each round.
            what: digest((operation.verb(), operation.object(), response)),
        });
    }

    /// Notes a value of the latest operation.
    pub(super) fn note_in_tail(&mut self, value: impl Hash) {
        if self.is_long() {
            self.tail.add(value);
        }
    }

    /// Ends an execution that has reached the bound on its operations, if it goes round in a circle or
    /// is too long; else it may go on, until it is twice as long.
    pub(super) fn look_at_the_bound(&mut self) {
        debug_assert_eq!(self.phase, Phase::Running);
        let Limits { steps, set_by, .. } = self.limits;
        let most = steps.saturating_mul(LONGEST);
        let cycle = self.tail.cycle(self.limits.is_long_run);
        if cycle.is_none() && self.bound < most {
            self.bound = self.bound.saturating_mul(2).min(most);
            self.tail.0.clear();
            return;
        }
        let tasks = (0..self.tasks.len()).map(TaskId::at);
        self.unfinished = tasks
            .filter(|&task| !self.task(task).is_finished())
            .collect();
        let steps = self.bound;
        self.fail(match cycle {
            Some(cycle) => FailureKind::Livelock { steps, cycle },
            None => FailureKind::TooLong { steps, set_by },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moves(what: &[u8]) -> Vec<Move> {
        let location = Location::caller();
        let place = Turning {
            task: TaskId::SETUP,
            location,
        };
        let moves = what.iter().map(|&what| Move {
            place,
            waits: true,
            works: false,
            gives_way: false,
            hides: false,
            what: what.into(),
        });
        moves.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn the_period_is_the_shortest_after_which_all_comes_again(
            what in prop::collection::vec(0..2_u8, 1..12),
        ) {
            let comes_again = |length: &usize| {
                (*length..what.len()).all(|at| what[at] == what[at - length])
            };
            let shortest = (1..=what.len()).find(comes_again).unwrap();
            prop_assert_eq!(period(&moves(&what)), shortest);
        }
    }
}
