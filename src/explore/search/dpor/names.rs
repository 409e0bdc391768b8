//! Names of tasks and objects that are the same in every execution.
//!
//! Numbers in the order of creation are not: where two tasks create something, these numbers change
//! with the order of the two. What a task creates is named by the task, and by how many it created
//! before; the path through its parents is such a name. Here each path has a small number.

use crate::explore::model::operation::{ObjectId, Operation, TaskId};

/// The names, and who has which in the present execution.
///
/// Invariant: the entries of `children` and `created`, once made, never change; so a name means the
/// same path in all executions of a search.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// For each name of a task, the names of the tasks that it creates, in order.
    children: Vec<Vec<TaskId>>,
    /// For each name of a task, the names of the objects that it creates, in order.
    created: Vec<Vec<ObjectId>>,
    objects: u32,
    /// The names of the present execution's tasks and objects, by number.
    of_tasks: Vec<TaskId>,
    of_objects: Vec<ObjectId>,
    /// For each name of a task, how many tasks and objects it has created in the present execution.
    so_far: Vec<(usize, usize)>,
}

impl Names {
    /// The name of the final check, which whichever thread is the last runs.
    pub(super) const FINAL_CHECK: TaskId = TaskId(1);

    /// Begins an execution.
    pub(super) fn begin(&mut self) {
        self.of_tasks.clear();
        self.of_objects.clear();
        self.so_far.clear();
        self.so_far.resize(self.children.len(), (0, 0));
    }

    /// A task begins to exist; its parent's name and its own. `None` if there are too many to name.
    pub(super) fn add_task(&mut self, parent: TaskId) -> Option<(TaskId, TaskId)> {
        if self.of_tasks.is_empty() {
            if self.children.is_empty() {
                // The setup and the final check.
                self.add_name()?;
                self.add_name()?;
            }
            self.of_tasks.push(TaskId::SETUP);
            return Some((TaskId::SETUP, TaskId::SETUP));
        }
        let parent = self.task(parent);
        let so_far = &mut self.so_far[parent.index()].0;
        let number = *so_far;
        *so_far += 1;
        let name = match self.children[parent.index()].get(number) {
            Some(&name) => name,
            None => {
                let name = self.add_name()?;
                self.children[parent.index()].push(name);
                name
            }
        };
        self.of_tasks.push(name);
        Some((parent, name))
    }

    fn add_name(&mut self) -> Option<TaskId> {
        let name = TaskId(u16::try_from(self.children.len()).ok()?);
        self.children.push(Vec::new());
        self.created.push(Vec::new());
        self.so_far.push((0, 0));
        Some(name)
    }

    /// An object begins to exist.
    pub(super) fn add_object(&mut self, creator: TaskId) {
        let creator = self.task(creator);
        let so_far = &mut self.so_far[creator.index()].1;
        let number = *so_far;
        *so_far += 1;
        let created = &mut self.created[creator.index()];
        if created.len() == number {
            created.push(ObjectId(self.objects));
            self.objects += 1;
        }
        self.of_objects.push(created[number]);
    }

    /// From now on the last of the threads runs the final check.
    pub(super) fn begin_final_check(&mut self, last: TaskId) {
        self.of_tasks[last.index()] = Self::FINAL_CHECK;
    }

    /// How many tasks there are names of.
    pub(super) fn tasks(&self) -> usize {
        self.children.len()
    }

    pub(super) fn task(&self, number: TaskId) -> TaskId {
        self.of_tasks[number.index()]
    }

    pub(super) fn named_object(&self, number: ObjectId) -> ObjectId {
        self.of_objects[number.index()]
    }

    /// The operation, with names in the place of numbers.
    #[inline]
    pub(super) fn named(&self, operation: Operation) -> Operation {
        renamed(
            operation,
            |task| self.task(task),
            |object| self.named_object(object),
        )
    }
}

/// The same operation on other tasks and objects.
fn renamed(
    mut operation: Operation,
    task: impl Fn(TaskId) -> TaskId,
    object: impl Fn(ObjectId) -> ObjectId,
) -> Operation {
    use Operation::*;
    match &mut operation {
        Lock(id)
        | TryLock(id)
        | LockFor { mutex: id, .. }
        | Unlock(id)
        | Read(id)
        | TryRead(id)
        | ReadFor { lock: id, .. }
        | UnlockRead(id)
        | BeginWrite(id)
        | Write(id)
        | TryWrite(id)
        | BeginWriteFor { lock: id, .. }
        | WriteFor { lock: id, .. }
        | UnlockWrite(id)
        | Downgrade(id)
        | IsLocked(id)
        | IsWriting(id)
        | NotifyOne(id)
        | NotifyAll(id)
        | OfferSend(id)
        | OfferReceive(id)
        | Send { channel: id, .. }
        | TrySend(id)
        | Receive { channel: id, .. }
        | TryReceive(id)
        | Length(id)
        | DropSender(id)
        | DropReceiver(id)
        | Load(id)
        | Store(id)
        | Update(id, _)
        | BeginPoll(id)
        | EndPoll(id)
        | TakeWakeUp(id)
        | ReplaceWaker(id)
        | Complete(id)
        | IsDone(id)
        | PollResult(id)
        | BeginPend { waker: id, .. }
        | Pend { waker: id, .. } => {
            *id = object(*id);
        }
        Wait { condvar, mutex } | EndWait { condvar, mutex, .. } | Wake { condvar, mutex, .. } => {
            (*condvar, *mutex) = (object(*condvar), object(*mutex));
        }
        WakeTask {
            waker, task: other, ..
        }
        | AbortTask { waker, task: other } => (*waker, *other) = (object(*waker), task(*other)),
        Spawn(id) | Join(id) | IsFinished(id) | Unpark(id) => *id = task(*id),
        Fence
        | MayDrop
        | BeginPark { .. }
        | Park { .. }
        | Finish
        | Yield
        | Sleep { .. }
        | Choose { .. }
        | Await { .. } => {}
    }
    operation
}
