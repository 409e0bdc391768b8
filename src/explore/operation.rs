//! What tasks do: the visible operations, and the record of one execution.
//!
//! Both back ends write the same record, so one timeline serves the engine and loom.

use std::fmt;
use std::panic::Location;
use std::time::Duration;

/// A task of one execution, numbered in order of creation; task 0 sets the scenario up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TaskId(pub u8);

impl TaskId {
    /// The task that builds the scenario, before its threads start.
    pub const SETUP: TaskId = TaskId(0);

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
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ObjectKind::Mutex => "mutex",
            ObjectKind::RwLock => "rwlock",
            ObjectKind::Condvar => "condvar",
            ObjectKind::Channel => "channel",
            ObjectKind::Atomic => "atomic",
        })
    }
}

/// A visible operation: a step at which the order of tasks can matter.
///
/// Deadlines are points of the execution's clock, which starts at zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operation {
    /// Takes a mutex; waits while another task holds it.
    Lock(ObjectId),
    /// Takes a mutex if it is free.
    TryLock(ObjectId),
    /// Gives a mutex back.
    Unlock(ObjectId),
    /// Takes a read-write lock for reading.
    Read(ObjectId),
    /// Takes a read-write lock for reading if no writer holds it.
    TryRead(ObjectId),
    /// Gives back a read-write lock held for reading.
    UnlockRead(ObjectId),
    /// Takes a read-write lock for writing.
    Write(ObjectId),
    /// Takes a read-write lock for writing if nobody holds it.
    TryWrite(ObjectId),
    /// Gives back a read-write lock held for writing.
    UnlockWrite(ObjectId),
    /// Gives the mutex back and starts to wait, in one step.
    Wait {
        /// Where the task waits.
        condvar: ObjectId,
        /// What it gives back meanwhile.
        mutex: ObjectId,
    },
    /// The second half of a wait: once woken, takes the mutex again.
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
    /// Waits for a token from `unpark`.
    Park {
        /// When the task stops waiting, if the park is timed.
        deadline: Option<Duration>,
    },
    /// Gives a task its token.
    Unpark(TaskId),
    /// Gives way to the other tasks.
    Yield,
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
            | Write(o)
            | TryWrite(o)
            | UnlockWrite(o)
            | NotifyOne(o)
            | NotifyAll(o)
            | TrySend(o)
            | TryReceive(o)
            | Length(o)
            | DropSender(o)
            | DropReceiver(o)
            | Load(o)
            | Store(o)
            | Update(o, _) => Some(o),
            Wait { condvar, .. } | Wake { condvar, .. } => Some(condvar),
            Send { channel, .. } | Receive { channel, .. } => Some(channel),
            Fence
            | Spawn(_)
            | Join(_)
            | IsFinished(_)
            | Park { .. }
            | Unpark(_)
            | Yield
            | Sleep { .. } => None,
        }
    }

    /// The task that the operation is about, other than the one that performs it.
    pub fn subject(&self) -> Option<TaskId> {
        match *self {
            Operation::Spawn(task)
            | Operation::Join(task)
            | Operation::IsFinished(task)
            | Operation::Unpark(task) => Some(task),
            _ => None,
        }
    }

    /// When the task stops waiting for this operation, if it is timed.
    pub fn deadline(&self) -> Option<Duration> {
        match *self {
            Operation::Wake { deadline, .. }
            | Operation::Send { deadline, .. }
            | Operation::Receive { deadline, .. }
            | Operation::Park { deadline } => deadline,
            Operation::Sleep { until } => Some(until),
            _ => None,
        }
    }

    /// The word for the operation on a timeline.
    pub fn verb(&self) -> &'static str {
        use Operation::*;
        match *self {
            Lock(_) => "lock",
            TryLock(_) => "try_lock",
            Unlock(_) => "unlock",
            Read(_) => "read",
            TryRead(_) => "try_read",
            UnlockRead(_) => "unlock read",
            Write(_) => "write",
            TryWrite(_) => "try_write",
            UnlockWrite(_) => "unlock write",
            Wait { .. } => "wait",
            Wake { .. } => "wake",
            NotifyOne(_) => "notify_one",
            NotifyAll(_) => "notify_all",
            Send { .. } => "send",
            TrySend(_) => "try_send",
            Receive { .. } => "recv",
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
            Park { .. } => "park",
            Unpark(_) => "unpark",
            Yield => "yield",
            Sleep { .. } => "sleep",
        }
    }
}

/// How a visible operation ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Response {
    /// It took effect.
    Done,
    /// A `try_` operation found that it would have to wait.
    WouldBlock,
    /// Its deadline passed first.
    TimedOut,
    /// The other end of the channel is gone.
    Disconnected,
}

/// Why the task of an event ran, when the event before was another task's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Switch {
    /// The task before could have gone on: a preemption.
    Preempted(TaskId),
    /// The task before had to wait.
    Blocked(TaskId),
    /// The task before gave way (`yield_now`).
    Yielded(TaskId),
    /// The task before had finished.
    Finished(TaskId),
}

impl Switch {
    /// The task that ran before.
    pub fn from(self) -> TaskId {
        match self {
            Switch::Preempted(task)
            | Switch::Blocked(task)
            | Switch::Yielded(task)
            | Switch::Finished(task) => task,
        }
    }
}

/// What an event is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Happening {
    /// The task performed an operation.
    Performed(Operation, Response),
    /// A wait ended although nobody notified.
    WokeSpuriously(ObjectId),
    /// The clock moved to this point because a timer was due.
    TimePassed(Duration),
    /// The last of the scenario's threads begins the final check.
    FinalCheck,
    /// The task ended.
    Finished,
    /// The task panicked with this message.
    Panicked(String),
}

/// One line of the record of an execution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Whose event it is.
    pub task: TaskId,
    /// What happened.
    pub what: Happening,
    /// Where the code asked for it.
    pub location: Option<&'static Location<'static>>,
    /// The value read, written, sent, received or guarded, where it can be shown.
    pub value: Option<String>,
    /// Set when another task had the turn before.
    pub switch: Option<Switch>,
}

/// What is known of a task of an execution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskInfo {
    /// The name given by the scenario or by the code that spawned it.
    pub name: String,
    /// True for the scenario's own threads, false for the setup and for what the code spawned.
    pub is_thread: bool,
}

/// What is known of an object of an execution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectInfo {
    /// What it is.
    pub kind: ObjectKind,
    /// Where it was created.
    pub location: &'static Location<'static>,
}

/// The record of one execution: who took part, and what happened in which order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    /// The tasks, by [`TaskId`].
    pub tasks: Vec<TaskInfo>,
    /// The objects, by [`ObjectId`].
    pub objects: Vec<ObjectInfo>,
    /// The events, in order.
    pub events: Vec<Event>,
    /// What the tasks that had not finished were about to do when the execution failed.
    pub pending: Vec<(TaskId, Operation)>,
}

impl Record {
    /// How often a task was switched away from although it could have gone on.
    pub fn preemptions(&self) -> usize {
        let is_preemption = |event: &&Event| matches!(event.switch, Some(Switch::Preempted(_)));
        self.events.iter().filter(is_preemption).count()
    }
}
