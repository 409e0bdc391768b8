//! Loops that wait by looking again and again, and how often they are let go round.
//!
//! A loop that only looks (loads, refused attempts, exchanges that put back what was there, critical
//! sections that write nothing) and gives way would make endless executions that are all alike. After
//! [`Limits::looks`] rounds in which it has seen the same, its next look waits until something that it
//! has looked at changes: it is one waiting operation. This is how GenMC and Nidhugg treat loops that
//! await something, but for how these are found: there in the code, here in what it does.
//!
//! One round is enough. A round that sees what the one before has seen, and changes nothing, leads
//! to the same state. So the executions that are left out have more rounds in vain, and else are like
//! those with fewer; only code that counts its rounds can tell the difference, and
//! [`rounds`](crate::explore::rounds) finds out about that.
//!
//! What can change what a look has seen is told by [one table](after), and each entry of it is
//! an operation whose order with the look matters. So whether a task waits is the same in every order
//! of independent operations, as partial order reduction demands of a bound.
//!
//! A round that sees something new is not left out, although the loop may go on waiting: it may have
//! kept in mind what it saw. A section of which the code asked for `&mut` is no look either, whether
//! it wrote or not: nobody can see that. A loop of such sections is among the others below.
//!
//! Loops that do more than look could go on as well. A task has so many early time-outs and so many
//! turns of giving way in an execution; the next one *rests*: it waits until nothing else can go
//! on. When there is nothing but such tasks, they go round in turns, without a choice.

use super::budget::Limits;
use crate::explore::model::operation::{Operation, Response, TaskId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::Location;

/// An operation, and its place in the code.
pub(crate) type Place = (Operation, &'static Location<'static>);

/// A point of an execution: what comes next there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Next {
    /// The number of the operation.
    pub(crate) step: usize,
    /// How many choices have been made before it.
    pub(crate) choices: usize,
}

/// A place at which a task has looked at something, with what it saw.
#[derive(Debug)]
struct Look {
    place: Place,
    response: Response,
    /// What it found, if that is an atomic.
    found: u64,
    /// How often in a row it saw the same.
    times: u8,
    /// The operations since, after which it can see something else, or can be let in.
    changes: Vec<Next>,
    /// After one of them it can see something else.
    is_outdated: bool,
    /// It was refused again, after it could have been let in.
    was_refused_again: bool,
}

impl Look {
    fn new(place: Place, response: Response) -> Self {
        Look {
            place,
            response,
            found: 0,
            times: 1,
            changes: Vec::new(),
            is_outdated: false,
            was_refused_again: false,
        }
    }

    /// The same, seen once more.
    fn again(mut self) -> Self {
        self.was_refused_again |= !self.changes.is_empty();
        self.changes.clear();
        self.times = self.times.saturating_add(1);
        self
    }
}

/// What a task has looked at since it last did something else.
#[derive(Default, Debug)]
pub(crate) struct Looks {
    /// In the order in which it did so last.
    looks: Vec<Look>,
    /// How often it has done something else, or seen something new.
    news: u32,
    /// The number of the latest look.
    latest: usize,
    /// It has given way in between.
    gave_way: bool,
    /// Its latest operation was an update, and may turn out to have been a look.
    unsettled: Option<Place>,
    /// It is about to give back a lock under which it has written nothing.
    is_clean: bool,
    /// Turns of giving way outside of loops that only look.
    yields: u8,
    /// Time-outs while others could go on.
    early: u8,
    /// It looks again for a selection, which keeps nothing in mind of what it sees.
    selects: bool,
    /// It rested, and may go round once.
    released: bool,
    /// How often it was released.
    releases: u32,
    /// It is known that it waits for a change.
    is_noted: bool,
}

impl Looks {
    /// Nothing, in the same memory.
    pub(crate) fn cleared(mut self) -> Self {
        self.looks.clear();
        Looks {
            looks: self.looks,
            ..Looks::default()
        }
    }

    /// True if the task may not time out while others can go on.
    pub(crate) fn is_late(&self, limits: &Limits) -> bool {
        !self.released && self.early >= limits.early_timers
    }

    /// True if the task may not give way once more while others can go on.
    pub(crate) fn is_restless(&self, limits: &Limits) -> bool {
        !self.released && self.looks.is_empty() && self.yields >= limits.yields
    }

    /// True if the task has seen all there is to see by what it is about to do.
    #[inline]
    pub(crate) fn is_in_vain(
        &self,
        operation: &Operation,
        location: &'static Location<'static>,
        limits: &Limits,
    ) -> bool {
        self.goes_on(operation, location, limits) && self.changes().next().is_none()
    }

    /// True if the task is about to look once more than it may without a change.
    #[inline]
    pub(crate) fn goes_on(
        &self,
        operation: &Operation,
        location: &'static Location<'static>,
        limits: &Limits,
    ) -> bool {
        let is_there = |look: &Look| look.place.0 == *operation && look.place.1 == location;
        let has_looked = |look: &Look| look.times >= limits.looks && is_there(look);
        self.gave_way && !self.released && self.looks.iter().any(has_looked)
    }

    /// The operations that may have changed what the task has looked at since it did.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Next> {
        self.looks.iter().flat_map(|look| &look.changes).copied()
    }

    /// By what the task has looked.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Operation> {
        self.looks.iter().map(|look| look.place.0)
    }

    /// Another task has performed this operation there.
    pub(crate) fn note_change(&mut self, change: &Change<'_>, at: Next) {
        for look in &mut self.looks {
            match after((&look.place.0, look.response), change) {
                Sees::TheSame => continue,
                Sees::AFreeLock if look.was_refused_again => continue,
                Sees::AFreeLock => {}
                Sees::SomethingElse => look.is_outdated = true,
            }
            look.changes.push(at);
        }
    }

    /// The task looks again at the same things, one of which has changed.
    pub(crate) fn awaits(&mut self) {
        self.selects = true;
    }

    pub(crate) fn news(&self) -> u32 {
        self.news
    }

    pub(crate) fn releases(&self) -> u32 {
        self.releases
    }

    /// At how many places it has looked.
    pub(crate) fn places(&self) -> usize {
        self.looks.len()
    }

    /// How often it has looked at the same place.
    pub(crate) fn rounds(&self) -> u8 {
        let times = self.looks.iter().map(|look| look.times);
        times.max().unwrap_or(0)
    }

    /// A number for what the task has looked at and seen, if it begins to wait for a change of that,
    /// or would have to if some had not come before.
    pub(crate) fn begins_to_wait(&mut self, task: TaskId) -> Option<u64> {
        if self.looks.is_empty() || std::mem::replace(&mut self.is_noted, true) {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        let is_whole = self.changes().all(|change| change.step > self.latest);
        (task, self.news, is_whole).hash(&mut hasher);
        for look in &self.looks {
            (look.place, look.response, look.found).hash(&mut hasher);
        }
        Some(hasher.finish())
    }

    /// The task gives way: by a turn, or by a wait that timed out, early if others could go on.
    pub(crate) fn gives_way(&mut self, times_out: bool, is_early: bool) {
        if times_out {
            self.early = self.early.saturating_add(u8::from(is_early));
        } else if self.looks.is_empty() {
            self.yields = self.yields.saturating_add(1);
        }
        self.gave_way = true;
        self.selects = false;
        self.released = false;
    }

    /// The latest operation was an update at this place.
    pub(crate) fn updates(&mut self, place: Place) {
        self.unsettled = Some(place);
    }

    /// Where the latest operation was an update, if it was.
    pub(crate) fn take_update(&mut self) -> Option<Place> {
        self.unsettled.take()
    }

    /// Nothing was written under the lock that is given back next.
    pub(crate) fn note_clean(&mut self) {
        self.is_clean = true;
    }

    pub(crate) fn take_clean(&mut self) -> bool {
        std::mem::take(&mut self.is_clean)
    }

    /// The task rests, and may go round once.
    pub(crate) fn release(&mut self) {
        self.released = true;
        self.releases += 1;
    }

    /// The task did something else, or saw something new: its loop may go on differently.
    pub(crate) fn forget(&mut self) {
        self.looks.clear();
        self.news += 1;
        self.gave_way = false;
        self.selects = false;
        self.released = false;
        self.is_noted = false;
    }

    /// The task has looked at something there.
    pub(crate) fn add(&mut self, place: Place, response: Response, step: usize) {
        self.latest = step;
        let known = self.looks.iter().position(|look| look.place == place);
        // What it has not looked at since the last time belongs to another loop.
        let known = known.and_then(|index| self.looks.drain(..=index).next_back());
        let look = match known {
            Some(look) if look.response == response && !look.is_outdated => look.again(),
            Some(_) if self.selects => Look::new(place, response),
            Some(_) => {
                self.forget();
                Look::new(place, response)
            }
            None => Look::new(place, response),
        };
        self.looks.push(look);
    }

    /// The look that the task has just made at an atomic has found this value.
    pub(crate) fn found(&mut self, value: u64) {
        if let Some(look) = self.looks.last_mut() {
            look.found = value;
        }
    }
}

/// An operation that may change what others have looked at.
pub(crate) struct Change<'a> {
    pub(crate) task: TaskId,
    pub(crate) operation: &'a Operation,
    /// It gives back a lock under which nothing was written.
    pub(crate) is_clean: bool,
}

/// What a task can see that looks again.
enum Sees {
    TheSame,
    /// The same, unless a lock by which it was refused is free.
    AFreeLock,
    SomethingElse,
}

/// What a look that has come to this response can see after an operation of another task, which has
/// taken effect.
///
/// | what was looked at | after what it can see something else |
/// |---|---|
/// | an atomic | a store, an update that does not put back what was there |
/// | what a lock protects | the end of a section that may have written |
/// | a lock that was held | the end of a section by which it was |
/// | whether a lock is held | an acquisition, a release |
/// | a channel that was full | a receive, the end of a receiver |
/// | a channel that was empty | a send, the end of a sender |
/// | a channel without room at which nobody waited | an offer, or an end, on the other side |
/// | how many messages there are | a send, a receive, the end of a receiver |
/// | a task that runs | its end |
///
/// Who was refused by a lock, and looks again after a section in which nothing was written, may be
/// refused again. That round has changed nothing; the execution without it is tried as well, since
/// who may look need not do so at once. So this happens once, and then the loop waits for others.
fn after((look, response): (&Operation, Response), change: &Change<'_>) -> Sees {
    use Operation::*;
    let section = if !change.is_clean {
        Sees::SomethingElse
    } else if response == Response::WouldBlock {
        Sees::AFreeLock
    } else {
        Sees::TheSame
    };
    match (*look, *change.operation) {
        (Lock(o) | TryLock(o) | LockFor { mutex: o, .. }, Unlock(x)) if o == x => section,
        (
            Read(o) | TryRead(o) | ReadFor { lock: o, .. } | TryWrite(o),
            UnlockWrite(x) | Downgrade(x) | WriteFor { lock: x, .. },
        ) if o == x => section,
        (TryWrite(o), UnlockRead(x)) if o == x => Sees::AFreeLock,
        (Load(o) | Update(o, _), Store(x) | Update(x, _))
        | (Lock(o) | TryLock(o) | LockFor { mutex: o, .. }, Wait { mutex: x, .. })
        | (IsLocked(o), Lock(x) | TryLock(x) | LockFor { mutex: x, .. } | Unlock(x))
        | (IsLocked(o), Wait { mutex: x, .. } | Wake { mutex: x, .. })
        | (IsLocked(o), Read(x) | TryRead(x) | ReadFor { lock: x, .. } | UnlockRead(x))
        | (IsLocked(o) | IsWriting(o), BeginWrite(x) | BeginWriteFor { lock: x, .. })
        | (IsLocked(o) | IsWriting(o), TryWrite(x) | WriteFor { lock: x, .. })
        | (IsLocked(o) | IsWriting(o), UnlockWrite(x) | Downgrade(x))
        | (TrySend(o), Receive { channel: x, .. } | TryReceive(x) | OfferReceive(x))
        | (TrySend(o), DropReceiver(x))
        | (TryReceive(o), Send { channel: x, .. } | TrySend(x) | OfferSend(x))
        | (TryReceive(o), DropSender(x))
        | (Length(o), Send { channel: x, .. } | TrySend(x))
        | (Length(o), Receive { channel: x, .. } | TryReceive(x) | DropReceiver(x))
            if o == x =>
        {
            Sees::SomethingElse
        }
        (IsDone(o) | PollResult(o), Complete(x)) if o == x => Sees::SomethingElse,
        (IsFinished(task), Finish) if task == change.task => Sees::SomethingElse,
        _ => Sees::TheSame,
    }
}
