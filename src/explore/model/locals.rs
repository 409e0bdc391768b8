//! Values of which each task of an execution has its own, as threads have of a `thread_local!`.

use crate::explore::model::operation::TaskId;
use std::any::Any;
use std::mem;
use std::rc::Rc;

/// The value that a task has of one key.
#[derive(Debug)]
struct Local {
    task: TaskId,
    key: usize,
    /// `None` once it is being dropped.
    value: Option<Rc<dyn Any>>,
}

/// The values of the tasks of an execution, in the order in which they came to be.
#[derive(Default, Debug)]
pub(crate) struct Locals(Vec<Local>);

/// What a task has of a key.
pub(crate) enum Found {
    Value(Rc<dyn Any>),
    /// It has had a value: the task is about to end.
    Gone,
    Nothing,
}

impl Locals {
    /// What the task has of this key.
    pub(crate) fn find(&self, task: TaskId, key: usize) -> Found {
        let mut locals = self.0.iter();
        let local = locals.find(|local| (local.task, local.key) == (task, key));
        match local.map(|local| &local.value) {
            Some(Some(value)) => Found::Value(Rc::clone(value)),
            Some(None) => Found::Gone,
            None => Found::Nothing,
        }
    }

    /// Gives the task a value of this key.
    pub(crate) fn add(&mut self, task: TaskId, key: usize, value: Rc<dyn Any>) {
        let value = Some(value);
        self.0.push(Local { task, key, value });
    }

    /// The latest value of the task, to be dropped by it. `None` if all are gone: then the task can
    /// have new ones.
    pub(crate) fn take_latest(&mut self, task: TaskId) -> Option<Rc<dyn Any>> {
        let own = self.0.iter_mut().rev().filter(|local| local.task == task);
        let latest = own.flat_map(|local| local.value.take()).next();
        if latest.is_none() {
            self.0.retain(|local| local.task != task);
        }
        latest
    }

    /// Drops nothing of what is left: there is no task any more that could.
    pub(crate) fn leak(&mut self) {
        mem::take(&mut self.0).into_iter().for_each(mem::forget);
    }
}
