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
//! A round that sees something new is not left out, although the loop may go on waiting: it may have
//! kept in mind what it saw. A section of which the code asked for `&mut` is no look either, whether
//! it wrote or not: nobody can see that. A loop of such sections is among the others below.
//!
//! Loops that do more than look could go on as well. A task has so many early time-outs and so many
//! turns of giving way in an execution; the next one *rests*: it waits until nothing else can go
//! on. When there is nothing but such tasks, they go round in turns, without a choice.
//!
//! All this is decided by what the task itself has done and seen, not by the order of other tasks'
//! independent steps, as partial order reduction demands of a bound.

use super::budget::Limits;
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{ObjectId, Operation, TaskId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::Location;

/// An operation, and its place in the code.
pub(crate) type Place = (Operation, &'static Location<'static>);

/// A place at which a task has looked at something, with what it saw.
#[derive(Debug)]
struct Look {
    place: Place,
    /// What it looked at, and how often that had changed.
    seen: Option<(ObjectId, u32)>,
    /// How often in a row.
    times: u8,
}

/// What a task has looked at since it last did something else.
#[derive(Default, Debug)]
pub(crate) struct Looks {
    looks: Vec<Look>,
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
        objects: &Objects,
        limits: &Limits,
    ) -> bool {
        self.goes_on(operation, location, limits) && self.is_unchanged(objects)
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

    /// What the task has looked at.
    pub(crate) fn watched(&self) -> impl Iterator<Item = ObjectId> {
        self.looks.iter().filter_map(|look| Some(look.seen?.0))
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

    /// A number for what the task has looked at and seen, if it begins to wait for a change of that.
    pub(crate) fn begins_to_wait(&mut self, task: TaskId) -> Option<u64> {
        if self.looks.is_empty() || std::mem::replace(&mut self.is_noted, true) {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        task.hash(&mut hasher);
        for look in &self.looks {
            (look.place, look.seen).hash(&mut hasher);
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

    fn is_unchanged(&self, objects: &Objects) -> bool {
        let mut seen = self.looks.iter().filter_map(|look| look.seen);
        seen.all(|(object, changes)| objects.changes(object) == changes)
    }

    /// The task did something.
    pub(crate) fn forget(&mut self) {
        self.looks.clear();
        self.gave_way = false;
        self.released = false;
        self.is_noted = false;
    }

    /// The task has looked at something there.
    pub(crate) fn add(&mut self, place: Place, objects: &Objects) {
        if !self.is_unchanged(objects) {
            self.forget();
        }
        let known = self.looks.iter_mut().find(|look| look.place == place);
        match known {
            Some(look) => look.times = look.times.saturating_add(1),
            None => self.looks.push(Look {
                place,
                seen: place.0.object().map(|id| (id, objects.changes(id))),
                times: 1,
            }),
        }
    }
}
