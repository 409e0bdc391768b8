//! What operations are called where people read of them.

use super::operation::Operation;

impl Operation {
    /// The word for the operation on a timeline.
    pub fn verb(&self) -> &'static str {
        use Operation::*;
        match *self {
            Lock(_) => "lock",
            TryLock(_) => "try_lock",
            LockFor { .. } => "try_lock_for",
            Unlock(_) => "unlock",
            Read(_) => "read",
            TryRead(_) => "try_read",
            ReadFor { .. } => "try_read_for",
            UnlockRead(_) => "unlock read",
            BeginWrite(_) | Write(_) => "write",
            TryWrite(_) => "try_write",
            BeginWriteFor { .. } | WriteFor { .. } => "try_write_for",
            UnlockWrite(_) => "unlock write",
            Downgrade(_) => "downgrade",
            IsLocked(_) => "is_locked",
            IsWriting(_) => "is_locked_exclusive",
            Wait { .. } => "wait",
            EndWait { .. } | Wake { .. } => "wake",
            NotifyOne(_) => "notify_one",
            NotifyAll(_) => "notify_all",
            OfferSend(_) | Send { .. } => "send",
            TrySend(_) => "try_send",
            OfferReceive(_) | Receive { .. } => "recv",
            TryReceive(_) => "try_recv",
            Length(_) => "len",
            DropSender(_) => "drop sender",
            DropReceiver(_) => "drop receiver",
            Load(_) => "load",
            Store(_) => "store",
            Update(_, name) => name,
            Fence => "fence",
            Spawn(_) => "spawn",
            Join(_) => "join",
            IsFinished(_) => "is_finished",
            BeginPark { .. } | Park { .. } => "park",
            Unpark(_) => "unpark",
            BeginPend { .. } | Pend { .. } => "await",
            WakeTask { .. } => "wake",
            AbortTask { .. } => "abort",
            MayDrop => "drop",
            BeginPoll(_) => "begin poll",
            EndPoll(_) => "end poll",
            ReplaceWaker(_) => "replace",
            TakeWakeUp(_) => "take wake-up",
            Complete(_) => "complete",
            IsDone(_) => "done",
            PollResult(_) => "poll",
            Finish => "finish",
            Yield => "yield",
            Choose {
                in_selection: false,
                ..
            } => "choose",
            Choose { .. } | Await { .. } => "select",
            Sleep { .. } => "sleep",
        }
    }
}
