//! Operations that are parts of a call: what a task is seen to wait for, and what a record has.

use super::operation::{EXCHANGE_WEAK, Operation, Response};

impl Operation {
    /// True for what may end, or fail, without a reason.
    pub(crate) fn may_be_spurious(&self) -> bool {
        matches!(
            self,
            Operation::Wait { .. }
                | Operation::BeginPark { .. }
                | Operation::BeginPend { .. }
                | Operation::MayDrop
                | Operation::Update(_, EXCHANGE_WEAK)
        )
    }

    /// The call that the operation is a part of, as its last part: what a task is seen to wait for.
    pub(crate) fn as_called(self) -> Self {
        let deadline = None;
        match self {
            Operation::BeginWrite(lock) => Operation::Write(lock),
            Operation::BeginWriteFor { lock, deadline } => Operation::WriteFor { lock, deadline },
            Operation::OfferSend(channel) => Operation::Send { channel, deadline },
            Operation::OfferReceive(channel) => Operation::Receive { channel, deadline },
            Operation::BeginPark { deadline } => Operation::Park { deadline },
            Operation::BeginPend { waker, deadline } => Operation::Pend { waker, deadline },
            Operation::EndWait {
                condvar,
                mutex,
                deadline,
            } => Operation::Wake {
                condvar,
                mutex,
                deadline: Some(deadline),
            },
            other => other,
        }
    }

    /// False for what is asked for by way of the standard library, which does not say at which place in
    /// the code.
    pub(crate) fn has_place(&self) -> bool {
        use Operation::*;
        !matches!(
            self,
            MayDrop | Pend { .. } | WakeTask { .. } | ReplaceWaker(_) | Complete(_) | PollResult(_)
        )
    }

    /// True for a part of a call that the record leaves out: its last part stands for it.
    pub fn is_inner(&self) -> bool {
        let is_apart = matches!(
            self,
            Operation::Finish
                | Operation::BeginPoll(_)
                | Operation::EndPoll(_)
                | Operation::MayDrop
                | Operation::TakeWakeUp(_)
                | Operation::Choose {
                    in_selection: true,
                    ..
                }
                | Operation::Await { .. }
        );
        is_apart || self.as_called() != *self
    }

    /// What a record says of the operation, which came to this: nothing of a part after which its
    /// call goes on.
    pub(crate) fn recorded(self, response: Response) -> Option<Self> {
        let ends_here = match self {
            Operation::BeginWriteFor { .. } => response == Response::TimedOut,
            Operation::BeginPark { .. } | Operation::BeginPend { .. } | Operation::MayDrop => {
                response == Response::Spurious
            }
            other => !other.is_inner(),
        };
        ends_here.then(|| self.as_called())
    }
}
