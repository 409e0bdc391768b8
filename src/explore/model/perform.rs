//! What operations change in the model of the objects.

use super::objects::{End, Object, Objects};
use super::operation::{ObjectId, Operation, Response, TaskId};

impl Objects {
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
            Operation::TakeWakeUp(id) => self.is_used(id),
            Operation::WakeTask { waker, number, .. } => self.is_present(waker, number),
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
            (Object::Mutex { owner }, Operation::Unlock(_) | Operation::EndPoll(_)) => {
                *owner = None
            }
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
            (
                Object::Waker { is_used, .. },
                Operation::WakeTask { .. } | Operation::AbortTask { .. },
            ) => *is_used = true,
            (Object::Waker { is_used, .. }, Operation::Pend { .. } | Operation::TakeWakeUp(_)) => {
                *is_used = false
            }
            (Object::Waker { number, .. }, Operation::ReplaceWaker(_)) => *number += 1,
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
