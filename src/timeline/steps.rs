//! The rows of a timeline as data, for those who lay them out themselves.

use super::names::Names;
use super::rows::{self, Mood};
use super::source::{self, Sources};
use crate::explore::operation::TaskId;
use crate::explore::verdict::Failure;
use std::collections::BTreeMap;

/// A failed execution, step by step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Steps {
    /// The names of the tasks that take part, in the order of their columns.
    pub tasks: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The source files that steps name and that can be read: the path, and the text.
    pub files: Vec<(String, String)>,
}

/// One row of the timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The column of the task whose step it is; `None` if it is about all.
    pub task: Option<usize>,
    /// The number of the operation, if it is one.
    pub number: Option<usize>,
    /// What happens.
    pub words: String,
    /// True if this is what breaks the check.
    pub is_failure: bool,
    /// The path and the line in the code, if they are known.
    pub source: Option<(String, u32)>,
    /// The column of the task that has the turn next, where that changes.
    pub to: Option<usize>,
    /// What is known of each object afterwards: its name, and its state in words.
    pub objects: Vec<(String, String)>,
}

/// Tells a failed execution step by step.
pub fn steps(failure: &Failure) -> Steps {
    let sources = Sources::new(&source::read);
    let names = Names::new(&failure.record, &sources);
    let rows = rows::tell(failure, &names, &sources);
    let tasks = rows::tasks(&rows);
    let column = |task: TaskId| tasks.iter().position(|&other| other == task);
    let mut files = BTreeMap::new();
    let steps = rows
        .into_iter()
        .map(|row| Step {
            task: row.task.and_then(column),
            number: row.number,
            words: row.words,
            is_failure: row.mood == Mood::Trouble,
            source: row.source.map(|(path, line)| {
                let text = || source::read(&path).unwrap_or_default();
                files.entry(path.clone()).or_insert_with(text);
                (path, line)
            }),
            to: row.to.and_then(column),
            objects: row
                .objects
                .into_iter()
                .map(|(object, state)| (names.object(object).to_owned(), state))
                .collect(),
        })
        .collect();
    Steps {
        tasks: tasks
            .iter()
            .map(|&task| names.task(task).to_owned())
            .collect(),
        steps,
        files: files
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .collect(),
    }
}
