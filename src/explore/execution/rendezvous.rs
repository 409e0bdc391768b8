//! Channels without room, where a message goes directly from a sender to a receiver.
//!
//! A task *offers* first: from then on it has come. If somebody waits at the other end, the two are
//! partners from that moment, the first who came with the first; nobody else can have the message.
//! Then it *leaves*: once it has a partner, or nobody is left at the other end. An attempt finds
//! only who has offered.
//!
//! Two offers at opposite ends come to the same in either order, so that such a rendezvous costs an
//! exhaustive search nothing. A receiver leaves after its sender, unless it could time out: nobody
//! can tell, and the record shows the send before the receive.

use super::Execution;
use crate::explore::model::objects::End;
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};

impl Execution {
    /// Makes the change that an operation makes at a channel without room; `None` if it is not
    /// about one.
    pub(super) fn apply_at_rendezvous(
        &mut self,
        task: TaskId,
        operation: &Operation,
    ) -> Option<Response> {
        use Operation::*;
        let (OfferSend(channel)
        | OfferReceive(channel)
        | TrySend(channel)
        | TryReceive(channel)
        | Send { channel, .. }
        | Receive { channel, .. }) = *operation
        else {
            return None;
        };
        if !self.objects.hands_over(channel) {
            return None;
        }
        let end = match operation {
            OfferSend(_) | TrySend(_) | Send { .. } => End::Sender,
            _ => End::Receiver,
        };
        let waits = |offers: &Vec<TaskId>| offers.first().copied();
        let response = match operation {
            OfferSend(_) | OfferReceive(_) => {
                match waits(self.objects.offers(channel, end.other())) {
                    Some(other) => {
                        self.objects.offers(channel, end.other()).remove(0);
                        self.marry(end, task, other, true);
                    }
                    None => self.objects.offers(channel, end).push(task),
                }
                Response::Done
            }
            TrySend(_) | TryReceive(_) => match waits(self.objects.offers(channel, end.other())) {
                Some(other) => {
                    self.objects.offers(channel, end.other()).remove(0);
                    self.marry(end, task, other, false);
                    Response::Done
                }
                None if self.objects.is_gone(channel, end.other()) => Response::Disconnected,
                None => Response::WouldBlock,
            },
            _ => self.leave(task, channel, end),
        };
        Some(response)
    }

    /// Two become partners; `task` is the second to come, and leaves later if it waits.
    fn marry(&mut self, end: End, task: TaskId, other: TaskId, waits: bool) {
        self.task_mut(task).partner = Some(other);
        self.task_mut(other).partner = Some(task);
        match end {
            End::Sender if waits => self.task_mut(other).leaves_after = Some(task),
            End::Receiver if waits => self.task_mut(task).leaves_after = Some(other),
            // An attempt is over at once. Who attempts to receive has its message from a sender
            // that is still in its call.
            _ => {}
        }
    }

    fn leave(&mut self, task: TaskId, channel: ObjectId, end: End) -> Response {
        let Some(partner) = self.task(task).partner else {
            self.objects
                .offers(channel, end)
                .retain(|&other| other != task);
            return if self.objects.is_gone(channel, end.other()) {
                Response::Disconnected
            } else {
                Response::TimedOut
            };
        };
        if self.task(partner).leaves_after == Some(task) {
            self.task_mut(partner).leaves_after = None;
        }
        // A receiver that could time out need not have waited for that.
        self.task_mut(task).leaves_after = None;
        Response::Done
    }

    /// True if a task that has offered need not wait any longer.
    pub(super) fn can_leave(&self, task: TaskId, operation: &Operation) -> bool {
        let (channel, across) = match *operation {
            Operation::Send { channel, .. } => (channel, End::Receiver),
            Operation::Receive { channel, .. } => (channel, End::Sender),
            _ => return false,
        };
        match self.task(task).partner {
            Some(_) => operation.deadline().is_some() || self.task(task).leaves_after.is_none(),
            None => self.objects.is_gone(channel, across),
        }
    }

    /// With whom the running task has just exchanged a message, which is thereby over.
    pub(crate) fn take_partner(&mut self) -> Option<TaskId> {
        let running = self.running;
        self.task_mut(running).partner.take()
    }
}
