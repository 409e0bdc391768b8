//! A game in which somebody makes an execution's choices: one position of it, or the whole board.

use super::check::FailureResult;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where choices lead: what has happened, and what is to be decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Position {
    /// What the check promises.
    pub promise: String,
    /// True if the execution has ended and breaks the promise.
    pub failed: bool,
    /// How much the choices have disturbed the threads.
    pub disturbances: usize,
    /// What is to be decided, unless the execution has ended.
    pub question: Option<Asked>,
    /// What has happened.
    pub told: FailureResult,
}

/// What is to be decided.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Asked {
    /// Who goes on.
    Turn {
        /// Who can, in the order of the choices.
        ready: Vec<Next>,
        /// Who cannot.
        waiting: Vec<Next>,
    },
    /// Whom a notification wakes.
    Waiter {
        /// How many wait.
        waiters: usize,
    },
    /// Whether something ends, or fails, without a reason.
    Spurious {
        /// What that is.
        what: Spurious,
    },
}

/// What may end, or fail, without a reason.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Spurious {
    /// A wait at a condvar ends.
    Wait,
    /// A park ends.
    Park,
    /// A task is polled again.
    Await,
    /// A future is dropped.
    Drop,
    /// A weak exchange fails.
    Exchange,
}

/// What a task is about to do.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Next {
    /// The task's name.
    pub task: String,
    /// The operation, in words.
    pub words: String,
    /// Its line of code, if that can be read.
    pub code: Option<String>,
    /// Where in the code.
    pub path: String,
    /// The line there.
    pub line: u32,
}

/// A whole game: every state that choices lead to, up to a bound.
///
/// Words that come up often stand once in a list, and are named by their places.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Board {
    /// The check's name.
    pub check: String,
    /// The workload.
    pub workload: String,
    /// What the check promises.
    pub promise: String,
    /// True if no state is left out.
    pub complete: bool,
    /// The names of the tasks.
    pub tasks: Vec<String>,
    /// The rows of timelines.
    pub rows: Vec<Row>,
    /// What is to be decided.
    pub asks: Vec<Asked>,
    /// What is known of the objects: names, and states in words.
    pub objects: Vec<Vec<(String, String)>>,
    /// How executions end; `None` where the check holds.
    pub ends: Vec<Option<End>>,
    /// The states; the first is the beginning.
    pub states: Vec<BoardState>,
    /// The rows before the first choice.
    pub first: Vec<usize>,
    /// The source files that rows name, by their paths.
    pub files: BTreeMap<String, String>,
}

/// A row: whose it is, what happens, the path and the line, and 1 for an operation, 2 for what
/// breaks the check, else 0.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Row(
    pub Option<usize>,
    pub String,
    pub Option<String>,
    pub Option<u32>,
    pub u8,
);

/// A state: what is asked, what is known of the objects, how it ended, and a list for each choice.
///
/// Such a list is the state that the choice leads to, how much it disturbs, how many of the last
/// rows it takes back, and the rows that it adds; `None` where the bound ends the board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BoardState(
    pub Option<usize>,
    pub usize,
    pub Option<usize>,
    pub Vec<Option<Vec<usize>>>,
);

/// How an execution breaks the check.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct End {
    /// What went wrong, in words.
    pub what: String,
    /// What the failure is called, if the pattern is known: in English, whatever the language of the rest.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The number of the kata's hint that fits, from 1.
    pub hint: Option<usize>,
}
