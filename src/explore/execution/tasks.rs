//! How tasks come to be.

use super::Execution;
use crate::explore::model::operation::TaskId;
use crate::explore::model::record::TaskInfo;
use crate::explore::model::task::Task;
use crate::explore::model::task_set::TaskSet;

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
        self.strategy.started(self.running, id);
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
    pub(crate) fn add_cleanup_task(&mut self) -> bool {
        let has_room = self.tasks.len() < TaskSet::MAX_TASKS;
        if has_room {
            let name = "cleanup".to_owned();
            let is_thread = false;
            self.tasks
                .push(Task::new(TaskInfo { name, is_thread }, Vec::new()));
        }
        has_room
    }
}
