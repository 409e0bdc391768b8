//! The engine's picture of the shared objects: which operations can go on, and what they change.
//!
//! The real primitives do the work; this picture only says *when* they can do it without blocking.

use super::operation::{ObjectId, ObjectKind, Operation, Response, TaskId};

/// The value of the event in which a channel's last sender or receiver is dropped.
pub(crate) const LAST_END: &str = "the last";

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
        length: usize,
        senders: usize,
        receivers: usize,
        /// Receivers that wait, for channels that hand over directly (capacity 0).
        waiting: usize,
    },
    Atomic,
}

impl Object {
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

/// The shared objects of an execution, by [`ObjectId`].
#[derive(Debug, Default)]
pub(crate) struct Objects(Vec<Object>);

impl Objects {
    pub(crate) fn add(&mut self, object: Object) -> ObjectId {
        self.0.push(object);
        ObjectId(u32::try_from(self.0.len() - 1).expect("fewer than 2^32 objects"))
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    #[inline]
    pub(crate) fn get(&self, id: ObjectId) -> &Object {
        &self.0[id.index()]
    }

    /// True if the operation would not wait, as far as objects are concerned.
    #[inline]
    pub(crate) fn ready(&self, operation: &Operation) -> bool {
        match *operation {
            Operation::Lock(id) | Operation::Wake { mutex: id, .. } => {
                matches!(self.get(id), Object::Mutex { owner: None })
            }
            Operation::Read(id) => matches!(self.get(id), Object::RwLock { writer: None, .. }),
            Operation::Write(id) => self.is_free_for_writing(id),
            Operation::Send { channel, .. } => self.can_send(channel),
            Operation::Receive { channel, .. } => self.can_receive(channel),
            _ => true,
        }
    }

    fn is_free_for_writing(&self, id: ObjectId) -> bool {
        matches!(self.get(id), Object::RwLock { writer: None, readers } if readers.is_empty())
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

    /// Makes the change that the operation makes; it must be [ready](Self::ready), or a `try_`.
    pub(crate) fn perform(&mut self, task: TaskId, operation: &Operation) -> Response {
        let could = match *operation {
            Operation::TryLock(id) => self.ready(&Operation::Lock(id)),
            Operation::TryRead(id) => self.ready(&Operation::Read(id)),
            Operation::TryWrite(id) => self.ready(&Operation::Write(id)),
            Operation::TrySend(id) => self.can_send(id),
            Operation::TryReceive(id) => self.can_receive(id),
            _ => true,
        };
        let Some(id) = operation.object().filter(|_| could) else {
            return if could {
                Response::Done
            } else {
                Response::WouldBlock
            };
        };
        match (&mut self.0[id.index()], *operation) {
            (Object::Mutex { owner }, Operation::Unlock(_)) => *owner = None,
            (Object::Mutex { owner }, _) => *owner = Some(task),
            (Object::RwLock { readers, .. }, Operation::Read(_) | Operation::TryRead(_)) => {
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
                    length,
                    senders,
                    receivers,
                    ..
                },
                operation,
            ) => {
                return change_channel(length, senders, receivers, &operation);
            }
            _ => {}
        }
        Response::Done
    }

    fn set_owner(&mut self, mutex: ObjectId, new: Option<TaskId>) {
        if let Object::Mutex { owner } = &mut self.0[mutex.index()] {
            *owner = new;
        }
    }

    /// Counts one more, or one fewer, task that waits to receive.
    pub(crate) fn count_waiting_receiver(&mut self, channel: ObjectId, begins: bool) {
        if let Object::Channel { waiting, .. } = &mut self.0[channel.index()] {
            *waiting = if begins { *waiting + 1 } else { *waiting - 1 };
        }
    }

    /// The tasks that wait at a condvar, in order of arrival.
    pub(crate) fn waiters(&mut self, condvar: ObjectId) -> Option<&mut Vec<TaskId>> {
        match &mut self.0[condvar.index()] {
            Object::Condvar { waiters, .. } => Some(waiters),
            _ => None,
        }
    }

    /// Notes that a notification found nobody waiting.
    pub(crate) fn note_unheard(&mut self, condvar: ObjectId) {
        if let Object::Condvar { unheard, .. } = &mut self.0[condvar.index()] {
            *unheard = true;
        }
    }

    /// How many of a channel's senders or receivers there are, to be changed by the ends.
    pub(crate) fn ends(&mut self, channel: ObjectId) -> Option<(&mut usize, &mut usize)> {
        match &mut self.0[channel.index()] {
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
            Some(Object::RwLock { writer, readers }) => {
                writer.iter().chain(readers).copied().collect()
            }
            _ => Vec::new(),
        }
    }
}

fn change_channel(
    length: &mut usize,
    senders: &mut usize,
    receivers: &mut usize,
    operation: &Operation,
) -> Response {
    match operation {
        Operation::Send { .. } | Operation::TrySend(_) if *receivers == 0 => {
            return Response::Disconnected;
        }
        Operation::Send { .. } | Operation::TrySend(_) => *length += 1,
        Operation::Receive { .. } | Operation::TryReceive(_) if *length == 0 => {
            return Response::Disconnected;
        }
        Operation::Receive { .. } | Operation::TryReceive(_) => *length -= 1,
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
