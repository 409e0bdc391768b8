//! The state of an execution between two steps.

use super::panics::KeptPanic;
use super::tasks::Polled;
use crate::explore::tests::oracle::program::{
    CAPACITIES, End, MUTEX_OF_CONDVAR, Op, Seen, Target, Thread, all_ends, nth_spawn,
};
use std::collections::{BTreeSet, VecDeque};

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct State {
    /// By number of the thread; those included that do not run yet.
    pub(super) tasks: Vec<Task>,
    pub(super) mutexes: [Mutex; 2],
    pub(super) rwlocks: [RwLock; 2],
    /// Who is registered at each condvar.
    pub(super) condvars: [BTreeSet<usize>; MUTEX_OF_CONDVAR.len()],
    pub(super) channels: [Channel; CAPACITIES.len()],
    pub(super) atomics: [u8; 2],
    /// The one operation that may end, or fail, for no reason has done so.
    pub(super) was_spurious: bool,
    /// The panic that has ended the execution: whose, and what that saw last.
    pub(super) panic: Option<(usize, Seen)>,
    /// Who has panicked without ending the execution, in order.
    pub(super) kept_panics: Vec<KeptPanic>,
}

#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Task {
    pub(super) life: Life,
    /// The place in its code of the operation to come, or that it is in.
    pub(super) at: usize,
    pub(super) stage: Stage,
    pub(super) guards: Vec<Guard>,
    pub(super) ends: u8,
    pub(super) has_permit: bool,
    pub(super) polled: Polled,
    /// Which of its children it has joined.
    pub(super) joined: BTreeSet<usize>,
    pub(super) log: Vec<Seen>,
    /// The thread whose panic it has learnt of by its latest operation.
    pub(super) has_heard_of: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub(super) enum Life {
    #[default]
    Unborn,
    Runs,
    Finished,
}

/// How far a task is in its operation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub(super) enum Stage {
    #[default]
    Before,
    /// A writer that has begun.
    Entering,
    /// It waits at a condvar.
    Waiting { is_woken: bool },
    /// A timed wait that has ended, and has yet to take its mutex.
    Waited { timed_out: bool },
    /// It waits for a permit, and does not end without one.
    Parked,
    /// It waits for the other side of a rendezvous.
    Arrived,
    /// It has met the other side; a receiver has its message.
    Matched(Option<u8>),
    /// It awaits a wake-up, and does not end without one.
    Pending,
    /// An await has ended without a reason, and its task is yet to be given another waker.
    Replacing,
    /// It has the other waker, and is yet to leave it where others find it.
    Replaced,
    /// It knows by which waker it wakes another task.
    Found(usize),
    /// It has come to a result, and is yet to wake who awaits that.
    Completed(usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Guard {
    Mutex(usize),
    Read(usize),
    Write(usize),
}

#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Mutex {
    pub(super) is_held: bool,
    pub(super) value: u8,
}

#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct RwLock {
    /// A writer has begun; it may have yet to enter.
    pub(super) has_writer: bool,
    pub(super) readers: usize,
    pub(super) value: u8,
}

#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Channel {
    pub(super) senders: usize,
    pub(super) receivers: usize,
    pub(super) messages: VecDeque<u8>,
    /// Those that wait unmatched for a rendezvous, in order of arrival.
    pub(super) waiting_senders: VecDeque<usize>,
    pub(super) waiting_receivers: VecDeque<usize>,
}

impl State {
    /// The state before the first step.
    pub(super) fn initial(table: &[Thread]) -> State {
        let mut state = State {
            tasks: vec![Task::default(); table.len()],
            mutexes: Default::default(),
            rwlocks: Default::default(),
            condvars: Default::default(),
            channels: Default::default(),
            atomics: Default::default(),
            was_spurious: false,
            panic: None,
            kept_panics: Vec::new(),
        };
        let begin_with = (0..table.len()).filter(|&id| !table[id].is_spawned);
        // All have their ends before any of them goes on.
        begin_with
            .clone()
            .for_each(|id| state.bear(id, u8::MAX, table));
        begin_with.for_each(|id| state.settle(id, table));
        state
    }

    /// Lets a task begin, with those ends that its parent has of those that it needs.
    fn bear(&mut self, id: usize, parents: u8, table: &[Thread]) {
        let ends = table[id].ends & parents;
        let task = &mut self.tasks[id];
        (task.life, task.ends) = (Life::Runs, ends);
        for (index, end) in all_ends().enumerate() {
            if ends & end.bit() != 0 {
                let channel = &mut self.channels[index / 2];
                *[&mut channel.senders, &mut channel.receivers][index % 2] += 1;
            }
        }
    }

    /// Does what is no step, up to the task's next step.
    pub(super) fn settle(&mut self, id: usize, table: &[Thread]) {
        let code = &table[id].code;
        while self.panic.is_none() && self.tasks[id].at < code.len() {
            let at = self.tasks[id].at;
            let op = &code[at];
            if !self.is_skipped(id, op, table) {
                return;
            }
            self.tasks[id].at += 1;
            self.perform_stepless(id, op, at, table);
        }
    }

    fn perform_stepless(&mut self, id: usize, op: &Op, at: usize, table: &[Thread]) {
        let last = self.tasks[id].log.last().copied();
        match op {
            Op::Spawn(_) => {
                let child = table[id].children[nth_spawn(&table[id].code, at)];
                self.bear(child, self.tasks[id].ends, table);
                self.settle(child, table);
            }
            Op::Bump => match self.tasks[id].guards.last() {
                Some(&Guard::Mutex(mutex)) => self.mutexes[mutex].value += 1,
                Some(&Guard::Write(lock)) => self.rwlocks[lock].value += 1,
                _ => {}
            },
            Op::WakeSelf => self.wakes_itself(id),
            Op::IfSaw(seen) if last != Some(*seen) => self.tasks[id].at += 1,
            Op::PanicIfSaw(seen) if last == Some(*seen) => self.panics(id, table),
            _ => {}
        }
    }

    /// True for what is no step: by its kind, or since it makes no sense here.
    fn is_skipped(&self, id: usize, op: &Op, table: &[Thread]) -> bool {
        let task = &self.tasks[id];
        if let Some(end) = op.end() {
            return task.ends & end.bit() == 0;
        }
        if let Some([one, other]) = op.selects() {
            let both = End::Receiver(one).bit() | End::Receiver(other).bit();
            return task.ends & both != both;
        }
        let is_child = |nth: usize| {
            let child = table[id].children.get(nth);
            child.is_some_and(|&child| self.tasks[child].life != Life::Unborn)
        };
        match *op {
            Op::Bump | Op::Spawn(_) | Op::IfSaw(_) | Op::PanicIfSaw(_) => true,
            Op::Unlock | Op::UnlockFirst => task.guards.is_empty(),
            Op::Downgrade => !matches!(task.guards.last(), Some(Guard::Write(_))),
            Op::Wait(c) | Op::WaitFor(c) => {
                !task.guards.contains(&Guard::Mutex(MUTEX_OF_CONDVAR[c]))
            }
            Op::Len(channel) => task.ends >> (2 * channel) & 3 == 0,
            Op::Join(nth) | Op::IsFinished(nth) => !is_child(nth) || task.joined.contains(&nth),
            Op::WakeSelf => true,
            _ => op.target().is_some() && self.target(id, op, table).is_none(),
        }
    }

    /// Whom the operation is for, if there is such a thread.
    pub(super) fn target(&self, id: usize, op: &Op, table: &[Thread]) -> Option<usize> {
        let target = match op.target()? {
            Target::Thread(index) => {
                (index < table.len() && !table[index].is_spawned).then_some(index)
            }
            Target::Child(nth) => table[id].children.get(nth).copied(),
            Target::Parent => table[id].parent,
        }?;
        (self.tasks[target].life != Life::Unborn).then_some(target)
    }
}
