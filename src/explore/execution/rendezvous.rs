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
//!
//! # Selections
//!
//! A selection that waits offers nothing: it waits until somebody has offered, and attempts. Who offers
//! would have met the selection, had that been there; the two meet as if it had come later, which nobody
//! can tell.
//! But who only attempts, another selection for one, does not find a selection that waits, and
//! goes on. If the one attempts in vain and the other waits at the opposite end, in whatever order,
//! they could have met: such an execution is given up. Both show in every order of independent
//! operations, so that the search cannot miss this.

use super::Execution;
use crate::explore::model::objects::End;
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::model::verdict::FailureKind;

/// Why an execution is given up in which a selection could have been met by who only attempts.
const MISSED: &str = "a selection waits at a channel without room, and another thread only attempts to \
                      find somebody there, by try_send, try_recv or a selection: an exploration \
                      cannot let these two meet. Give the channel room for one message";

/// A task that has looked for somebody at the other end of a channel without room, in vain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Seeker {
    channel: ObjectId,
    end: End,
    task: TaskId,
    /// By a selection that then waits; else by an attempt.
    waits: bool,
}

impl Seeker {
    /// True if one of the two waits, and the other could have met it.
    fn could_have_met(&self, other: &Seeker) -> bool {
        let is_opposite = (self.channel, self.end) == (other.channel, other.end.other());
        is_opposite && self.task != other.task && self.waits != other.waits
    }
}

impl Execution {
    /// Notes that a selection is about to wait.
    pub(super) fn selection_waits(&mut self, task: TaskId) {
        let looks: Vec<Operation> = self.task(task).looks.operations().collect();
        for look in looks {
            if let Operation::TrySend(channel) | Operation::TryReceive(channel) = look
                && self.objects.hands_over(channel)
            {
                self.seeks(Seeker {
                    channel,
                    end: end_of(&look),
                    task,
                    waits: true,
                });
            }
        }
    }

    fn seeks(&mut self, seeker: Seeker) {
        if self.is_over() || self.seekers.contains(&seeker) {
            return;
        }
        self.seekers.push(seeker);
        let mut others = self.seekers.iter();
        if others.any(|other| other.could_have_met(&seeker)) {
            let message = MISSED.to_owned();
            self.fail(FailureKind::BackEnd { message });
        }
    }

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
        let end = end_of(operation);
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
                None => {
                    self.seeks(Seeker {
                        channel,
                        end,
                        task,
                        waits: false,
                    });
                    Response::WouldBlock
                }
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

/// At which end of its channel an operation is performed.
fn end_of(operation: &Operation) -> End {
    match operation {
        Operation::OfferSend(_) | Operation::TrySend(_) | Operation::Send { .. } => End::Sender,
        _ => End::Receiver,
    }
}
