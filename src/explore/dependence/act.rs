//! What an operation did, as far as its order with others can matter.

use super::touches::{Kind, Site, touches};
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::task_set::TaskSet;
use crate::explore::model::update::Keeps;

/// An operation of an execution, with what its relations to others depend on. Tasks and objects
/// stand in it with the same numbers as in the others.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) task: TaskId,
    /// Its place among its task's operations, from 1.
    pub(crate) place: u32,
    pub(crate) operation: Operation,
    /// `None` for one that is not performed, since the execution has ended.
    pub(crate) response: Option<Response>,
    pub(crate) touches: [Option<(Site, Kind)>; 2],
    /// What else its task had looked at, if it waited for a change of any of that.
    pub(crate) watches: Vec<Site>,
    /// Whom it lets go on: who is notified, or gets a token.
    pub(crate) lets_go: TaskSet,
    /// What it found in its atomic.
    pub(crate) found: u64,
    /// Which values it keeps, if it updates its atomic.
    pub(crate) keeps: Option<Keeps>,
    /// What was chosen, where what it comes to is a choice.
    pub(crate) effect: Option<Effect>,
    /// It could have come to something else.
    pub(crate) had_choice: bool,
    pub(crate) waits: Waits,
    /// Its task panicked right after it, which ended the execution.
    pub(crate) is_last: bool,
    /// What it comes to need not be this in another order.
    pub(crate) is_open: bool,
}

/// Whether an operation waits where it cannot go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Waits {
    /// It comes to something else.
    Never,
    Sometimes,
    /// It does so now, at the end of the execution.
    Blocked,
}

/// What an operation came to, of several possibilities.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Effect {
    /// A notification woke this one of several waiters.
    Woke(TaskId),
    /// Whether it ended at once, or failed, without a reason: a wait, a park, a weak exchange.
    Spurious(bool),
    /// At which of its operations a selection looked first.
    First(u8),
}

impl Act {
    /// An operation that was performed, or is about to be if there is no response. `named` is the
    /// operation with names, `plain` the one with the numbers that `objects` knows.
    pub(crate) fn new(
        task: TaskId,
        named: Operation,
        plain: Operation,
        response: Option<Response>,
        objects: &Objects,
    ) -> Self {
        Act {
            task,
            place: 0,
            operation: named,
            response,
            touches: touches(task, named, &plain, response, objects),
            watches: Vec::new(),
            lets_go: TaskSet::default(),
            found: 0,
            keeps: None,
            effect: None,
            had_choice: false,
            waits: if never_waits(&named) {
                Waits::Never
            } else {
                Waits::Sometimes
            },
            is_last: false,
            is_open: response.is_none(),
        }
    }

    /// What the operation was, and came to, but for its place: to be compared with another's.
    #[cfg(test)]
    pub(crate) fn came_to(&self) -> String {
        let Act {
            operation,
            touches,
            lets_go,
            response,
            effect,
            ..
        } = self;
        format!("{operation:?} {touches:?} {response:?} {effect:?} {lets_go:?}")
    }

    /// It lets this task go on: it has notified it, or given it a token.
    pub(crate) fn lets_go(&mut self, task: TaskId) {
        self.lets_go.insert(task);
        if let Some((_, kind @ Kind::UnparkAgain)) = &mut self.touches[0] {
            *kind = Kind::Unpark;
        }
    }

    /// Makes it the one for which this was chosen.
    pub(crate) fn chosen(&mut self, effect: Effect) {
        self.effect = Some(effect);
        match (effect, self.operation) {
            // Whether it writes depends on what it finds.
            (Effect::Spurious(_), Operation::Update(..)) => self.finds(self.found, self.keeps),
            // It waits for nobody.
            (Effect::Spurious(true), _) => self.touches[1] = None,
            (Effect::Spurious(false), Operation::Wait { condvar, mutex }) => {
                self.touches[1] = Some((Site::Object(condvar), Kind::Register(mutex)));
            }
            (Effect::Spurious(false) | Effect::First(_), _) => {}
            (Effect::Woke(waiter), _) => {
                self.lets_go = TaskSet::default();
                self.lets_go.insert(waiter);
            }
        }
    }

    /// It finds this value in its atomic: an update may then come to a look. One that fails does so for
    /// a reason, unless that is the value that it asks for.
    pub(crate) fn finds(&mut self, value: u64, keeps: Option<Keeps>) {
        (self.found, self.keeps) = (value, keeps);
        let Some(keeps) = keeps else {
            return;
        };
        if self.effect == Some(Effect::Spurious(true)) && !keeps.asks_for(value) {
            self.effect = Some(Effect::Spurious(false));
        }
        let fails = self.effect == Some(Effect::Spurious(true));
        if let Some((_, kind)) = &mut self.touches[0] {
            *kind = if fails || keeps.keeps(value) {
                Kind::Load
            } else {
                Kind::Store
            };
        }
    }
}

fn never_waits(operation: &Operation) -> bool {
    use Operation::*;
    match operation {
        Lock(_) | BeginPoll(_) | Read(_) | BeginWrite(_) | Write(_) | Wake { .. } | Join(_) => {
            false
        }
        Send { deadline, .. }
        | Receive { deadline, .. }
        | Park { deadline }
        | Pend { deadline, .. } => deadline.is_some(),
        _ => true,
    }
}
