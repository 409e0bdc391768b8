//! Failures by the names under which people know them.

use super::sentences::Sentences;
use crate::texts;
use crate::told_later;
use std::fmt;

/// What a failure is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Label {
    /// Nothing was done that the explorer can see.
    NothingSeen,
    /// There is one thread only: no order is to blame.
    OneThread,
    /// A write made of an old value undoes another thread's.
    LostUpdate,
    /// What was true when a thread looked is no longer so when it acts.
    CheckThenAct,
    /// A thread held a lock, and another one was inside all the same.
    NotExclusive,
    /// A refusal (`try_lock`, `compare_exchange`) was taken as if the work were done.
    RefusalIgnored,
    /// Work left to a thread that nobody waited for.
    NotWaitedFor,
    /// Weak memory: a thread knew of a later write, and did not see an earlier one.
    SeenTooLate,
    /// A thread waits for a lock that it holds.
    SelfDeadlock,
    /// Threads hold what the next one in the circle wants.
    LockOrder,
    /// A thread waits for another with a lock held that the other one needs.
    WaitsHoldingLock,
    /// A thread has finished and never gave its lock back.
    NeverUnlocked,
    /// A thread sleeps with a lock held that another one needs.
    SleepsHoldingLock,
    /// Others wait for somebody who may be slow, or never come.
    HeldUp,
    /// The notification came before the wait, and woke nobody.
    LostWakeUp,
    /// `notify_one` woke a thread that could not use it.
    WrongWaiter,
    /// A wait at a condvar that nobody is left to end.
    NobodyNotifies,
    /// Woken, and went on without looking whether it may.
    NotRechecked,
    /// A receiver waits for a message, or for the end, that never comes.
    QueueNeverEnds,
    /// A sender waits for room that nobody makes.
    QueueStaysFull,
    /// A loop that waits, and lets nobody else run.
    UnfairSpin,
    /// A loop that waits for what nobody is left to do.
    SpinsForEver,
    /// Threads give way to each other for ever.
    Livelock,
    /// Work is done one after another that must be able to overlap.
    OneAfterAnother,
    /// All executions fail: no order is to blame.
    EveryOrder,
    /// Time was let pass in the place of waiting for what has to happen.
    TimeForOrder,
    /// A change that was half done was seen by another thread.
    DirtyRead,
    /// A thread announced something before it was done.
    AnnouncedTooEarly,
    /// Another thread came between steps that belong together.
    AtomicityViolation,
    /// Nothing makes one thread come before another one, and it matters.
    OrderViolation,
    /// A channel that was empty was taken for one that is at its end.
    EmptyForEnd,
    /// The end was sent before all that comes before it.
    EndTooEarly,
    /// Who was refused a lock did without it, as if that said more than that somebody has it now.
    RefusalForAnswer,
    /// A parked thread that nobody is left to unpark.
    NeverUnparked,
    /// A receiver waits for a message, and nobody is left to send one.
    NobodySends,
    /// Weak memory: of two threads each wrote, and then did not see what the other had written.
    StoreBuffering,
    /// A task awaits with a lock held that another one needs.
    GuardOverAwait,
    /// A task waits in the middle of a poll, and the only thread that polls waits with it.
    BlocksExecutor,
    /// A task goes round and round in the middle of a poll, and the only thread that polls goes with it.
    NeverYields,
    /// A task was woken by a waker that has been replaced.
    OldWaker,
    /// A task left its waker after what it awaits had come.
    WakerTooLate,
    /// A task awaits, and nobody is left to wake it.
    NeverWoken,
    /// A task took a poll for what it awaits.
    PollForNothing,
    /// A future was dropped at an await, and left something half done.
    DroppedHalfway,
    /// A future was polled after it had come to its result.
    PolledAfterCompletion,
}

impl Label {
    /// All of them.
    pub const ALL: &[Label] = &[
        Label::NothingSeen,
        Label::OneThread,
        Label::LostUpdate,
        Label::CheckThenAct,
        Label::NotExclusive,
        Label::RefusalIgnored,
        Label::NotWaitedFor,
        Label::SeenTooLate,
        Label::SelfDeadlock,
        Label::LockOrder,
        Label::WaitsHoldingLock,
        Label::NeverUnlocked,
        Label::SleepsHoldingLock,
        Label::HeldUp,
        Label::LostWakeUp,
        Label::WrongWaiter,
        Label::NobodyNotifies,
        Label::NotRechecked,
        Label::QueueNeverEnds,
        Label::QueueStaysFull,
        Label::UnfairSpin,
        Label::SpinsForEver,
        Label::Livelock,
        Label::OneAfterAnother,
        Label::EveryOrder,
        Label::TimeForOrder,
        Label::DirtyRead,
        Label::AnnouncedTooEarly,
        Label::AtomicityViolation,
        Label::OrderViolation,
        Label::EmptyForEnd,
        Label::EndTooEarly,
        Label::RefusalForAnswer,
        Label::NeverUnparked,
        Label::NobodySends,
        Label::StoreBuffering,
        Label::GuardOverAwait,
        Label::BlocksExecutor,
        Label::NeverYields,
        Label::OldWaker,
        Label::WakerTooLate,
        Label::NeverWoken,
        Label::PollForNothing,
        Label::PolledAfterCompletion,
        Label::DroppedHalfway,
    ];
}

impl Label {
    /// Its name for programs, which is the same in all languages.
    pub fn in_english(self) -> &'static str {
        match self {
            Label::NothingSeen => told_later!("nothing that can be explored"),
            Label::OneThread => told_later!("not a matter of order"),
            Label::LostUpdate => told_later!("a lost update"),
            Label::CheckThenAct => told_later!("check, then act"),
            Label::NotExclusive => told_later!("a critical section that is not exclusive"),
            Label::RefusalIgnored => told_later!("an unchecked result"),
            Label::NotWaitedFor => told_later!("work that nobody waited for"),
            Label::SeenTooLate => told_later!("a stale read"),
            Label::SelfDeadlock => told_later!("a lock taken twice"),
            Label::LockOrder => told_later!("locks taken in different orders"),
            Label::WaitsHoldingLock => told_later!("waiting with a lock held"),
            Label::NeverUnlocked => told_later!("a lock that is never given back"),
            Label::SleepsHoldingLock => told_later!("sleeping with a lock held"),
            Label::HeldUp => told_later!("held up by somebody slow"),
            Label::LostWakeUp => told_later!("a lost wake-up"),
            Label::WrongWaiter => told_later!("the wrong waiter woken"),
            Label::NobodyNotifies => told_later!("a wait that nobody ends"),
            Label::NotRechecked => told_later!("no re-check after a wake-up"),
            Label::QueueNeverEnds => told_later!("a queue that never ends"),
            Label::QueueStaysFull => told_later!("a queue that stays full"),
            Label::UnfairSpin => told_later!("spinning without giving way"),
            Label::SpinsForEver => told_later!("spinning for what never comes"),
            Label::Livelock => told_later!("a livelock"),
            Label::OneAfterAnother => told_later!("no concurrency"),
            Label::EveryOrder => told_later!("wrong in every order"),
            Label::TimeForOrder => told_later!("time taken for an order"),
            Label::DirtyRead => told_later!("a dirty read"),
            Label::AnnouncedTooEarly => told_later!("seen before it is done"),
            Label::AtomicityViolation => told_later!("an atomicity violation"),
            Label::OrderViolation => told_later!("an order violation"),
            Label::EmptyForEnd => told_later!("empty taken for the end"),
            Label::EndTooEarly => told_later!("the end sent too early"),
            Label::RefusalForAnswer => told_later!("a refusal taken for an answer"),
            Label::NeverUnparked => told_later!("a park that nobody ends"),
            Label::NobodySends => told_later!("a message that never comes"),
            Label::StoreBuffering => told_later!("store buffering"),
            Label::GuardOverAwait => told_later!("a lock held over an await"),
            Label::BlocksExecutor => told_later!("a task that blocks its executor"),
            Label::NeverYields => told_later!("a task that never yields"),
            Label::OldWaker => told_later!("a waker that is out of date"),
            Label::WakerTooLate => told_later!("a waker left too late"),
            Label::NeverWoken => told_later!("an await that nobody ends"),
            Label::PollForNothing => told_later!("a poll taken for a wake-up"),
            Label::DroppedHalfway => told_later!("dropped half-way"),
            Label::PolledAfterCompletion => told_later!("polled after completion"),
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(texts::of(self.in_english()))
    }
}

/// What is known of a failure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Diagnosis {
    /// A pattern, and how it came about in this execution.
    Known(Label, Sentences),
    /// No pattern that we know.
    Unknown,
}

impl Diagnosis {
    /// What the failure is called, if the pattern is known.
    pub fn label(&self) -> Option<Label> {
        match self {
            Diagnosis::Known(label, _) => Some(*label),
            Diagnosis::Unknown => None,
        }
    }
}

/// A rule's answer.
pub(super) type Finding = Option<(Label, Sentences)>;
