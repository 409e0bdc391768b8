//! Tasks of async code: each thread polls one, which awaits one result.

use super::state::{Stage, State};
use super::steps::Step;
use crate::explore::tests::oracle::program::{Left, Seen};

/// What is known of the task that a thread polls.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Polled {
    /// It has been woken since it awaited last.
    is_woken: bool,
    /// The number of the waker that it has.
    waker: usize,
    /// The number of the one that others find.
    left: usize,
    has_woken_itself: bool,
    result: Result,
}

/// The result that a task awaits.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
struct Result {
    is_there: bool,
    /// The number of the waker that the task has left.
    waker: Option<usize>,
}

impl State {
    /// A task that wakes itself is polled again without an await.
    pub(super) fn wakes_itself(&mut self, id: usize) {
        self.tasks[id].polled.has_woken_itself = true;
    }

    /// Uses a waker: it wakes nobody if it has been replaced.
    fn use_waker(&mut self, id: usize, target: usize, waker: usize) -> Seen {
        let polled = &mut self.tasks[target].polled;
        let is_present = waker == polled.waker;
        if target == id {
            polled.has_woken_itself |= is_present;
        } else {
            polled.is_woken |= is_present;
        }
        whether(is_present)
    }
}

impl Step<'_> {
    /// An await ends with a wake-up, by its time, or for no reason, and then takes no wake-up. It ends
    /// so at once: later it could do no more.
    pub(super) fn pend(&mut self, is_timed: bool) {
        let Polled {
            is_woken,
            waker,
            has_woken_itself,
            ..
        } = self.before.tasks[self.id].polled;
        let may_end = self.stage() == Stage::Pending && is_woken;
        match self.stage() {
            Stage::Replacing => {
                let id = self.id;
                self.reaches(Stage::Replaced, |state| state.tasks[id].polled.waker += 1);
            }
            Stage::Replaced => self.done(|state, id| {
                state.tasks[id].polled.left = waker;
                Seen::Replaced
            }),
            _ if may_end || has_woken_itself => self.done(|state, id| {
                let polled = &mut state.tasks[id].polled;
                polled.has_woken_itself = false;
                polled.is_woken = false;
                Seen::Yes
            }),
            Stage::Pending if is_timed => self.sees(Seen::TimedOut),
            Stage::Pending => {}
            _ => self.begin_to_pend(),
        }
    }

    fn begin_to_pend(&mut self) {
        self.reaches(Stage::Pending, |_| ());
        if !self.before.was_spurious {
            self.done(|state, _| {
                state.was_spurious = true;
                Seen::No
            });
            self.reaches(Stage::Replacing, |state| state.was_spurious = true);
        }
    }

    pub(super) fn wake(&mut self, left: Left, target: usize) {
        let waker = match (left, self.stage()) {
            (Left::First, _) => 0,
            (Left::Latest, Stage::Found(waker)) => waker,
            (Left::Latest, _) => {
                let found = self.before.tasks[target].polled.left;
                return self.reaches(Stage::Found(found), |_| ());
            }
        };
        self.done(|state, id| state.use_waker(id, target, waker));
    }

    /// The first who comes to a result wakes the task that awaits it, in a step of its own.
    pub(super) fn complete(&mut self, target: usize) {
        if let Stage::Completed(waker) = self.stage() {
            return self.done(|state, id| {
                state.use_waker(id, target, waker);
                Seen::Yes
            });
        }
        let comes = |state: &mut State| {
            let result = &mut state.tasks[target].polled.result;
            let is_first = !std::mem::replace(&mut result.is_there, true);
            result.waker = None;
            whether(is_first)
        };
        match self.before.tasks[target].polled.result.waker {
            Some(waker) => self.reaches(Stage::Completed(waker), |state| {
                comes(state);
            }),
            None => self.done(|state, _| comes(state)),
        }
    }

    pub(super) fn ask(&mut self, target: usize) {
        self.sees(whether(self.before.tasks[target].polled.result.is_there));
    }

    pub(super) fn poll_result(&mut self) {
        self.done(|state, id| {
            let Polled { waker, result, .. } = &mut state.tasks[id].polled;
            if !result.is_there {
                result.waker = Some(*waker);
            }
            whether(result.is_there)
        });
    }
}

fn whether(holds: bool) -> Seen {
    if holds { Seen::Yes } else { Seen::No }
}
