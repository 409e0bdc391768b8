//! How tasks come to be.

use super::Execution;
use crate::explore::model::looks::Looks;
use crate::explore::model::operation::TaskId;
use crate::explore::model::record::TaskInfo;
use crate::explore::model::task::Task;
use crate::explore::model::task_set::TaskSet;

impl Execution {
    /// Adds a task that has yet to start; `None` if there are as many as there can be.
    pub(crate) fn add_task(&mut self, name: Option<String>, is_thread: bool) -> Option<TaskId> {
        let id = TaskId(u16::try_from(self.tasks.len()).ok()?);
        if id.index() >= TaskSet::MAX_TASKS {
            return None;
        }
        let name = name.unwrap_or_else(|| format!("spawned-{}", id.0));
        let info = TaskInfo { name, is_thread };
        if let Some(record) = &mut self.record {
            record.tasks.push(info.clone());
        }
        let depth = match id {
            TaskId::SETUP => 0,
            _ => self.task(self.running).depth + 1,
        };
        if id != TaskId::SETUP {
            // What it does can come before all that its parent does from now on.
            self.marks.perform(self.running, self.steps);
        }
        self.by_path.insert(self.next_place(depth), id);
        let looks = self.spare_looks.pop().unwrap_or_default();
        let mut task = Task::new(info, depth, looks);
        // It begins after all that its parent has done.
        if id != TaskId::SETUP {
            task.clock = self.task(self.running).clock;
        }
        self.tasks.push(task);
        self.strategy.started(self.running, id);
        Some(id)
    }

    /// Where the next task that the running one creates, at this depth, stands in the order of paths:
    /// after its parent, and after all that have come of that one so far.
    fn next_place(&self, depth: u16) -> usize {
        let mut tasks = self.by_path.iter().copied();
        let parent = tasks.position(|task| task == self.running);
        let siblings = tasks.take_while(|&task| self.task(task).depth >= depth);
        parent.map_or(0, |place| place + 1) + siblings.count()
    }

    /// Adds a task that drops what was left over when the execution ended, as part of which nobody
    /// sees it; false if there are as many as there can be.
    pub(crate) fn add_cleanup_task(&mut self) -> bool {
        let has_room = self.tasks.len() < TaskSet::MAX_TASKS;
        if has_room {
            let name = "cleanup".to_owned();
            let is_thread = false;
            self.tasks
                .push(Task::new(TaskInfo { name, is_thread }, 0, Looks::default()));
        }
        has_room
    }
}
