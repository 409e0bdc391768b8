//! What an execution has done to its atomics, as far as loom would forget it or mistake it.

use crate::explore::operation::{ObjectId, TaskId};

/// What read-modify-writes have written, and whether a store of another task came after one.
#[derive(Default)]
pub(super) struct Updates {
    written: Vec<(ObjectId, TaskId)>,
    pub(super) then_stored: bool,
}

impl Updates {
    pub(super) fn updated(&mut self, object: ObjectId, by: TaskId) {
        if !self.written.contains(&(object, by)) {
            self.written.push((object, by));
        }
    }

    pub(super) fn stored(&mut self, object: ObjectId, by: TaskId) {
        let mut written = self.written.iter();
        self.then_stored |= written.any(|&(written, task)| written == object && task != by);
    }
}

/// Who has loaded from which atomic since it was last written to.
#[derive(Default)]
pub(super) struct Loads(Vec<(ObjectId, TaskId)>);

impl Loads {
    pub(super) fn loaded(&mut self, object: ObjectId, by: TaskId) {
        if !self.0.contains(&(object, by)) {
            self.0.push((object, by));
        }
    }

    /// Notes a write; true if loom has forgotten a load that came before it.
    pub(super) fn written(&mut self, object: ObjectId) -> bool {
        let loads = self.0.len();
        self.0.retain(|(loaded, _)| *loaded != object);
        loads - self.0.len() > 1
    }
}
