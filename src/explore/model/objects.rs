//! The engine's model of the shared objects: which operations can go on, and what they change.
//!
//! The real primitives do the work; this model only says *when* they can do it without blocking.

use crate::explore::model::operation::{ObjectId, ObjectKind, Operation, Response, TaskId};

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
    list: Vec<Object>,
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
            _ => true,
        }
    }

    fn is_free_for_writing(&self, id: ObjectId) -> bool {
        matches!(self.get(id), Object::RwLock { writer: None, readers } if readers.is_empty())
    }

    fn is_locked(&self, id: ObjectId) -> bool {
        match self.get(id) {
            Object::RwLock { writer, readers } => writer.is_some() || !readers.is_empty(),
            Object::Mutex { owner } => owner.is_some(),
            _ => false,
        }
    }

    fn can_send(&self, id: ObjectId) -> bool {
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

    fn can_receive(&self, id: ObjectId) -> bool {
        matches!(*self.get(id), Object::Channel { length, senders, .. } if length > 0 || senders == 0)
    }

    /// True unless it is an attempt that fails.
    fn could(&self, operation: &Operation) -> bool {
        match *operation {
            Operation::TryLock(id) => self.ready(&Operation::Lock(id)),
            Operation::TryRead(id) => self.ready(&Operation::Read(id)),
            Operation::TryWrite(id) => self.is_free_for_writing(id),
            Operation::IsLocked(id) => self.is_locked(id),
            Operation::IsWriting(id) => {
                matches!(
                    self.get(id),
                    Object::RwLock {
                        writer: Some(_),
                        ..
                    }
                )
            }
            Operation::TrySend(id) => self.can_send(id),
            Operation::TryReceive(id) => self.can_receive(id),
            _ => true,
        }
    }

    /// Makes the change that the operation makes; it must be [ready](Self::ready), or a `try_`.
    pub(crate) fn perform(&mut self, task: TaskId, operation: &Operation) -> Response {
        let could = self.could(operation);
        let Some(id) = operation.object().filter(|_| could) else {
            return if could {
                Response::Done
            } else {
                Response::WouldBlock
            };
        };
        match (&mut self.list[id.index()], *operation) {
            (_, Operation::IsLocked(_) | Operation::IsWriting(_)) => {}
            (Object::Mutex { owner }, Operation::Unlock(_)) => *owner = None,
            (Object::Mutex { owner }, _) => *owner = Some(task),
            (
                Object::RwLock { readers, .. },
                Operation::Read(_) | Operation::TryRead(_) | Operation::ReadFor { .. },
            ) => readers.push(task),
            (Object::RwLock { writer, readers }, Operation::Downgrade(_)) => {
                *writer = None;
                readers.push(task);
            }
            (Object::RwLock { readers, .. }, Operation::UnlockRead(_)) => {
                if let Some(position) = readers.iter().position(|&reader| reader == task) {
                    readers.swap_remove(position);
                }
            }
            (Object::RwLock { writer, .. }, Operation::UnlockWrite(_)) => *writer = None,
            (Object::RwLock { writer, .. }, _) => *writer = Some(task),
            (Object::Condvar { waiters, .. }, Operation::Wait { mutex, .. }) => {
                waiters.push(task);
                self.set_owner(mutex, None);
            }
            (Object::Condvar { .. }, Operation::Wake { mutex, .. }) => {
                self.set_owner(mutex, Some(task));
            }
            (
                Object::Channel {
                    passed,
                    length,
                    senders,
                    receivers,
                    ..
                },
                operation,
            ) => {
                return change_channel(passed, length, senders, receivers, &operation);
            }
            _ => {}
        }
        Response::Done
    }

    /// A writer that has begun goes away.
    pub(crate) fn give_up_writing(&mut self, lock: ObjectId) {
        if let Object::RwLock { writer, .. } = &mut self.list[lock.index()] {
            *writer = None;
        }
    }

    fn set_owner(&mut self, mutex: ObjectId, new: Option<TaskId>) {
        if let Object::Mutex { owner } = &mut self.list[mutex.index()] {
            *owner = new;
        }
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

fn change_channel(
    passed: &mut [u32; 2],
    length: &mut usize,
    senders: &mut usize,
    receivers: &mut usize,
    operation: &Operation,
) -> Response {
    match operation {
        Operation::Send { .. } | Operation::TrySend(_) if *receivers == 0 => {
            return Response::Disconnected;
        }
        Operation::Send { .. } | Operation::TrySend(_) => {
            *length += 1;
            passed[End::Sender as usize] += 1;
        }
        Operation::Receive { .. } | Operation::TryReceive(_) if *length == 0 => {
            return Response::Disconnected;
        }
        Operation::Receive { .. } | Operation::TryReceive(_) => {
            *length -= 1;
            passed[End::Receiver as usize] += 1;
        }
        Operation::DropSender(_) => *senders -= 1,
        Operation::DropReceiver(_) => {
            *receivers -= 1;
            if *receivers == 0 {
                *length = 0;
            }
        }
        _ => {}
    }
    Response::Done
}
