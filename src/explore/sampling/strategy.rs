//! The strategy that makes the choices of one execution as a scheduler says.

use super::profile::Profile;
use super::scheduler::{Scheduler, SeededScheduler, Until};
use crate::explore::model::operation::{ObjectId, Operation, TaskId};
use crate::explore::model::task::{Pending, Task};
use crate::explore::rng::Rng;
use crate::explore::strategy::Point;
use crate::explore::strategy::Strategy;
use std::panic::Location;

/// How often a disturbance is let happen where it can.
const ONCE_IN: usize = 8;

/// Set in the priorities that tasks begin with; those that they lose theirs for are below.
const PRIORITY: u64 = 1 << 63;

/// Makes the choices of one execution as a scheduler says.
pub(crate) struct SamplingStrategy {
    scheduler: Scheduler,
    rng: Rng,
    /// The choices left, after which the execution goes straight on; `None` if it makes all of them.
    left: Option<usize>,
    /// What the execution shows.
    pub(crate) shown: Profile,
    tasks: Vec<TaskState>,
    /// The steps at which the running task loses its priority.
    changes: Vec<usize>,
    /// What tasks that are held up are about to use.
    held_from: Vec<ObjectId>,
    /// Those that were held up go first.
    is_let_go: bool,
}

/// What a walk remembers of a task.
#[derive(Clone, Copy, Default)]
struct TaskState {
    /// The priority, of the task or of what it is about to do; 0 if there is none yet.
    priority: u64,
    /// When it last did something; 0 if it has done nothing.
    latest: usize,
    /// What it did then.
    done: Option<Operation>,
}

impl SamplingStrategy {
    /// Makes all choices.
    pub(crate) fn new(scheduler: &SeededScheduler) -> Self {
        let mut rng = Rng::new(scheduler.seed);
        let changes = match scheduler.scheduler {
            Scheduler::Pct { changes, steps } => {
                (0..changes).map(|_| 1 + rng.below(steps.max(1))).collect()
            }
            _ => Vec::new(),
        };
        SamplingStrategy {
            scheduler: scheduler.scheduler,
            rng,
            left: None,
            shown: Profile::default(),
            tasks: Vec::new(),
            changes,
            held_from: Vec::new(),
            is_let_go: false,
        }
    }

    /// Makes so many choices only, and then goes straight on.
    pub(crate) fn at_most(self, length: usize) -> Self {
        SamplingStrategy {
            left: Some(length),
            ..self
        }
    }

    fn uses_up(&mut self, options: usize) -> bool {
        let is_choice = options > 1 && self.left != Some(0);
        if let (true, Some(left)) = (is_choice, &mut self.left) {
            *left -= 1;
        }
        self.shown.has_choices |= is_choice;
        is_choice
    }

    fn pick(&mut self, point: &Point<'_>) -> usize {
        let (fair, all) = (point.fair, point.options.len());
        match self.scheduler {
            // Who gave scheduler, or would time out, stands last.
            _ if fair < all && self.rng.once_in(ONCE_IN) => fair + self.rng.below(all - fair),
            Scheduler::RandomWalk => self.rng.below(fair),
            _ => self.best(point),
        }
    }

    fn best(&mut self, point: &Point<'_>) -> usize {
        self.look(point);
        let fair = point.options[..point.fair].iter().enumerate();
        let best = fair
            .map(|(index, option)| (self.rank(point, option.task), index))
            .max();
        if let (Scheduler::DelayInjection { place, .. }, Some(((true, ..), _))) =
            (self.scheduler, best)
            && !self.held_from.is_empty()
        {
            self.shown.held = Some(place.location);
        }
        best.map_or(0, |(_, index)| index)
    }

    /// Takes note of what the ranks depend on.
    fn look(&mut self, point: &Point<'_>) {
        for task in &mut self.tasks {
            if task.priority == 0 || matches!(self.scheduler, Scheduler::NonPreemptive { .. }) {
                task.priority = self.rng.next() | PRIORITY;
            }
        }
        if let Scheduler::DelayInjection { place, .. } = self.scheduler {
            let pending = point.tasks.iter().filter_map(announced);
            let held = pending.filter(|&(what, at)| place.is_at(what, at));
            self.held_from.clear();
            self.held_from
                .extend(held.filter_map(|(what, _)| what.object()));
        }
    }

    /// Whose option is taken: the greatest.
    fn rank(&self, point: &Point<'_>, task: TaskId) -> (bool, bool, u64) {
        let TaskState {
            priority, latest, ..
        } = self.tasks[task.index()];
        match self.scheduler {
            Scheduler::RoundRobin => {
                let waited = (u32::MAX as usize - latest) as u64;
                (true, true, waited << 8 | u64::from(task.0))
            }
            Scheduler::NonPreemptive { latest_last } => {
                let costs_more = point.options.get(1).is_some_and(|other| other.cost > 0);
                let goes_on = point.options[0].task == task && costs_more;
                let is_latest = task.index() + 1 == point.tasks.len();
                (goes_on, !(latest_last && is_latest), priority)
            }
            Scheduler::DelayInjection { place, .. } => {
                let announced = announced(&point.tasks[task.index()]);
                let is_there = announced.is_some_and(|(what, at)| place.is_at(what, at));
                let comes_by = place.visitors.contains(task);
                (is_there == self.is_let_go, comes_by, priority)
            }
            _ => (true, true, priority),
        }
    }

    /// Notes what the task will do now.
    fn note(&mut self, point: &Point<'_>, task: TaskId) {
        let Some((operation, location)) = announced(&point.tasks[task.index()]) else {
            return;
        };
        self.note_step(task, operation, location);
        let step = self.shown.steps;
        match self.scheduler {
            Scheduler::Pos => self.draw_again(point, task, operation),
            Scheduler::Pct { .. } if self.changes.contains(&step) => {
                self.tasks[task.index()].priority = PRIORITY - step as u64;
            }
            Scheduler::DelayInjection {
                until: Until::Changed,
                ..
            } if changes_for_others(operation) => {
                let changed = operation.object();
                self.is_let_go |= changed.is_some_and(|object| self.held_from.contains(&object));
            }
            _ => {}
        }
    }

    fn note_step(
        &mut self,
        task: TaskId,
        operation: Operation,
        location: &'static Location<'static>,
    ) {
        let walker = &mut self.tasks[task.index()];
        walker.latest = self.shown.steps;
        if let Some(before) = walker.done.replace(operation) {
            self.shown.note(task, before, operation, location);
        }
    }

    /// Forgets the priorities of the task, and of operations that conflict with what it does.
    fn draw_again(&mut self, point: &Point<'_>, task: TaskId, operation: Operation) {
        self.tasks[task.index()].priority = 0;
        for (walker, other) in self.tasks.iter_mut().zip(point.tasks) {
            if other
                .operation()
                .is_some_and(|other| conflict(operation, other))
            {
                walker.priority = 0;
            }
        }
    }
}

/// What a task is about to do, and where.
fn announced(task: &Task) -> Option<(Operation, &'static Location<'static>)> {
    match task.pending {
        Pending::Operation(operation, location) => Some((operation, location)),
        _ => None,
    }
}

/// True if others find the object changed now, and can use it.
fn changes_for_others(operation: Operation) -> bool {
    use Operation::*;
    matches!(
        operation,
        Unlock(_)
            | UnlockWrite(_)
            | Store(_)
            | Update(..)
            | Send { .. }
            | TrySend(_)
            | Receive { .. }
            | TryReceive(_)
    )
}

/// True if the order of the two can matter.
fn conflict(a: Operation, b: Operation) -> bool {
    let only_look = matches!((a, b), (Operation::Load(_), Operation::Load(_)));
    a.object().is_some() && a.object() == b.object() && !only_look
}

impl Strategy for SamplingStrategy {
    /// Chooses who is notified, all of which cost nothing, or whether a wait ends without that.
    fn choose(&mut self, costs: &[u8]) -> usize {
        if !self.uses_up(costs.len()) {
            return 0;
        }
        let disturbs = costs[1] > 0;
        match self.scheduler {
            Scheduler::Uniform => self.rng.below(costs.len()),
            _ if disturbs => usize::from(self.rng.once_in(ONCE_IN)),
            // Waiters stand in order of arrival, and a fault may need just that order.
            Scheduler::RoundRobin => 0,
            _ if self.rng.once_in(2) => 0,
            _ => self.rng.below(costs.len()),
        }
    }

    /// Of what the code, a selection or an executor chooses from, nothing is likelier than the rest.
    fn choose_one(&mut self, count: usize) -> usize {
        let is_choice = self.uses_up(count);
        if !is_choice || matches!(self.scheduler, Scheduler::RoundRobin) {
            return 0;
        }
        self.rng.below(count)
    }

    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        let is_choice = self.uses_up(point.options.len());
        self.shown.steps += 1;
        if let Scheduler::Uniform = self.scheduler {
            // It goes by nothing that would have to be noted.
            let choice = is_choice.then(|| self.rng.below(point.options.len()));
            return choice.or(Some(0));
        }
        let missing = point.tasks.len().saturating_sub(self.tasks.len());
        self.tasks
            .extend((0..missing).map(|_| TaskState::default()));
        let option = if is_choice { self.pick(point) } else { 0 };
        self.note(point, point.options[option].task);
        Some(option)
    }
}
