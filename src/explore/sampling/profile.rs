//! What executions have shown of the code, for those that come after them.

use crate::explore::model::operation::{Operation, TaskId};
use crate::explore::model::task_set::TaskSet;
use std::cmp::Reverse;
use std::panic::Location;

/// A place in the code at which tasks can be held up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) location: &'static Location<'static>,
    /// The tasks that came by.
    pub(crate) visitors: TaskSet,
    /// Tasks wait here for each other.
    pub(crate) is_lock: bool,
    /// How likely it is that a task must not be interrupted right before it.
    suspicion: Suspicion,
    /// How often tasks were held up there.
    held: u32,
    /// How often that was tried, also where none came by.
    tried: u32,
}

impl Place {
    /// True if a task that is about to do this stands here.
    pub(crate) fn is_at(&self, operation: Operation, location: &'static Location<'static>) -> bool {
        self.location == location && can_be_held(operation)
    }
}

/// What a task does right before a place, and there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Suspicion {
    Read,
    WriteWrite,
    ReadThenWrite,
}

/// The code's places, and the length of its executions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// The most steps that an execution had.
    pub(crate) steps: usize,
    places: Vec<Place>,
    /// Tasks wait to be notified.
    pub(crate) waits: bool,
    /// Tasks of async code await.
    pub(crate) awaits: bool,
    /// There were choices.
    pub(crate) has_choices: bool,
    /// Where tasks were held up while others went on.
    pub(crate) held: Option<&'static Location<'static>>,
}

impl Profile {
    /// Notes an operation that is not its task's first: holding that up would only make the task
    /// start later.
    pub(crate) fn note(
        &mut self,
        task: TaskId,
        before: Operation,
        operation: Operation,
        location: &'static Location<'static>,
    ) {
        self.waits |= matches!(operation, Operation::Wait { .. });
        self.awaits |= matches!(operation, Operation::BeginPend { .. });
        if !can_be_held(operation) {
            return;
        }
        let known = self.places.iter_mut().find(|p| p.location == location);
        if let Some(place) = known {
            place.visitors.insert(task);
            return;
        }
        let suspicion = match (before, changes_something(operation)) {
            (_, false) => Suspicion::Read,
            (Operation::Unlock(_) | Operation::UnlockRead(_) | Operation::Load(_), true) => {
                Suspicion::ReadThenWrite
            }
            (_, true) => Suspicion::WriteWrite,
        };
        let mut visitors = TaskSet::default();
        visitors.insert(task);
        self.places.push(Place {
            location,
            visitors,
            is_lock: matches!(operation, Operation::Lock(_) | Operation::Write(_)),
            suspicion,
            held: 0,
            tried: 0,
        });
    }

    /// Adds what an execution has shown.
    pub(crate) fn learn(&mut self, shown: &Profile) {
        self.steps = self.steps.max(shown.steps);
        self.waits |= shown.waits;
        self.awaits |= shown.awaits;
        let held = |place: &&mut Place| Some(place.location) == shown.held;
        if let Some(place) = self.places.iter_mut().find(held) {
            place.held += 1;
        }
        for place in &shown.places {
            match self
                .places
                .iter_mut()
                .find(|p| p.location == place.location)
            {
                Some(known) => known.visitors = known.visitors.union(&place.visitors),
                None => self.places.push(*place),
            }
        }
    }

    /// The place at which to hold tasks up next, and how often that was done: the one that was
    /// held least often so far, or tried, which counts less; of equal ones the most suspicious,
    /// and then the one that was met first.
    pub(crate) fn next_place(&mut self) -> Option<(Place, u32)> {
        let effort = |place: &Place| (TRIES * place.held + place.tried, Reverse(place.suspicion));
        let place = self.places.iter_mut().min_by_key(|place| effort(place))?;
        place.tried += 1;
        Some((*place, place.held))
    }
}

/// A try in an execution in which its place was of no account counts one of so many parts of one in
/// which it was not.
const TRIES: u32 = 8;

/// Holding up what gives something back never lets others do more than they can anyway.
fn can_be_held(operation: Operation) -> bool {
    use Operation::*;
    !matches!(
        operation,
        Unlock(_)
            | UnlockRead(_)
            | UnlockWrite(_)
            | Yield
            | Wait { .. }
            | BeginPend { .. }
            | Choose { .. }
    )
}

fn changes_something(operation: Operation) -> bool {
    use Operation::*;
    !matches!(
        operation,
        Load(_) | Read(_) | TryRead(_) | Length(_) | IsFinished(_) | Fence
    )
}
