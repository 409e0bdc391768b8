//! A task, as the engine sees it.

use super::super::operation::{Operation, TaskId, TaskInfo};
use super::super::task_set::TaskSet;
use super::Execution;
use super::looks::Looks;
use std::panic::Location;
use std::time::Duration;

/// What a task is about to do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pending {
    /// To run to its first operation.
    Start,
    /// To perform an operation, asked for at this place.
    Operation(Operation, &'static Location<'static>),
    /// Nothing: its code has returned.
    Nothing,
}

/// Why a wait at a condvar is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Woken {
    Notified,
    Spuriously,
    TimedOut,
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) info: TaskInfo,
    /// The way to it from the setup: which of its parent's tasks it is, and so for each parent
    /// before. The same in every execution, unlike its [`TaskId`].
    pub(crate) path: Vec<u16>,
    /// How many tasks it has created.
    pub(super) children: u16,
    /// Where the code has started it; none of the scenario's threads and the setup.
    pub(crate) birth: Option<&'static Location<'static>>,
    pub(crate) pending: Pending,
    pub(super) woken: Option<Woken>,
    pub(super) has_token: bool,
    /// With whom it exchanges a message directly.
    pub(super) partner: Option<TaskId>,
    /// The sender that has to leave before this task, its receiver, can.
    pub(super) leaves_after: Option<TaskId>,
    /// The time at which the two have met.
    pub(super) met_at: Duration,
    /// Its own view of the time; see [`time`](super::time).
    pub(crate) clock: Duration,
    pub(super) looks: Looks,
    /// How many operations it has performed.
    pub(crate) operations: usize,
    /// The code is being left by a panic: it must not be suspended in an ordinary way.
    pub(crate) unwinding: bool,
    /// It waits in the place of somebody slow.
    pub(crate) on_purpose: bool,
}

impl Task {
    pub(super) fn new(info: TaskInfo, path: Vec<u16>) -> Self {
        Task {
            info,
            path,
            children: 0,
            birth: None,
            pending: Pending::Start,
            woken: None,
            has_token: false,
            partner: None,
            leaves_after: None,
            met_at: Duration::ZERO,
            clock: Duration::ZERO,
            looks: Looks::default(),
            operations: 0,
            unwinding: false,
            on_purpose: false,
        }
    }

    pub(crate) fn is_finished(&self) -> bool {
        matches!(self.pending, Pending::Nothing)
    }

    /// True in a wait that is over.
    pub(crate) fn is_woken(&self) -> bool {
        self.woken.is_some()
    }

    /// True in a call at a channel without room, once it has met somebody.
    pub(crate) fn has_partner(&self) -> bool {
        self.partner.is_some()
    }

    pub(crate) fn operation(&self) -> Option<Operation> {
        match self.pending {
            Pending::Operation(operation, _) => Some(operation),
            _ => None,
        }
    }
}

impl Execution {
    /// Adds a task that has yet to start; `None` if there are as many as there can be.
    pub(crate) fn add_task(&mut self, name: Option<String>, is_thread: bool) -> Option<TaskId> {
        let id = TaskId(u8::try_from(self.tasks.len()).ok()?);
        if id.index() >= TaskSet::MAX_TASKS {
            return None;
        }
        let name = name.unwrap_or_else(|| format!("spawned-{}", id.0));
        let info = TaskInfo { name, is_thread };
        if let Some(record) = &mut self.record {
            record.tasks.push(info.clone());
        }
        let path = self.next_path(id);
        let tasks = &self.tasks;
        let place = self
            .by_path
            .partition_point(|&other| tasks[other.index()].path < path);
        self.by_path.insert(place, id);
        self.tasks.push(Task::new(info, path));
        self.guide.started(self.running, id);
        Some(id)
    }

    /// The path of the next task that the running one creates.
    fn next_path(&mut self, id: TaskId) -> Vec<u16> {
        if id == TaskId::SETUP {
            return Vec::new();
        }
        let parent = &mut self.tasks[self.running.index()];
        parent.children += 1;
        let mut path = Vec::with_capacity(parent.path.len() + 1);
        path.extend_from_slice(&parent.path);
        path.push(parent.children);
        path
    }

    /// Adds a task that drops what was left over when the execution ended, as part of which nobody
    /// sees it; false if there are as many as there can be.
    pub(crate) fn add_heir(&mut self) -> bool {
        let has_room = self.tasks.len() < TaskSet::MAX_TASKS;
        if has_room {
            let name = "heir".to_owned();
            let is_thread = false;
            self.tasks
                .push(Task::new(TaskInfo { name, is_thread }, Vec::new()));
        }
        has_room
    }
}
