//! Which operations commute: the relation on which the reduction rests, in one place.
//!
//! An operation `b` comes after an operation `a` of another task. They are
//!
//! - *independent* if the two would come to the same in the other order, were they neighbours;
//! - *freed* if `a` makes room for `b`: it cannot come right before `a`, but could come before
//!   what took the room, which also is before `a`;
//! - *enabled* if `b` cannot come before `a` at all, nor before what is before `a`;
//! - *racing* otherwise.
//!
//! Only operations on the same object can be other than independent:
//!
//! | object | `a` | `b` | |
//! |---|---|---|---|
//! | mutex | given back (unlock, wait) | taken (lock, wake) | freed |
//! | | an attempt that failed | a lock, or another such attempt | independent: the holder comes between them |
//! | | any | any | racing |
//! | rwlock | read, unlock read | read, unlock read | independent |
//! | | unlock read | write | freed |
//! | | unlock write | read, write | freed |
//! | | any | any | racing |
//! | condvar | a notification | the wake-up of who heard it | enabled |
//! | | a notification | a wait, and the other way round | racing |
//! | | a notification that somebody heard | a notification, and the other way round | racing |
//! | channel | send | the receive of that message | freed; with an attempt to receive, racing |
//! | | receive | the send that takes its place in a full channel | freed; with an attempt, racing |
//! | | send | receive, and the other way round | independent: they are at different ends |
//! | | send, receive | send, receive at the same end | racing |
//! | | an attempt that failed, a length | any that changes the length | racing |
//! | | a sender is dropped | a receive that finds nothing | freed; an attempt, racing |
//! | | a receiver is dropped | any send or length, and the other way round | racing |
//! | atomic | load | load | independent |
//! | | any | any | racing |
//! | task | any operation of it | whether it has finished | racing, and the other way round |
//! | | unpark that gives the token | park | enabled; one that gives nothing, racing |
//! | | unpark that gives the token, park | unpark | racing |
//!
//! What a notification returns tells how many waited. That is known from what it comes after, since
//! it races with every wait and, if either is heard, with every other notification; those that
//! nobody hears return the same in either order. Whom it wakes is part of its [`Act`], hence of what
//! makes two executions equal, and how many it wakes is part of that.
//!
//! Fences, joins, lengths and notifications that nobody hears commute among themselves. A task's
//! start comes after its parent's operation before it, a join after the task's last operation, and
//! the final check after those of all threads.

use crate::explore::operation::{ObjectId, Operation, Response, TaskId};

/// How an operation stands to an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Relation {
    Independent,
    Freed,
    Enabled,
    Racing,
}

use Relation::{Enabled, Freed, Independent, Racing};

/// An operation of an execution, with what its relations to others depend on.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Act {
    pub(super) task: TaskId,
    pub(super) operation: Operation,
    /// `None` for one that is not performed, since the execution has ended.
    pub(super) response: Option<Response>,
    /// Which of its channel's messages it sends or receives, if it does.
    pub(super) message: Option<u32>,
    /// How many messages fit into its channel.
    pub(super) capacity: Option<u32>,
    /// Whom it notifies; for an unpark, to whom it gives a token.
    pub(super) notified: Vec<TaskId>,
}

impl Act {
    /// One of which it is not known what it comes to.
    pub(super) fn to_come((task, operation): (TaskId, Operation)) -> Self {
        Act {
            task,
            operation,
            response: None,
            message: None,
            capacity: None,
            notified: Vec::new(),
        }
    }
}

/// How `b` stands to `a`, which came before it and is another task's.
pub(super) fn relation(a: &Act, b: &Act) -> Relation {
    let objects = match (a.operation.object(), b.operation.object()) {
        (Some(x), Some(y)) if x == y => on_same_object(a, b),
        _ => Independent,
    };
    objects.max(on_mutex(a, b)).max(on_tasks(a, b))
}

/// True unless what a task is about to do and what another one has done come to the same in either
/// order, if both can be done.
pub(super) fn may_depend(pending: &(TaskId, Operation), done: &Act) -> bool {
    let (a, b) = (pending, &(done.task, done.operation));
    use Operation::*;
    // What has changed nothing, since somebody else has the lock, nobody waits, or the token is
    // there, leaves nothing to change for another such attempt.
    let is_idle = done.response.is_some() && done.notified.is_empty();
    let changes_nothing = match (a.1, b.1) {
        (TryLock(x), TryLock(y)) => x == y && has_failed(done),
        (NotifyOne(x) | NotifyAll(x), NotifyOne(y) | NotifyAll(y)) => x == y && is_idle,
        (Unpark(x), Unpark(y)) => x == y && is_idle,
        _ => false,
    };
    if changes_nothing {
        return false;
    }
    let same_object = match (a.1, b.1) {
        (Load(_), Load(_)) | (Length(_), Length(_)) | (Wait { .. }, Wait { .. }) => false,
        (Read(_) | UnlockRead(_), Read(_) | UnlockRead(_)) => false,
        // It has been woken; only its mutex matters.
        (Wake { .. }, _) | (_, Wake { .. }) => false,
        // Both are possible: the message that is received is there, and so is the room.
        (Send { .. }, Receive { .. }) | (Receive { .. }, Send { .. }) => false,
        (DropSender(_), TryReceive(_)) | (TryReceive(_), DropSender(_)) => {
            a.1.object() == b.1.object()
        }
        (DropSender(_), _) | (_, DropSender(_)) => false,
        (DropReceiver(_), DropReceiver(_) | Receive { .. } | TryReceive(_)) => false,
        (Receive { .. } | TryReceive(_), DropReceiver(_)) => false,
        (x, y) => x.object().is_some() && x.object() == y.object(),
    };
    let same_mutex = mutex(&a.1).is_some() && mutex(&a.1) == mutex(&b.1);
    let same_task = match (a.1, b.1) {
        (Unpark(x), Unpark(y)) => x == y,
        (Unpark(target), Park { .. }) => target == b.0,
        (Park { .. }, Unpark(target)) => target == a.0,
        (IsFinished(task), _) if task == b.0 => true,
        (_, IsFinished(task)) => task == a.0,
        _ => false,
    };
    same_object || same_mutex || same_task
}

/// The mutex that the operation takes or gives back.
fn mutex(operation: &Operation) -> Option<ObjectId> {
    match *operation {
        Operation::Lock(id) | Operation::TryLock(id) | Operation::Unlock(id) => Some(id),
        Operation::Wait { mutex, .. } | Operation::Wake { mutex, .. } => Some(mutex),
        _ => None,
    }
}

fn has_failed(act: &Act) -> bool {
    act.response == Some(Response::WouldBlock)
}

fn on_mutex(a: &Act, b: &Act) -> Relation {
    use Operation::*;
    if mutex(&a.operation).is_none() || mutex(&a.operation) != mutex(&b.operation) {
        return Independent;
    }
    match (a.operation, b.operation) {
        (Unlock(_) | Wait { .. }, Lock(_) | Wake { .. }) => Freed,
        (TryLock(_), Lock(_) | Wake { .. }) if has_failed(a) => Independent,
        (TryLock(_), TryLock(_)) if has_failed(a) && has_failed(b) => Independent,
        _ => Racing,
    }
}

fn on_same_object(a: &Act, b: &Act) -> Relation {
    use Operation::*;
    match (a.operation, b.operation) {
        // Mutexes have a function of their own, since waits are about them as well.
        (Lock(_) | TryLock(_) | Unlock(_), _) => Independent,
        (Load(_), Load(_)) | (Length(_), Length(_)) => Independent,
        (Load(_) | Store(_) | Update(..), _) => Racing,
        (Read(_) | UnlockRead(_), Read(_) | UnlockRead(_)) => Independent,
        (UnlockRead(_), Write(_)) | (UnlockWrite(_), Read(_) | Write(_)) => Freed,
        (Read(_) | TryRead(_) | UnlockRead(_) | Write(_) | TryWrite(_) | UnlockWrite(_), _) => {
            Racing
        }
        (Wait { .. } | Wake { .. } | NotifyOne(_) | NotifyAll(_), _) => on_condvar(a, b),
        _ => on_channel(a, b),
    }
}

fn on_condvar(a: &Act, b: &Act) -> Relation {
    use Operation::*;
    match (a.operation, b.operation) {
        (NotifyOne(_) | NotifyAll(_), Wake { .. }) if a.notified.contains(&b.task) => Enabled,
        (Wake { .. }, _) | (_, Wake { .. }) | (Wait { .. }, Wait { .. }) => Independent,
        (Wait { .. }, _) | (_, Wait { .. }) => Racing,
        _ if a.notified.is_empty() && b.notified.is_empty() => Independent,
        _ => Racing,
    }
}

fn on_channel(a: &Act, b: &Act) -> Relation {
    use Operation::*;
    let has_nothing = |act: &Act| act.message.is_none();
    match (a.operation, b.operation) {
        (DropSender(_), DropSender(_)) | (DropReceiver(_), DropReceiver(_)) => Independent,
        (DropSender(_), Receive { .. }) if has_nothing(b) => Freed,
        (DropSender(_), TryReceive(_)) if has_nothing(b) => Racing,
        (TryReceive(_), DropSender(_)) if has_nothing(a) => Racing,
        (DropSender(_), _) | (_, DropSender(_)) => Independent,
        (DropReceiver(_), Receive { .. } | TryReceive(_)) => Independent,
        (Receive { .. } | TryReceive(_), DropReceiver(_)) => Independent,
        (DropReceiver(_) | Length(_), _) | (_, DropReceiver(_) | Length(_)) => Racing,
        _ => at_the_ends(a, b),
    }
}

/// Sends and receives, of which some may have failed.
fn at_the_ends(a: &Act, b: &Act) -> Relation {
    use Operation::*;
    let is_send = |act: &Act| matches!(act.operation, Send { .. } | TrySend(_));
    let is_attempt = matches!(b.operation, TrySend(_) | TryReceive(_));
    let takes_it = if is_attempt { Racing } else { Freed };
    match (a.message, b.message) {
        (Some(sent), Some(received)) if is_send(a) && !is_send(b) => match sent == received {
            true => takes_it,
            false => Independent,
        },
        (Some(received), Some(sent)) if !is_send(a) && is_send(b) => {
            let makes_room = |capacity: u32| received + capacity == sent;
            match a.capacity.is_some_and(makes_room) {
                true => takes_it,
                false => Independent,
            }
        }
        // A receive for which there was nothing, or a send for which there was no room: others at
        // the same end were faster.
        (Some(_), None) if !is_attempt && is_send(a) != is_send(b) => Freed,
        _ => Racing,
    }
}

fn on_tasks(a: &Act, b: &Act) -> Relation {
    use Operation::*;
    match (a.operation, b.operation) {
        (Unpark(target), Park { .. }) if target == b.task => match a.notified.is_empty() {
            true => Racing,
            false => Enabled,
        },
        (Unpark(x), Unpark(y)) if x == y && !(a.notified.is_empty() && b.notified.is_empty()) => {
            Racing
        }
        (Park { .. }, Unpark(target)) if target == a.task => Racing,
        (IsFinished(task), _) if task == b.task => Racing,
        (_, IsFinished(task)) if task == a.task => Racing,
        _ => Independent,
    }
}
