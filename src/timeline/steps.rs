//! The rows of a timeline as data, for those who lay them out themselves.

use super::names::Names;
use super::row::{self, Row, RowKind};
use super::source::Sources;
use crate::explore::interactive;
use crate::explore::operation::TaskId;
use crate::explore::path;
use crate::results::{Next, Step};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// A failed execution, step by step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Steps {
    /// The names of the tasks that take part, in the order of their columns.
    pub tasks: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The source files that steps name and that can be read: the text of each by its path.
    pub files: BTreeMap<String, String>,
}

pub(super) fn lay_out(rows: &[Row], names: &Names, sources: &Sources) -> Steps {
    let tasks = row::tasks(rows);
    let column = |task: TaskId| tasks.iter().position(|&other| other == task);
    let sourced = rows.iter().filter_map(|row| row.source.as_ref());
    let paths: BTreeSet<&str> = sourced.map(|(path, _)| path::shared(path)).collect();
    let text = |path: &str| Some((path.to_owned(), sources.text(path)?.to_string()));
    let step = |row: &Row| {
        let (path, line) = row.source.clone().unzip();
        let path = path.map(|path| path::shared(&path).to_owned());
        let named =
            |(object, state): &(_, String)| (names.object(*object).to_owned(), state.clone());
        Step {
            task: row.task.and_then(column),
            number: row.number,
            words: row.words.clone(),
            fails: row.kind == RowKind::Failure,
            path,
            line,
            to: row.to.and_then(column),
            objects: row.objects.iter().map(named).collect(),
        }
    };
    let name = |&task: &TaskId| names.task(task).to_owned();
    Steps {
        tasks: tasks.iter().map(name).collect(),
        steps: rows.iter().map(step).collect(),
        files: paths.into_iter().filter_map(text).collect(),
    }
}

/// What a task is about to do, in words.
pub(super) fn next(next: &interactive::Next, names: &Names, sources: &Sources) -> Next {
    let interactive::Next {
        task,
        operation,
        location,
        times_out,
    } = next;
    let verb = operation.verb();
    let mut words = match operation.subject() {
        Some(subject) => format!("{verb} {}", names.task(subject)),
        None => {
            // An object that has not been used has no name in the record yet.
            let named = sources.receiver(location);
            let known = || Some(names.object(operation.object()?).to_owned());
            let object = named.or_else(known).unwrap_or_default();
            format!("{verb} {object}").trim_end().to_owned()
        }
    };
    if *times_out {
        words += text!(", out of time");
    } else if operation.as_called() != *operation {
        words.insert_str(0, text!("begin "));
    }
    Next {
        task: names.task(*task).to_owned(),
        words,
        code: sources.line(location.file(), location.line()),
        path: path::shared(location.file()).to_owned(),
        line: location.line(),
    }
}
