//! What the objects of `kata::sync` know of the engine.

use crate::explore::model::objects::Object;
use crate::explore::model::operation::{ObjectId, Operation, Response};
use crate::explore::runtime::current::{is_exploring, with};
use crate::explore::runtime::leaving;
use crate::explore::runtime::schedule_point::schedule_point;
use std::panic::Location;

/// The engine's handle of an object; empty if that was created outside explorations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handle(Option<(u32, ObjectId)>);

impl Handle {
    /// Registers a new object with the execution that runs, if there is one.
    pub(crate) fn register(
        object: impl FnOnce() -> Object,
        location: &'static Location<'static>,
    ) -> Handle {
        Handle(is_exploring().then(|| add_object(object(), location)))
    }

    /// The object's number in the execution that runs. An object of another one ends it.
    pub(crate) fn id(self, location: &'static Location<'static>) -> ObjectId {
        let serial = with(|run| run.execution.serial);
        match self.0 {
            Some((known, id)) if known == serial => id,
            _ => leaving::foreign(location),
        }
    }

    /// Waits for the running task's turn and performs the operation in the engine's model.
    /// `None` outside explorations.
    #[inline]
    pub(crate) fn step(
        self,
        operation: impl FnOnce(ObjectId) -> Operation,
        location: &'static Location<'static>,
    ) -> Option<Response> {
        is_exploring().then(|| {
            let (serial, id) = self.0.unwrap_or_else(|| leaving::foreign(location));
            schedule_point(Some(serial), operation(id), &|| false, location)
        })
    }

    /// The same for an operation that may fail without a reason, if `may_fail` says so once it has its turn.
    pub(crate) fn step_weak(
        self,
        operation: impl FnOnce(ObjectId) -> Operation,
        may_fail: &dyn Fn() -> bool,
        location: &'static Location<'static>,
    ) -> Option<Response> {
        is_exploring().then(|| {
            let (serial, id) = self.0.unwrap_or_else(|| leaving::foreign(location));
            schedule_point(Some(serial), operation(id), may_fail, location)
        })
    }

    /// Counts one more sender of a channel. No step: nobody can tell when it came.
    pub(crate) fn add_sender(self) {
        self.with_ends(|(senders, _)| *senders += 1);
    }

    /// Counts one more receiver of a channel. No step: nobody can tell when it came.
    pub(crate) fn add_receiver(self) {
        self.with_ends(|(_, receivers)| *receivers += 1);
    }

    /// How many senders a channel has. `None` outside explorations.
    pub(crate) fn senders(self) -> Option<usize> {
        self.with_ends(|(senders, _)| *senders)
    }

    /// How many receivers a channel has. `None` outside explorations.
    pub(crate) fn receivers(self) -> Option<usize> {
        self.with_ends(|(_, receivers)| *receivers)
    }

    fn with_ends<R>(self, f: impl FnOnce((&mut usize, &mut usize)) -> R) -> Option<R> {
        let (serial, id) = self.0.filter(|_| is_exploring())?;
        with(|run| {
            let is_ours = serial == run.execution.serial;
            run.execution.objects.ends(id).filter(|_| is_ours).map(f)
        })
    }
}

fn add_object(object: Object, location: &'static Location<'static>) -> (u32, ObjectId) {
    with(|run| {
        let id = run.execution.add_object(object, location);
        (run.execution.serial, id)
    })
}
