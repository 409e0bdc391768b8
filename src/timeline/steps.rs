//! The rows of a timeline as data, for those who lay them out themselves.

use super::names::Names;
use super::rows::{self, Mood, Row};
use super::source::{self, Sources};
use crate::explore::manual::Next;
use crate::explore::operation::TaskId;
use crate::explore::verdict::Failure;
use std::collections::BTreeSet;

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
    Narrator::default().steps(failure)
}

/// Tells many executions of the same code, of which it reads each file once.
pub struct Narrator(Sources<'static>);

impl Default for Narrator {
    fn default() -> Self {
        Narrator(Sources::new(&source::read))
    }
}

impl Narrator {
    /// Tells a failed execution step by step: of a long one not all.
    pub fn steps(&self, failure: &Failure) -> Steps {
        self.lay_out(failure, rows::tell)
    }

    /// The same, with nothing shortened.
    pub fn every_step(&self, failure: &Failure) -> Steps {
        self.lay_out(failure, rows::tell_all)
    }

    /// What a task is about to do, in words: its name, the operation, and its line of code.
    pub fn next(&self, so_far: &Failure, next: &Next) -> (String, String, Option<String>) {
        let names = Names::new(&so_far.record, &self.0);
        let Next {
            task,
            operation,
            location,
            times_out,
        } = next;
        let mut words = match operation.subject() {
            Some(subject) => format!("{} {}", operation.verb(), names.task(subject)),
            None => {
                // An object that has not been used has no name in the record yet.
                let named = self.0.receiver(location);
                let known = operation
                    .object()
                    .map(|object| names.object(object).to_owned());
                let object = named.or(known).unwrap_or_default();
                format!("{} {object}", operation.verb())
                    .trim_end()
                    .to_owned()
            }
        };
        if *times_out {
            words += ", out of time";
        } else if operation.as_called() != *operation {
            words.insert_str(0, "begin ");
        }
        let code = self.0.line(location.file(), location.line());
        (names.task(*task).to_owned(), words, code)
    }

    fn lay_out(
        &self,
        failure: &Failure,
        tell: impl Fn(&Failure, &Names, &Sources) -> Vec<Row>,
    ) -> Steps {
        let names = Names::new(&failure.record, &self.0);
        let rows = tell(failure, &names, &self.0);
        let tasks = rows::tasks(&rows);
        let column = |task: TaskId| tasks.iter().position(|&other| other == task);
        let paths: BTreeSet<String> = rows
            .iter()
            .filter_map(|row| Some(row.source.as_ref()?.0.clone()))
            .collect();
        let text = |path: String| self.0.text(&path).map(|text| (path, text.to_string()));
        let step = |row: Row| Step {
            task: row.task.and_then(column),
            number: row.number,
            words: row.words,
            is_failure: row.mood == Mood::Trouble,
            source: row.source,
            to: row.to.and_then(column),
            objects: row
                .objects
                .into_iter()
                .map(|(object, state)| (names.object(object).to_owned(), state))
                .collect(),
        };
        let name = |&task: &TaskId| names.task(task).to_owned();
        Steps {
            tasks: tasks.iter().map(name).collect(),
            steps: rows.into_iter().map(step).collect(),
            files: paths.into_iter().filter_map(text).collect(),
        }
    }
}
