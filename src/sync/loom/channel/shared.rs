//! What the two ends of a channel share.
//!
//! What an operation does is what it does to the engine: both ask the same [`Objects`]. A hang-up
//! wakes everybody, unlike one of loom's own channels.
//!
//! [`Objects`]: crate::explore::model::objects::Objects

use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::sync::loom::execution::{self, ObjectRef};
use crate::sync::loom::mutex::unpoisoned;
use crate::sync::loom::step::{self, StepResult, step};
use crate::sync::show;
use std::collections::VecDeque;
use std::panic::Location;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// A channel.
///
/// Whoever makes an operation of a waiting task possible performs it for that task, before any
/// other runs: the outcomes are the same, but loom has fewer orders to explore than if the task
/// came back to the channel itself.
pub(super) struct Shared<T> {
    pub(super) object: ObjectRef,
    pub(super) capacity: Option<usize>,
    location: &'static Location<'static>,
    /// What loom sees of the channel: taken for every operation, never while another task runs.
    gate: loom::sync::Mutex<()>,
    state: Mutex<Contents<T>>,
    /// Whom to tell that something has changed here.
    selecting: Mutex<Vec<Selecting>>,
}

/// A task that looks at several channels.
#[derive(Clone)]
pub(super) struct Selecting {
    pub(super) task: TaskId,
    /// Something has changed at one of them since it began to look.
    pub(super) changed: Arc<AtomicBool>,
}

struct Contents<T> {
    queue: VecDeque<T>,
    /// The operations that could not go on at once, in order of arrival.
    waiting: Vec<Waiting<T>>,
}

struct Waiting<T> {
    task: TaskId,
    operation: Operation,
    message: Option<T>,
    /// It is counted among the receivers that wait.
    is_receiver: bool,
    /// Set once it has been performed.
    response: Option<Response>,
}

impl<T> Default for Contents<T> {
    fn default() -> Self {
        Contents {
            queue: VecDeque::new(),
            waiting: Vec::new(),
        }
    }
}

impl<T> Shared<T> {
    pub(super) fn new(capacity: Option<usize>, location: &'static Location<'static>) -> Self {
        let object = Object::Channel {
            capacity,
            length: 0,
            senders: 1,
            receivers: 1,
            waiting: 0,
            offers: Default::default(),
            passed: [0; 2],
        };
        Shared {
            object: step::register(object, location),
            capacity,
            location,
            gate: loom::sync::Mutex::new(()),
            state: Mutex::default(),
            selecting: Mutex::default(),
        }
    }

    /// Performs an operation, once it can go on; returns the message that was received, or could
    /// not be sent.
    fn perform(
        &self,
        task: TaskId,
        operation: Operation,
        message: Option<T>,
    ) -> (Response, Option<T>) {
        let gate = unpoisoned(self.gate.lock());
        let is_receiver =
            self.meets_a_sender(operation) || matches!(operation, Operation::Receive { .. });
        if is_receiver {
            self.count_waiting(true);
        }
        self.state().waiting.push(Waiting {
            task,
            operation,
            message,
            is_receiver,
            response: None,
        });
        self.settle();
        drop(gate);
        loop {
            if let Some(done) = self.state().take(task) {
                return done;
            }
            step::park(task);
        }
    }

    /// True of an attempt to receive for which a sender waits, on a channel without room: the two meet.
    fn meets_a_sender(&self, operation: Operation) -> bool {
        let waits = |other: &Waiting<T>| {
            matches!(other.operation, Operation::Send { .. }) && other.response.is_none()
        };
        let is_attempt = matches!(operation, Operation::TryReceive(_));
        is_attempt && self.capacity == Some(0) && self.state().waiting.iter().any(waits)
    }

    /// Performs every operation that can go on, and wakes the tasks that wait for it.
    fn settle(&self) {
        let mut state = self.state();
        while let Some(index) = state.waiting.iter().position(Waiting::can_go_on) {
            let Contents { queue, waiting } = &mut *state;
            waiting[index].perform(queue);
            if waiting[index].is_receiver {
                self.count_waiting(false);
            }
            step::wake(waiting[index].task);
        }
        drop(state);
        for selecting in unpoisoned(self.selecting.lock()).drain(..) {
            // Relaxed: it orders nothing, for tasks share an OS thread.
            if !selecting.changed.swap(true, Ordering::Relaxed) {
                step::wake(selecting.task);
            }
        }
    }

    /// Tells a task that looks when something changes here.
    pub(super) fn tell(&self, selecting: &Selecting) {
        unpoisoned(self.selecting.lock()).push(selecting.clone());
    }

    /// An attempt to send or to receive, in the model only, to be completed before another task runs;
    /// `None` if it would have to wait.
    pub(super) fn attempt(
        &self,
        operation: Operation,
        location: &'static Location<'static>,
    ) -> Option<Response> {
        let response = step(Some(self.object), operation, location, |task| {
            drop(unpoisoned(self.gate.lock()));
            let response = execution::with(|execution| execution.objects.perform(task, &operation));
            StepResult {
                result: response,
                response,
                seen: None,
            }
        });
        (response != Response::WouldBlock).then_some(response)
    }

    /// Completes an attempt to send.
    pub(super) fn put(&self, response: Response, message: T) -> Result<(), T> {
        if response != Response::Done {
            return Err(message);
        }
        self.state().queue.push_back(message);
        self.settle();
        Ok(())
    }

    /// Completes an attempt to receive.
    pub(super) fn take(&self, response: Response) -> Option<T> {
        let message = (response == Response::Done).then(|| self.state().queue.pop_front());
        self.settle();
        message.flatten()
    }

    fn state(&self) -> MutexGuard<'_, Contents<T>> {
        unpoisoned(self.state.lock())
    }

    fn count_waiting(&self, begins: bool) {
        let id = self.object.id;
        execution::with(|execution| execution.objects.count_waiting_receiver(id, begins));
    }

    pub(super) fn send(
        &self,
        operation: Operation,
        message: T,
        location: &'static Location<'static>,
    ) -> Result<(), (Response, T)> {
        let seen = show(&message).map(Seen::Wrote);
        step(Some(self.object), operation, location, |task| {
            let (response, message) = self.perform(task, operation, Some(message));
            let result = message.map_or(Ok(()), |message| Err((response, message)));
            StepResult {
                result,
                response,
                seen,
            }
        })
    }

    pub(super) fn receive(
        &self,
        operation: Operation,
        location: &'static Location<'static>,
    ) -> Result<T, Response> {
        step(Some(self.object), operation, location, |task| {
            let (response, message) = self.perform(task, operation, None);
            let seen = message.as_ref().and_then(show).map(Seen::Read);
            StepResult {
                result: message.ok_or(response),
                response,
                seen,
            }
        })
    }

    pub(super) fn len(&self, location: &'static Location<'static>) -> usize {
        let length = Operation::Length(self.object.id);
        step(Some(self.object), length, location, |_| {
            drop(unpoisoned(self.gate.lock()));
            let length = self.state().queue.len();
            StepResult::done(length, Some(Seen::Read(length.into())))
        })
    }

    pub(super) fn is_full(&self, location: &'static Location<'static>) -> bool {
        let length = self.len(location);
        self.capacity.is_some_and(|capacity| length >= capacity)
    }

    /// Counts one more sender, or one more receiver.
    pub(super) fn join(&self, end: fn(Ends<'_>) -> &mut usize) {
        if execution::is_live() {
            execution::with(|execution| {
                execution
                    .objects
                    .ends(self.object.id)
                    .map(end)
                    .map(|count| *count += 1)
            });
        }
    }

    /// Counts one sender or receiver less; the last one hangs up.
    pub(super) fn leave(&self, hang_up: Operation, end: fn(Ends<'_>) -> &mut usize) {
        if !execution::is_live() {
            return;
        }
        let is_last = step(Some(self.object), hang_up, self.location, |task| {
            // Which one is the last depends on the order of all of them.
            drop(unpoisoned(self.gate.lock()));
            let left = execution::with(|execution| {
                execution.objects.perform(task, &hang_up);
                execution.objects.ends(self.object.id).map(end).copied()
            });
            let is_last = left == Some(0);
            StepResult::done(is_last, is_last.then_some(Seen::LastEnd))
        });
        if is_last {
            self.settle();
        }
        if is_last && matches!(hang_up, Operation::DropReceiver(_)) {
            let unread = std::mem::take(&mut self.state().queue);
            drop(unread);
        }
    }
}

impl<T> Contents<T> {
    /// Takes out the operation of a task if it has been performed.
    fn take(&mut self, task: TaskId) -> Option<(Response, Option<T>)> {
        let is_done = |entry: &Waiting<T>| entry.task == task && entry.response.is_some();
        let done = self.waiting.iter().position(is_done)?;
        let Waiting {
            response, message, ..
        } = self.waiting.remove(done);
        Some((response?, message))
    }
}

impl<T> Waiting<T> {
    fn can_go_on(&self) -> bool {
        let is_ready = || execution::with(|execution| execution.objects.ready(&self.operation));
        self.response.is_none() && is_ready()
    }

    fn perform(&mut self, queue: &mut VecDeque<T>) {
        let (task, operation) = (self.task, self.operation);
        let response = execution::with(|execution| execution.objects.perform(task, &operation));
        if response == Response::Done {
            match operation {
                Operation::Send { .. } | Operation::TrySend(_) => queue.extend(self.message.take()),
                _ => self.message = queue.pop_front(),
            }
        }
        self.response = Some(response);
    }
}

/// How many senders and receivers a channel has.
pub(super) type Ends<'a> = (&'a mut usize, &'a mut usize);
