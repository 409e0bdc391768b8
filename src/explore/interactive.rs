//! Executions whose choices somebody makes one by one.

use crate::explore::model::check::{Check, Workload};
use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::model::options::Options;
use crate::explore::model::record::Record;
use crate::explore::model::task::Pending;
use crate::explore::model::token::Schedule;
use crate::explore::model::verdict::{Failure, FailureKind, Minimality};
use crate::explore::runtime::run::run_execution;
use crate::explore::runtime::settings::Settings;
use crate::explore::strategy::{Point, Strategy, costs};
use std::panic::Location;

/// What can happen next, or what a task waits for.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    /// Whose it is.
    pub task: TaskId,
    /// What it is about to do.
    pub operation: Operation,
    /// Where in the code.
    pub location: &'static Location<'static>,
    /// It goes on only because its time is over.
    pub times_out: bool,
}

/// What is to be decided.
#[derive(Clone, Debug)]
pub enum Question {
    /// Whose turn it is.
    Turn {
        /// Who can go on, in the order of the choices.
        ready: Vec<Next>,
        /// Who waits.
        waiting: Vec<Next>,
    },
    /// Which of so many waiters a notification wakes.
    Waiter(usize),
    /// Whether this ends, or fails, without a reason: no, or yes.
    Spurious(Operation),
}

/// Where an execution stands.
#[derive(Clone, Debug)]
pub struct Position {
    /// What has happened, as a failure if it has failed.
    pub so_far: Failure,
    /// What is to be decided now; `None` if the execution has ended.
    pub question: Option<Question>,
    /// True if it has ended with a failure.
    pub has_failed: bool,
    /// How many disturbances have led here: preemptions, early timers, and what ended or failed without a
    /// reason.
    pub disturbances: usize,
}

/// Runs an execution of the check as far as these choices lead.
///
/// # Errors
/// Says why the text is not a workload of this check.
pub fn position(
    check: &Check,
    workload: &str,
    choices: &[u16],
    options: &Options,
) -> Result<Position, String> {
    Ok(Player::new(check, workload, options)?.position(choices))
}

/// Runs executions of one workload, whose choices somebody makes.
pub struct Player {
    workload: Workload,
    settings: Settings,
}

impl Player {
    /// Somebody who plays on this workload of the check.
    ///
    /// # Errors
    /// Says why the text is not a workload of this check.
    pub fn new(check: &Check, workload: &str, options: &Options) -> Result<Player, String> {
        let workload = check.workload(workload)?;
        let settings = Settings::new(options).recorded();
        Ok(Player { workload, settings })
    }

    /// Runs an execution as far as these choices lead.
    pub fn position(&self, choices: &[u16]) -> Position {
        let strategy = Interactive {
            choices: choices.to_vec(),
            point: 0,
            performs: None,
            question: None,
            disturbances: 0,
        };
        let (outcome, strategy) = run_execution(&self.workload, strategy, &self.settings);
        let has_failed = outcome.failure.is_some();
        let record: Record = outcome.record.unwrap_or_default();
        let nothing = FailureKind::BackEnd {
            message: String::new(),
        };
        Position {
            so_far: Failure {
                kind: outcome.failure.unwrap_or(nothing),
                workload: self.workload.label.clone(),
                in_words: self.workload.in_words.clone(),
                schedule: has_failed.then(|| Schedule::new(outcome.choices)),
                record,
                executions: 1,
                size: Minimality::Unknown {
                    why: "it was found by hand".to_owned(),
                },
                contrast: None,
            },
            question: strategy.question.filter(|_| !has_failed),
            has_failed,
            disturbances: strategy.disturbances,
        }
    }
}

/// Makes the choices that it has been given, and stops when it has none left.
struct Interactive {
    choices: Vec<u16>,
    point: usize,
    /// What the task does that has the turn.
    performs: Option<Operation>,
    question: Option<Question>,
    disturbances: usize,
}

impl Interactive {
    /// The choice at this point, if it has been made.
    fn next(&mut self, costs: &[u8]) -> Option<usize> {
        let choice = usize::from(*self.choices.get(self.point)?) % costs.len();
        self.point += 1;
        self.disturbances += usize::from(costs[choice]);
        Some(choice)
    }
}

impl Strategy for Interactive {
    fn choose(&mut self, costs: &[u8]) -> usize {
        self.next(costs).unwrap_or_else(|| {
            // The execution goes on to the next turn, and is forgotten from here on.
            self.question.get_or_insert(match (costs, self.performs) {
                ([0, 1], Some(operation)) => Question::Spurious(operation.as_called()),
                (waiters, _) => Question::Waiter(waiters.len()),
            });
            0
        })
    }

    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        if self.question.is_some() {
            return None;
        }
        let choice = match point.options {
            [_] => Some(0),
            _ => self.next(&costs(point.options)),
        };
        if let Some(choice) = choice {
            self.performs = point.tasks[point.options[choice].task.index()].operation();
            return Some(choice);
        }
        let next = |task: TaskId| match point.tasks[task.index()].pending {
            Pending::Operation(operation, location) => Some(Next {
                task,
                operation,
                location,
                times_out: operation.deadline().is_some() && !point.ready.contains(task),
            }),
            _ => None,
        };
        let ready: Vec<Next> = point
            .options
            .iter()
            .filter_map(|option| next(option.task))
            .collect();
        let is_ready = |task: TaskId| ready.iter().any(|next| next.task == task);
        let others = (0..point.tasks.len()).map(TaskId::at);
        let waiting = others.filter(|task| !is_ready(*task)).filter_map(next);
        self.question = Some(Question::Turn {
            waiting: waiting.collect(),
            ready,
        });
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::Scenario;
    use crate::sync::engine::atomic::{AtomicU8, Ordering::SeqCst};
    use proptest::strategy::Just;
    use std::sync::Arc;

    fn two_that_load_and_store() -> Scenario {
        let count = Arc::new(AtomicU8::new(0));
        let add = |count: Arc<AtomicU8>| move || count.store(count.load(SeqCst) + 1, SeqCst);
        Scenario::new()
            .thread("a", add(Arc::clone(&count)))
            .thread("b", add(Arc::clone(&count)))
            .finally(move || assert!(count.load(SeqCst) == 2))
    }

    #[test]
    fn who_chooses_every_turn_can_break_what_can_be_broken() {
        let check = Check::new("check", "holds", Just(0), [0u8], [], |_| {
            two_that_load_and_store()
        });
        let position =
            |choices: &[u16]| position(&check, "0", choices, &Options::default()).unwrap();
        let ready = |choices: &[u16]| match position(choices).question {
            Some(Question::Turn { ready, .. }) => ready.len(),
            _ => 0,
        };
        assert_eq!((ready(&[]), ready(&[0])), (2, 2));
        // a and b in turns lose an update; one after the other they do not.
        let broken = position(&[0, 1, 0]);
        assert!(broken.has_failed);
        assert_eq!(broken.disturbances, 1);
        let sound = position(&[0, 0]);
        assert!(sound.question.is_none() && !sound.has_failed);
        assert_eq!(sound.disturbances, 0);
        assert!(super::position(&check, "many", &[], &Options::default()).is_err());
    }
}
