//! The engine's model of the shared objects: which operations can go on, and what they change.
//!
//! The real primitives do the work; this model only says *when* they can do it without blocking.

use crate::explore::model::operation::{ObjectId, ObjectKind, Operation, TaskId};

/// The state of one shared object.
#[derive(Debug)]
pub(crate) enum Object {
    Mutex {
        owner: Option<TaskId>,
    },
    RwLock {
        writer: Option<TaskId>,
        readers: Vec<TaskId>,
    },
    Condvar {
        /// Who waits, in order of arrival.
        waiters: Vec<TaskId>,
        /// A notification found nobody waiting.
        unheard: bool,
    },
    Channel {
        /// How many messages fit; `None` if any number does.
        capacity: Option<usize>,
        /// How many messages have gone in, and how many have come out.
        passed: [u32; 2],
        length: usize,
        senders: usize,
        receivers: usize,
        /// Receivers that wait, for channels that hand over directly (capacity 0): loom's side.
        waiting: usize,
        /// Who has come to a channel that hands over directly and has no partner yet, at either
        /// [`End`], in order of arrival: the engine's side. One of the two is empty.
        offers: [Vec<TaskId>; 2],
    },
    Atomic,
    Waker {
        /// It was used since its task was polled last.
        is_used: bool,
        /// How many were replaced: the number of the present one.
        number: u32,
    },
    Result,
}

impl Object {
    /// A lock that nobody holds.
    pub(crate) fn free_lock(kind: ObjectKind) -> Self {
        match kind {
            ObjectKind::RwLock => Object::RwLock {
                writer: None,
                readers: Vec::new(),
            },
            _ => Object::Mutex { owner: None },
        }
    }

    pub(crate) fn kind(&self) -> ObjectKind {
        match self {
            Object::Mutex { .. } => ObjectKind::Mutex,
            Object::RwLock { .. } => ObjectKind::RwLock,
            Object::Condvar { .. } => ObjectKind::Condvar,
            Object::Channel { .. } => ObjectKind::Channel,
            Object::Atomic => ObjectKind::Atomic,
            Object::Waker { .. } => ObjectKind::Waker,
            Object::Result => ObjectKind::Result,
        }
    }
}

/// One of the two ends of a channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum End {
    Sender,
    Receiver,
}

impl End {
    /// The end across.
    pub(crate) fn other(self) -> End {
        match self {
            End::Sender => End::Receiver,
            End::Receiver => End::Sender,
        }
    }
}

/// The shared objects of an execution, by [`ObjectId`].
#[derive(Debug, Default)]
pub(crate) struct Objects {
    pub(super) list: Vec<Object>,
}

impl Objects {
    pub(crate) fn add(&mut self, object: Object) -> ObjectId {
        self.list.push(object);
        ObjectId(u32::try_from(self.list.len() - 1).expect("fewer than 2^32 objects"))
    }

    /// True for a channel that hands over directly.
    pub(crate) fn hands_over(&self, channel: ObjectId) -> bool {
        matches!(
            self.get(channel),
            Object::Channel {
                capacity: Some(0),
                ..
            }
        )
    }

    /// Who has come to this end of a channel that hands over directly, and has no partner yet.
    pub(crate) fn offers(&mut self, channel: ObjectId, end: End) -> &mut Vec<TaskId> {
        match &mut self.list[channel.index()] {
            Object::Channel { offers, .. } => &mut offers[end as usize],
            other => unreachable!("only channels have ends: {other:?}"),
        }
    }

    /// True if the channel holds no message.
    pub(crate) fn is_empty(&self, channel: ObjectId) -> bool {
        matches!(self.get(channel), Object::Channel { length: 0, .. })
    }

    /// True if nobody is left at this end of a channel.
    pub(crate) fn is_gone(&self, channel: ObjectId, end: End) -> bool {
        match (self.get(channel), end) {
            (Object::Channel { senders, .. }, End::Sender) => *senders == 0,
            (Object::Channel { receivers, .. }, End::Receiver) => *receivers == 0,
            _ => false,
        }
    }

    /// The number of the message that has just passed this end of a channel, and the number of the
    /// one that had to pass the other end before.
    pub(crate) fn latest_passage(&self, channel: ObjectId, end: End) -> (u32, Option<u32>) {
        let Object::Channel {
            capacity, passed, ..
        } = self.get(channel)
        else {
            unreachable!("only channels have ends");
        };
        let number = passed[end as usize] - 1;
        let awaited = match (end, capacity) {
            (End::Receiver, _) => Some(number),
            (End::Sender, Some(most)) => u32::try_from(*most)
                .ok()
                .and_then(|n| number.checked_sub(n)),
            (End::Sender, None) => None,
        };
        (number, awaited)
    }

    /// How many messages fit into the channel; `None` if any number does.
    pub(crate) fn capacity(&self, channel: ObjectId) -> Option<u32> {
        match self.get(channel) {
            Object::Channel { capacity, .. } => capacity.and_then(|most| u32::try_from(most).ok()),
            _ => None,
        }
    }

    /// True if no reader holds the lock, so that a writer that has begun can come in.
    fn is_drained(&self, lock: ObjectId) -> bool {
        matches!(self.get(lock), Object::RwLock { readers, .. } if readers.is_empty())
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }

    #[inline]
    pub(crate) fn get(&self, id: ObjectId) -> &Object {
        &self.list[id.index()]
    }

    /// True if the operation would not wait, as far as objects are concerned.
    #[inline(always)]
    pub(crate) fn ready(&self, operation: &Operation) -> bool {
        match *operation {
            Operation::Lock(id)
            | Operation::BeginPoll(id)
            | Operation::LockFor { mutex: id, .. }
            | Operation::Wake { mutex: id, .. } => {
                matches!(self.get(id), Object::Mutex { owner: None })
            }
            Operation::Read(id)
            | Operation::ReadFor { lock: id, .. }
            | Operation::BeginWrite(id)
            | Operation::BeginWriteFor { lock: id, .. } => {
                matches!(self.get(id), Object::RwLock { writer: None, .. })
            }
            // The writer has begun: only readers are in its way.
            Operation::Write(id) | Operation::WriteFor { lock: id, .. } => self.is_drained(id),
            Operation::Send { channel, .. } => self.can_send(channel),
            Operation::Receive { channel, .. } => self.can_receive(channel),
            Operation::Pend { waker, .. } => self.is_used(waker),
            _ => true,
        }
    }

    /// True if it is this waker that the task is polled with.
    pub(crate) fn is_present(&self, waker: ObjectId, its: u32) -> bool {
        matches!(self.get(waker), Object::Waker { number, .. } if *number == its)
    }

    /// True if a waker was used since its task was polled last.
    pub(crate) fn is_used(&self, waker: ObjectId) -> bool {
        matches!(self.get(waker), Object::Waker { is_used: true, .. })
    }

    pub(super) fn is_free_for_writing(&self, id: ObjectId) -> bool {
        matches!(self.get(id), Object::RwLock { writer: None, readers } if readers.is_empty())
    }

    pub(super) fn is_locked(&self, id: ObjectId) -> bool {
        match self.get(id) {
            Object::RwLock { writer, readers } => writer.is_some() || !readers.is_empty(),
            Object::Mutex { owner } => owner.is_some(),
            _ => false,
        }
    }

    pub(super) fn can_send(&self, id: ObjectId) -> bool {
        match *self.get(id) {
            Object::Channel { receivers: 0, .. } | Object::Channel { capacity: None, .. } => true,
            Object::Channel {
                capacity: Some(0),
                length,
                waiting,
                ..
            } => length < waiting,
            Object::Channel {
                capacity: Some(capacity),
                length,
                ..
            } => length < capacity,
            _ => false,
        }
    }

    pub(super) fn can_receive(&self, id: ObjectId) -> bool {
        matches!(*self.get(id), Object::Channel { length, senders, .. } if length > 0 || senders == 0)
    }

    /// Counts one more, or one fewer, task that waits to receive: loom's side.
    #[cfg(loom)]
    pub(crate) fn count_waiting_receiver(&mut self, channel: ObjectId, begins: bool) {
        if let Object::Channel { waiting, .. } = &mut self.list[channel.index()] {
            *waiting = if begins { *waiting + 1 } else { *waiting - 1 };
        }
    }

    /// The tasks that wait at a condvar, in order of arrival.
    pub(crate) fn waiting_at(&self, condvar: ObjectId) -> &[TaskId] {
        match self.get(condvar) {
            Object::Condvar { waiters, .. } => waiters,
            _ => &[],
        }
    }

    /// The same, to be changed.
    pub(crate) fn waiters(&mut self, condvar: ObjectId) -> Option<&mut Vec<TaskId>> {
        match &mut self.list[condvar.index()] {
            Object::Condvar { waiters, .. } => Some(waiters),
            _ => None,
        }
    }

    /// Notes that a notification found nobody waiting.
    pub(crate) fn note_unheard(&mut self, condvar: ObjectId) {
        if let Object::Condvar { unheard, .. } = &mut self.list[condvar.index()] {
            *unheard = true;
        }
    }

    /// How many of a channel's senders or receivers there are, to be changed by the ends.
    pub(crate) fn ends(&mut self, channel: ObjectId) -> Option<(&mut usize, &mut usize)> {
        match &mut self.list[channel.index()] {
            Object::Channel {
                senders, receivers, ..
            } => Some((senders, receivers)),
            _ => None,
        }
    }

    /// The tasks that hold what the operation waits for.
    pub(crate) fn holders(&self, operation: &Operation) -> Vec<TaskId> {
        let id = match *operation {
            Operation::Wake { mutex, .. } => Some(mutex),
            ref other => other.object(),
        };
        match id.map(|id| self.get(id)) {
            Some(Object::Mutex { owner }) => owner.iter().copied().collect(),
            Some(Object::RwLock { writer, readers }) => match operation {
                // A writer that has begun waits for readers only.
                Operation::Write(_) if !readers.is_empty() => readers.clone(),
                Operation::Read(_) | Operation::ReadFor { .. } => writer.iter().copied().collect(),
                _ => writer.iter().chain(readers).copied().collect(),
            },
            _ => Vec::new(),
        }
    }
}
