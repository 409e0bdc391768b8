//! A row of the timeline.

use crate::explore::operation::{ObjectId, TaskId};
use crate::explore::record::Site;

/// What a row is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RowKind {
    /// What the task does.
    Operation,
    /// What else is to be said: a switch, the end, a wake-up.
    Aside,
    /// What breaks the check.
    Failure,
}

/// One row of the timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    /// Whose it is; `None` if it is about all.
    pub(super) task: Option<TaskId>,
    /// The number of the operation.
    pub(super) number: Option<usize>,
    /// Which event of the record it tells, if it is one.
    pub(super) event: Option<usize>,
    pub(super) words: String,
    pub(super) kind: RowKind,
    /// `file:line`.
    pub(super) place: Option<String>,
    /// The line of code, the first time that it comes up.
    pub(super) code: Option<String>,
    /// Who has the turn next, where it changes.
    pub(super) to: Option<TaskId>,
    /// The file and the line, in full.
    pub(super) source: Option<(String, u32)>,
    /// What is known of the objects after it.
    pub(super) objects: Vec<(ObjectId, String)>,
    /// The call by which the check has been called back, if it tells of what that has done: its place among
    /// the record's.
    pub(super) call: Option<usize>,
}

impl Row {
    pub(super) fn new(
        task: impl Into<Option<TaskId>>,
        kind: RowKind,
        words: impl Into<String>,
    ) -> Self {
        Row {
            task: task.into(),
            number: None,
            event: None,
            words: words.into(),
            kind,
            place: None,
            code: None,
            to: None,
            source: None,
            objects: Vec::new(),
            call: None,
        }
    }

    /// True if it tells of something at this place.
    pub(super) fn is_at(&self, site: &Site) -> bool {
        let at = self.source.as_ref();
        at.is_some_and(|(file, line)| file == site.file() && *line == site.line())
    }
}

/// The tasks that have rows, in order.
pub(super) fn tasks(rows: &[Row]) -> Vec<TaskId> {
    let mut tasks: Vec<TaskId> = rows.iter().filter_map(|row| row.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}
