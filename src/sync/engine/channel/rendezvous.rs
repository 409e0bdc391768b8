//! Where messages are in an exploration that go directly from a sender to a receiver.

use crate::explore::model::seen::Value;
use crate::explore::operation::TaskId;
use crate::explore::runtime::schedule_point;
use crate::sync::show;
use parking_lot::Mutex;
use std::sync::Arc;

/// The messages of one channel that nobody has received yet.
pub(super) struct Rendezvous<T>(Arc<Mutex<Vec<(Whose, T)>>>);

/// Whose a message is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// A sender's, that has come with it and waits.
    Offered(TaskId),
    /// A receiver's, that has been found.
    For(TaskId),
}

impl<T> Rendezvous<T> {
    /// Comes with a message. `offer` waits for the turn to do so; nobody sees the message before.
    pub(super) fn bring(&self, message: T, offer: impl FnOnce()) {
        offer();
        self.put(Whose::Offered(running()), message);
    }

    /// The running task's message goes to its partner, unless that has it already.
    pub(super) fn hand_over(&self, partner: Option<TaskId>) {
        if let (Some(message), Some(partner)) = (self.take(Whose::Offered(running())), partner) {
            self.put(Whose::For(partner), message);
        }
    }

    /// The running task leaves a message for a partner who waits.
    pub(super) fn leave_for(&self, partner: Option<TaskId>, message: T) {
        if let Some(partner) = partner {
            self.put(Whose::For(partner), message);
        }
    }

    /// The message that the running task came with.
    pub(super) fn take_back(&self) -> Option<T> {
        self.take(Whose::Offered(running()))
    }

    /// The message for the running task: left for it, or still with its partner, who waits.
    pub(super) fn take_from(&self, partner: Option<TaskId>) -> Option<T> {
        let left = self.take(Whose::For(running()));
        left.or_else(|| self.take(Whose::Offered(partner?)))
    }

    /// The message that the running task came with, where it can be shown.
    pub(super) fn show(&self) -> Option<Value> {
        let whose = Whose::Offered(running());
        let messages = self.0.lock();
        let (_, message) = messages.iter().find(|(other, _)| *other == whose)?;
        show(message)
    }

    fn put(&self, whose: Whose, message: T) {
        self.0.lock().push((whose, message));
    }

    fn take(&self, whose: Whose) -> Option<T> {
        let mut messages = self.0.lock();
        let place = messages.iter().position(|(other, _)| *other == whose)?;
        Some(messages.remove(place).1)
    }
}

impl<T> Default for Rendezvous<T> {
    fn default() -> Self {
        Rendezvous(Arc::default())
    }
}

impl<T> Clone for Rendezvous<T> {
    fn clone(&self) -> Self {
        Rendezvous(Arc::clone(&self.0))
    }
}

fn running() -> TaskId {
    schedule_point::current().map_or(TaskId::SETUP, |(task, _)| task)
}

/// A message that was not brought into a rendezvous.
pub(super) fn kept<T>(message: Option<T>) -> T {
    message.expect("only an exploration has a rendezvous")
}
