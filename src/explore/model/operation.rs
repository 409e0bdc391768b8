//! What tasks do: the visible operations. The record of one execution is [`record`](crate::explore::model::record).

pub use super::response::Response;

use std::fmt;
use std::time::Duration;

/// A task of one execution, numbered in order of creation; task 0 sets the scenario up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TaskId(pub u16);

impl TaskId {
    /// The task that builds the scenario, before its threads start.
    pub const SETUP: TaskId = TaskId(0);

    /// The task at this position in lists of tasks.
    ///
    /// # Panics
    /// Panics beyond the last that an execution can have.
    pub fn at(index: usize) -> TaskId {
        TaskId(u16::try_from(index).expect("an execution has no more tasks than that"))
    }

    /// The position of this task in lists of tasks.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// An object that tasks share, numbered in order of creation within one execution.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ObjectId(pub u32);

impl ObjectId {
    /// The position of this object in lists of objects.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a shared object is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ObjectKind {
    /// A `Mutex`.
    Mutex,
    /// An `RwLock`.
    RwLock,
    /// A `Condvar`.
    Condvar,
    /// Both ends of a channel.
    Channel,
    /// Any atomic variable.
    Atomic,
    /// What wakes a task of async code: the waker that it is polled with.
    Waker,
    /// What a task of async code comes to, as its `JoinHandle` knows it.
    Result,
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ObjectKind::Mutex => "mutex",
            ObjectKind::RwLock => "rwlock",
            ObjectKind::Condvar => "condvar",
            ObjectKind::Channel => "channel",
            ObjectKind::Atomic => "atomic",
            ObjectKind::Waker => "waker",
            ObjectKind::Result => "task",
        })
    }
}

/// A visible operation: a step at which the order of tasks can matter.
///
/// Deadlines are points of the execution's clock, which starts at zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
// What follows the variant's number is copied at every step: behind a number of one byte that would be
// in parts that overlap, which processors are slow to read back.
#[repr(u32)]
pub enum Operation {
    /// Takes a mutex; waits while another task holds it.
    Lock(ObjectId),
    /// Takes a mutex if it is free.
    TryLock(ObjectId),
    /// Takes a mutex; waits for so long at most.
    LockFor {
        /// The mutex.
        mutex: ObjectId,
        /// When the task stops waiting.
        deadline: Duration,
    },
    /// Gives a mutex back.
    Unlock(ObjectId),
    /// Takes a read-write lock for reading.
    Read(ObjectId),
    /// Takes a read-write lock for reading if no writer holds it.
    TryRead(ObjectId),
    /// Takes a read-write lock for reading; waits for so long at most.
    ReadFor {
        /// The lock.
        lock: ObjectId,
        /// When the task stops waiting.
        deadline: Duration,
    },
    /// Gives back a read-write lock held for reading.
    UnlockRead(ObjectId),
    /// The first half of a write: waits while another writer has begun, and from then on holds up
    /// new readers.
    BeginWrite(ObjectId),
    /// Takes a read-write lock for writing; waits until no reader is left.
    Write(ObjectId),
    /// Takes a read-write lock for writing if nobody holds it.
    TryWrite(ObjectId),
    /// The first half of a timed write: waits for so long at most while another writer has begun,
    /// and from then on holds up new readers.
    BeginWriteFor {
        /// The lock.
        lock: ObjectId,
        /// When the task stops waiting.
        deadline: Duration,
    },
    /// The other half of a timed write: waits for so long at most until no reader is left. If the
    /// time is over first, readers come in again.
    WriteFor {
        /// The lock.
        lock: ObjectId,
        /// When the task stops waiting.
        deadline: Duration,
    },
    /// Gives back a read-write lock held for writing.
    UnlockWrite(ObjectId),
    /// Goes on with a read-write lock for reading that was held for writing.
    Downgrade(ObjectId),
    /// Asks whether a lock is held.
    IsLocked(ObjectId),
    /// Asks whether a read-write lock is held for writing.
    IsWriting(ObjectId),
    /// Gives the mutex back and starts to wait, in one step.
    Wait {
        /// Where the task waits.
        condvar: ObjectId,
        /// What it gives back meanwhile.
        mutex: ObjectId,
    },
    /// The middle of a timed wait: it ends here, by a notification that has come or by its time.
    EndWait {
        /// Where the task waits.
        condvar: ObjectId,
        /// What it takes again afterwards.
        mutex: ObjectId,
        /// When it stops waiting.
        deadline: Duration,
    },
    /// The last part of a wait: once woken, takes the mutex again.
    Wake {
        /// Where the task waited.
        condvar: ObjectId,
        /// What it takes again.
        mutex: ObjectId,
        /// When it stops waiting, if the wait is timed.
        deadline: Option<Duration>,
    },
    /// Wakes one waiter, any of them.
    NotifyOne(ObjectId),
    /// Wakes every waiter.
    NotifyAll(ObjectId),
    /// The first half of a send over a channel without room: from then on a receiver can find it.
    OfferSend(ObjectId),
    /// The first half of a receive from a channel without room: from then on a sender can find it.
    OfferReceive(ObjectId),
    /// Puts a message into a channel; waits while it is full.
    Send {
        /// The channel.
        channel: ObjectId,
        /// When the task stops waiting, if the send is timed.
        deadline: Option<Duration>,
    },
    /// Puts a message into a channel if there is room.
    TrySend(ObjectId),
    /// Takes a message from a channel; waits while it is empty.
    Receive {
        /// The channel.
        channel: ObjectId,
        /// When the task stops waiting, if the receive is timed.
        deadline: Option<Duration>,
    },
    /// Takes a message from a channel if there is one.
    TryReceive(ObjectId),
    /// Asks how many messages a channel holds.
    Length(ObjectId),
    /// Drops a sender of a channel; the last one hangs up.
    DropSender(ObjectId),
    /// Drops a receiver of a channel; the last one hangs up.
    DropReceiver(ObjectId),
    /// Reads an atomic.
    Load(ObjectId),
    /// Writes an atomic.
    Store(ObjectId),
    /// Reads and writes an atomic in one step; the name is the method's.
    Update(ObjectId, &'static str),
    /// A memory fence.
    Fence,
    /// Creates a task.
    Spawn(TaskId),
    /// Waits until a task has finished.
    Join(TaskId),
    /// Asks whether a task has finished.
    IsFinished(TaskId),
    /// The first half of a park: it may end here without a reason, and then takes no permit.
    BeginPark {
        /// When the task stops waiting, if the park is timed.
        deadline: Option<Duration>,
    },
    /// The other half of a park: waits for the permit that `unpark` gives, and takes it.
    Park {
        /// When the task stops waiting, if the park is timed.
        deadline: Option<Duration>,
    },
    /// Gives a task its permit.
    Unpark(TaskId),
    /// Takes the one thread of an executor, to poll a task; waits while another task is polled.
    BeginPoll(ObjectId),
    /// Gives the one thread of an executor back.
    EndPoll(ObjectId),
    /// The first half of an await: it may end here without a reason, and then takes no wake-up.
    BeginPend {
        /// What wakes the task.
        waker: ObjectId,
        /// When the task stops waiting, if a timer is set.
        deadline: Option<Duration>,
    },
    /// The other half of an await: waits until the task is woken since it was polled last.
    Pend {
        /// What wakes the task.
        waker: ObjectId,
        /// When the task stops waiting, if a timer is set.
        deadline: Option<Duration>,
    },
    /// Wakes a task of async code: what it awaits may have come.
    WakeTask {
        /// What wakes the task.
        waker: ObjectId,
        /// The number of the waker that is used: an earlier one than the present wakes nobody.
        number: u32,
        /// The task.
        task: TaskId,
    },
    /// Asks a task of async code to end at its next await, and wakes it.
    AbortTask {
        /// What wakes the task.
        waker: ObjectId,
        /// The task.
        task: TaskId,
    },
    /// A future that may be dropped at any await is at one: it may be dropped here, without a reason.
    MayDrop,
    /// A task of async code takes a wake-up, if there is one: it goes on in any case.
    TakeWakeUp(ObjectId),
    /// A task of async code is polled with another waker from now on.
    ReplaceWaker(ObjectId),
    /// A task of async code has come to its result.
    Complete(ObjectId),
    /// Asks whether a task of async code has come to its result.
    IsDone(ObjectId),
    /// Asks the same as a part of an await, to be woken if it has not.
    PollResult(ObjectId),
    /// The end of a spawned task, after its last operation.
    Finish,
    /// Gives way to the other tasks.
    Yield,
    /// Chooses one of so many: what the code asked for, or at which operation a selection looks first.
    Choose {
        /// How many there are.
        count: u8,
        /// A selection's own choice.
        in_selection: bool,
    },
    /// Waits until something changes of what a selection has looked at in vain.
    Await {
        /// When the task stops waiting, if the selection is timed.
        deadline: Option<Duration>,
    },
    /// Waits until the clock has reached a point.
    Sleep {
        /// That point.
        until: Duration,
    },
}

impl Operation {
    /// The object that the operation is about, if there is one.
    pub fn object(&self) -> Option<ObjectId> {
        use Operation::*;
        match *self {
            Lock(o)
            | TryLock(o)
            | Unlock(o)
            | Read(o)
            | TryRead(o)
            | UnlockRead(o)
            | BeginWrite(o)
            | Write(o)
            | TryWrite(o)
            | UnlockWrite(o)
            | Downgrade(o)
            | IsLocked(o)
            | IsWriting(o)
            | OfferSend(o)
            | OfferReceive(o)
            | NotifyOne(o)
            | NotifyAll(o)
            | TrySend(o)
            | TryReceive(o)
            | Length(o)
            | DropSender(o)
            | DropReceiver(o)
            | Load(o)
            | Store(o)
            | Update(o, _)
            | BeginPoll(o)
            | EndPoll(o)
            | TakeWakeUp(o)
            | ReplaceWaker(o)
            | Complete(o)
            | IsDone(o)
            | PollResult(o) => Some(o),
            LockFor { mutex, .. } => Some(mutex),
            ReadFor { lock, .. } | BeginWriteFor { lock, .. } | WriteFor { lock, .. } => Some(lock),
            Wait { condvar, .. } | EndWait { condvar, .. } | Wake { condvar, .. } => Some(condvar),
            Send { channel, .. } | Receive { channel, .. } => Some(channel),
            BeginPend { waker, .. }
            | Pend { waker, .. }
            | WakeTask { waker, .. }
            | AbortTask { waker, .. } => Some(waker),
            Fence
            | Spawn(_)
            | Join(_)
            | IsFinished(_)
            | BeginPark { .. }
            | Park { .. }
            | Unpark(_)
            | MayDrop
            | Finish
            | Yield
            | Choose { .. }
            | Await { .. }
            | Sleep { .. } => None,
        }
    }

    /// The task that the operation is about, other than the one that performs it.
    pub fn subject(&self) -> Option<TaskId> {
        match *self {
            Operation::Spawn(task)
            | Operation::Join(task)
            | Operation::IsFinished(task)
            | Operation::Unpark(task)
            | Operation::WakeTask { task, .. }
            | Operation::AbortTask { task, .. } => Some(task),
            _ => None,
        }
    }

    /// When the task stops waiting for this operation, if it is timed.
    pub fn deadline(&self) -> Option<Duration> {
        match *self {
            Operation::Wake { deadline, .. }
            | Operation::Send { deadline, .. }
            | Operation::Receive { deadline, .. }
            | Operation::Await { deadline }
            | Operation::Park { deadline }
            | Operation::Pend { deadline, .. } => deadline,
            Operation::EndWait { deadline, .. }
            | Operation::LockFor { deadline, .. }
            | Operation::ReadFor { deadline, .. }
            | Operation::BeginWriteFor { deadline, .. }
            | Operation::WriteFor { deadline, .. } => Some(deadline),
            Operation::Sleep { until } => Some(until),
            _ => None,
        }
    }
}

/// The method that exchanges a value, and may fail without a reason.
pub(crate) const EXCHANGE_WEAK: &str = "compare_exchange_weak";
