//! The virtual time: every task has its own view of it.
//!
//! How fast tasks are nobody knows, so a task that sleeps can wake up while another has not done a
//! single step: a time-out is a step like any other, always possible, and sleeping synchronises
//! nothing. A task's clock shows the time that must have passed for it: the latest of its own
//! time-outs, and of what the operations that come before its own had seen.
//!
//! Such clocks are those of a real execution: take each operation at the time that its task's clock
//! shows. Along the order of dependent operations clocks never go back, so that the operations, in
//! the order of these times, come to the same. And which clocks tasks see depends on that order
//! only, not on how independent operations happen to follow each other.

use super::Execution;
use crate::explore::model::objects::End;
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::model::record::EventKind;
use std::time::Duration;

/// The time at an object.
#[derive(Clone, Default, Debug)]
struct Stamp {
    /// When it was last read.
    read: Duration,
    /// When it was last changed.
    written: Duration,
    /// When which message went into a channel, and when it came out.
    ends: [Vec<(u32, Duration)>; 2],
}

/// The time at all objects; empty until the first time-out.
#[derive(Default, Debug)]
pub(super) struct Stamps {
    list: Vec<Stamp>,
    /// When each task was last unparked.
    tasks: Vec<Duration>,
}

impl Stamps {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.tasks.clear();
    }
}

impl Execution {
    /// The task has waited in vain until this time.
    pub(super) fn pass_time(&mut self, task: TaskId, until: Duration) {
        if self.task(task).clock < until {
            self.task_mut(task).clock = until;
            self.has_timed_out = true;
            self.push_event(task, EventKind::TimePassed(until), None);
        }
    }

    /// Lets the task know the time that what its operation comes after has seen, and the other way
    /// round.
    pub(super) fn pass_time_on(&mut self, task: TaskId, operation: &Operation, response: Response) {
        if !self.has_timed_out {
            return;
        }
        let now = self.task(task).clock;
        let now = match *operation {
            Operation::Join(other) => now.max(self.task(other).clock),
            Operation::Unpark(other) => {
                let at = self.task_stamp(other);
                *at = now.max(*at);
                now
            }
            Operation::Park { .. } if response == Response::Done => now.max(*self.task_stamp(task)),
            Operation::Wait { condvar, mutex } | Operation::Wake { condvar, mutex, .. } => {
                let now = self.write(condvar, now);
                self.write(mutex, now)
            }
            ref other => match other.object() {
                None => now,
                // The time at which the two have met.
                Some(channel) if self.objects.hands_over(channel) => match response {
                    Response::Done => now.max(std::mem::take(&mut self.task_mut(task).met_at)),
                    _ => now,
                },
                Some(object) => self.pass_on_at(object, now, other, response),
            },
        };
        self.task_mut(task).clock = now;
    }

    fn pass_on_at(
        &mut self,
        object: ObjectId,
        now: Duration,
        operation: &Operation,
        response: Response,
    ) -> Duration {
        use Operation::*;
        let is_done = response == Response::Done;
        match operation {
            Load(_) | Read(_) | TryRead(_) | UnlockRead(_) => {
                let stamp = self.stamp(object);
                let now = now.max(stamp.written);
                stamp.read = stamp.read.max(now);
                now
            }
            Send { .. } | TrySend(_) if is_done => self.pass_through(object, End::Sender, now),
            Receive { .. } | TryReceive(_) if is_done => {
                self.pass_through(object, End::Receiver, now)
            }
            _ => self.write(object, now),
        }
    }

    /// A message goes in, or comes out: after those before it at this end, and after what made it
    /// possible at the other one.
    fn pass_through(&mut self, channel: ObjectId, end: End, now: Duration) -> Duration {
        let (number, awaited) = self.objects.latest_passage(channel, end);
        let stamp = self.stamp(channel);
        let at = |&(other, at): &(u32, Duration)| (Some(other) == awaited).then_some(at);
        let across = stamp.ends[end.other() as usize].iter().rev().find_map(at);
        let own = &mut stamp.ends[end as usize];
        let before = own.last().map(|&(_, at)| at);
        let now = now
            .max(across.unwrap_or_default())
            .max(before.unwrap_or_default());
        own.push((number, now));
        now
    }

    fn write(&mut self, object: ObjectId, now: Duration) -> Duration {
        let stamp = self.stamp(object);
        let now = now.max(stamp.written).max(stamp.read);
        stamp.written = now;
        now
    }

    fn stamp(&mut self, object: ObjectId) -> &mut Stamp {
        let stamps = &mut self.stamps.list;
        if stamps.len() <= object.index() {
            stamps.resize_with(object.index() + 1, Stamp::default);
        }
        &mut stamps[object.index()]
    }

    fn task_stamp(&mut self, task: TaskId) -> &mut Duration {
        let stamps = &mut self.stamps.tasks;
        if stamps.len() <= task.index() {
            stamps.resize(task.index() + 1, Duration::ZERO);
        }
        &mut stamps[task.index()]
    }
}
