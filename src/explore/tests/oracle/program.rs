//! Small programs: what their threads do, as data.
//!
//! Any list of operations is a program: what makes no sense at its place (an unlock without a
//! guard, a join of a child that was not spawned) is skipped, and is no step. So a program stays
//! one whatever is taken out of it.

/// The mutex that a condvar's waiters give back: always the same one.
pub(super) const MUTEX_OF_CONDVAR: [usize; 3] = [0, 0, 1];

/// How many messages each channel can hold.
pub(super) const CAPACITIES: [Option<usize>; 4] = [Some(1), Some(2), None, Some(0)];

/// The channel without room.
pub(super) const RENDEZVOUS: usize = 3;

/// The one with room for all.
pub(super) const UNBOUNDED: usize = 2;

/// What an operation lets its thread see.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Seen {
    /// What was read, received or counted, or the value under a lock that was taken.
    Value(u8),
    /// It was so, or it was done.
    Yes,
    /// It was not so, or it was not done.
    No,
    Empty,
    Full,
    Disconnected,
    TimedOut,
    /// It has ended without a reason, and the task has another waker from now on.
    Replaced,
}

/// The end of a channel, as a bit of a set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Sender(usize),
    Receiver(usize),
}

impl End {
    pub(super) fn bit(self) -> u8 {
        match self {
            End::Sender(channel) => 1 << (2 * channel),
            End::Receiver(channel) => 2 << (2 * channel),
        }
    }
}

/// All ends, in the order in which a thread drops what is left of them.
pub(super) fn all_ends() -> impl Iterator<Item = End> {
    (0..CAPACITIES.len()).flat_map(|channel| [End::Sender(channel), End::Receiver(channel)])
}

/// Whom to unpark, or to wake, or whose result to come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    /// The program's thread with this number.
    Thread(usize),
    /// What the `n`-th spawn of this thread's code started.
    Child(usize),
    /// Who spawned this thread.
    Parent,
}

/// Which of the wakers that a task has left, one after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Left {
    First,
    /// Two steps: where the task has left it, it is looked up.
    Latest,
}

/// What one thread does, in order.
pub(super) type Code = Vec<Op>;

/// An operation; numbers name objects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Op {
    Lock(usize),
    TryLock(usize),
    LockFor(usize),
    /// Asks whether the mutex is held.
    IsLocked(usize),
    Read(usize),
    TryRead(usize),
    ReadFor(usize),
    Write(usize),
    TryWrite(usize),
    WriteFor(usize),
    /// Goes on reading with the guard that was taken last, if that writes.
    Downgrade,
    /// Asks whether the read-write lock is held, and whether by a writer.
    IsHeld(usize),
    IsWriting(usize),
    /// Drops the guard that was taken last, of whatever lock.
    Unlock,
    /// Drops the guard that was taken first.
    UnlockFirst,
    /// Adds 1 to the value under the guard that was taken last, if that may write. No step.
    Bump,
    Wait(usize),
    WaitFor(usize),
    NotifyOne(usize),
    NotifyAll(usize),
    Send(usize),
    TrySend(usize),
    SendTimeout(usize),
    Recv(usize),
    TryRecv(usize),
    RecvTimeout(usize),
    /// Receives from either of two channels, or waits; the second form gives up.
    Select(usize, usize),
    SelectFor(usize, usize),
    /// Asks either end that the thread has, the sender first.
    Len(usize),
    DropSender(usize),
    DropReceiver(usize),
    Load(usize),
    Store(usize, u8),
    Swap(usize, u8),
    /// The value that it expects, and the new one.
    CompareExchange(usize, u8, u8),
    /// The same, but it may also fail without a reason; it sees what it found, and whether that was so.
    CompareExchangeWeak(usize, u8, u8),
    FetchAdd(usize),
    Spawn(Code),
    /// Joins what the `n`-th spawn of this code started.
    Join(usize),
    IsFinished(usize),
    Park,
    ParkTimeout,
    Unpark(Target),
    /// Awaits a wake-up of the task that the thread polls; the second form gives up.
    Pend,
    PendFor,
    /// Uses a waker, and sees whether it was one that is not replaced.
    Wake(Target, Left),
    /// Uses the latest waker of the thread's own task. No step.
    WakeSelf,
    /// Comes to the result that the target's task awaits, and wakes who has left a waker.
    Complete(Target),
    /// Asks whether the result is there that the target's task awaits.
    IsDone(Target),
    /// The same of the result that the thread's own task awaits, and leaves its waker if it is not.
    PollResult,
    Yield,
    Sleep,
    /// Skips the next operation unless this was the last result. No step.
    IfSaw(Seen),
    /// Panics if this was the last result. No step.
    PanicIfSaw(Seen),
}

impl Op {
    /// True for what is about an atomic.
    pub(super) fn is_atomic(&self) -> bool {
        use Op::{CompareExchange, CompareExchangeWeak, FetchAdd, Load, Store, Swap};
        matches!(
            self,
            Load(_)
                | Store(..)
                | Swap(..)
                | CompareExchange(..)
                | CompareExchangeWeak(..)
                | FetchAdd(_)
        )
    }

    /// The ends of channels without which a selection is skipped.
    pub(super) fn selects(&self) -> Option<[usize; 2]> {
        match *self {
            Op::Select(a, b) | Op::SelectFor(a, b) => Some([a, b]),
            _ => None,
        }
    }

    /// The end of a channel without which the operation is skipped.
    pub(super) fn end(&self) -> Option<End> {
        match *self {
            Op::Send(c) | Op::TrySend(c) | Op::SendTimeout(c) | Op::DropSender(c) => {
                Some(End::Sender(c))
            }
            Op::Recv(c) | Op::TryRecv(c) | Op::RecvTimeout(c) | Op::DropReceiver(c) => {
                Some(End::Receiver(c))
            }
            _ => None,
        }
    }

    /// The thread that it is for.
    pub(super) fn target(&self) -> Option<Target> {
        match *self {
            Op::Unpark(target)
            | Op::Wake(target, _)
            | Op::Complete(target)
            | Op::IsDone(target) => Some(target),
            _ => None,
        }
    }

    /// True for what the engine lets happen early only so many times in a thread.
    pub(super) fn is_timed(&self) -> bool {
        matches!(
            self,
            Op::WaitFor(_)
                | Op::SendTimeout(_)
                | Op::RecvTimeout(_)
                | Op::LockFor(_)
                | Op::ReadFor(_)
                | Op::WriteFor(_)
                | Op::ParkTimeout
                | Op::PendFor
                | Op::SelectFor(..)
                | Op::Sleep
        )
    }
}

/// What runs: its threads begin together.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Program(pub(super) Vec<Code>);

/// A thread that can come to exist in a program's execution. Nothing loops, so every spawn is
/// performed at most once, and its thread has the same number in every execution.
pub(super) struct Thread {
    /// The way to it: its place among the program's threads, then among its parent's spawns.
    pub(super) name: String,
    pub(super) code: Code,
    pub(super) is_spawned: bool,
    pub(super) parent: Option<usize>,
    /// By number of the spawn in the code.
    pub(super) children: Vec<usize>,
    /// The ends that it is given: those that its code or its children's uses.
    pub(super) ends: u8,
}

impl Program {
    /// All threads that there can be, first those that the program begins with.
    pub(super) fn table(&self) -> Vec<Thread> {
        let begin = |(index, code): (usize, &Code)| thread(format!("t{index}"), code, None);
        let mut table: Vec<Thread> = self.0.iter().enumerate().map(begin).collect();
        let mut index = 0;
        // Children come to stand behind, and have theirs added in turn.
        while index < table.len() {
            let code = table[index].code.clone();
            let spawned = code.iter().filter_map(|op| match op {
                Op::Spawn(code) => Some(code),
                _ => None,
            });
            for (nth, code) in spawned.enumerate() {
                let name = format!("{}.{nth}", table[index].name);
                let child = table.len();
                table[index].children.push(child);
                table.push(thread(name, code, Some(index)));
            }
            index += 1;
        }
        table
    }
}

fn thread(name: String, code: &Code, parent: Option<usize>) -> Thread {
    Thread {
        name,
        code: code.clone(),
        is_spawned: parent.is_some(),
        parent,
        children: Vec::new(),
        ends: ends_used(code),
    }
}

/// The ends that the code uses, or its children's.
pub(super) fn ends_used(code: &Code) -> u8 {
    code.iter().fold(0, |ends, op| {
        ends | match op {
            Op::Spawn(code) => ends_used(code),
            op => {
                let selects = op.selects().into_iter().flatten();
                let selected = selects.map(|channel| End::Receiver(channel).bit());
                op.end().map_or(0, End::bit) | selected.fold(0, |all, one| all | one)
            }
        }
    })
}

/// The message that the thread sends at this place of its code: no two are the same.
pub(super) fn message(thread: usize, at: usize) -> u8 {
    (10 * thread + at) as u8
}

/// Which of its code's spawns stands at this place.
pub(super) fn nth_spawn(code: &[Op], at: usize) -> usize {
    let is_spawn = |op: &&Op| matches!(op, Op::Spawn(_));
    code[..at].iter().filter(is_spawn).count()
}
