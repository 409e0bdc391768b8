//! Which operations of an execution raced, and how each race is reversed.

use super::super::dependence::{Act, Relation, relation};
use super::super::wakeup::Step;
use super::{Clock, Event, Trace, join};
use crate::explore::execution::Task;
use crate::explore::operation::TaskId;
use std::borrow::Cow;
use std::ops::Range;

/// Two operations whose order can be reversed.
#[derive(Debug)]
pub(crate) struct Race {
    /// The choice that led to the first one.
    pub(crate) node: usize,
    /// The first one's event.
    first: usize,
    second: Act,
    /// What happened before the second one, as far as its task knew.
    known: Clock,
}

impl Trace {
    /// The races of the latest event.
    pub(crate) fn latest_races(&self) -> Vec<Race> {
        let Some((latest, before)) = self.events[..self.performed].split_last() else {
            return Vec::new();
        };
        self.races(before, &latest.act, &self.known)
    }

    /// The races that a task would make of the operation that it waits for, now that the execution
    /// has ended.
    pub(crate) fn pending_races(&self, id: TaskId, task: &Task) -> Vec<Race> {
        let Some(operation) = task.operation() else {
            return Vec::new();
        };
        let act = Act::to_come((id, operation));
        let known = &self.clocks[id.index()];
        self.races(&self.events[..self.performed], &act, known)
    }

    /// The races of an operation with the events before it, of which its task knows some.
    fn races(&self, before: &[Event], act: &Act, known: &Clock) -> Vec<Race> {
        let mut races = Vec::new();
        let mut passed = known.clone();
        let mut waited_for_it = true;
        for (index, event) in before.iter().enumerate().rev() {
            if event.act.task == act.task {
                // Before that, the task waited for something else.
                waited_for_it = false;
            }
            if event.act.task == act.task || event.is_before(&passed) {
                continue;
            }
            let waited = waited_for_it && index >= self.births[act.task.index()].1;
            let could_go_on = !waited || event.enabled.contains(act.task);
            match relation(&event.act, act) {
                Relation::Racing if could_go_on => {
                    races.extend(event.node.map(|node| Race {
                        node,
                        first: index,
                        second: act.clone(),
                        known: known.clone(),
                    }));
                    join(&mut passed, &event.clock);
                }
                Relation::Enabled => join(&mut passed, &event.clock),
                Relation::Racing | Relation::Freed | Relation::Independent => {}
            }
        }
        races
    }

    /// The steps that lead from the choice of the race's first operation to its second one without
    /// the first: all that the execution did that does not come after the first, and the second.
    /// `effects` tells what those choices were that an operation had.
    pub(crate) fn reversal<'a>(
        &'a self,
        race: &'a Race,
        effects: impl Fn(Range<usize>) -> Vec<usize>,
    ) -> Vec<Step<'a>> {
        let Race { first, second, .. } = race;
        let (first, after) = (&self.events[*first], *first + 1..self.performed);
        // What came before the second one by the first has no part in it here.
        let mut clock = race.known.clone();
        let mut steps = Vec::new();
        for event in &self.events[after] {
            let Some(node) = event.node.filter(|_| !first.is_before(&event.clock)) else {
                continue;
            };
            if relation(&event.act, second) != Relation::Independent {
                join(&mut clock, &event.clock);
            }
            steps.push(Step {
                act: &event.act,
                effects: Some(effects(node + 1..event.depth)),
                place: event.place,
                clock: Cow::Borrowed(&event.clock),
            });
        }
        steps.push(Step {
            act: second,
            effects: None,
            // No other step comes after it.
            place: u32::MAX,
            clock: Cow::Owned(clock),
        });
        steps
    }
}
