//! A test of the partial order: every list of its operations that keeps it is an execution, too.

use super::trace::{PathPlace, Trace, is_before};
use crate::explore::dependence::act::Effect;
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{ObjectId, TaskId};
use crate::explore::model::task::Task;
use crate::explore::model::update::Keeps;
use crate::explore::rng::Rng;
use crate::explore::search::{SearchError, SearchStrategy};
use crate::explore::strategy::{self, Ended, Point, Strategy};

/// How many executions have the same partial order, one after the other.
const LISTS: usize = 3;

/// Tries an execution at random, then others that are to have the same partial order.
///
/// That they have is the first rule of the [relation](crate::explore::dependence): of two neighbours that
/// are independent, each comes to the same before the other and after it.
pub(crate) struct Reorder {
    trace: Trace,
    rng: Rng,
    executions: usize,
    tried: usize,
    /// What the present execution is to do, unless it is one at random.
    way: Option<Way>,
    /// How many turns there have been in it.
    turns: usize,
    /// What was chosen for the operation that is being performed.
    chosen: Option<Effect>,
    panicked: bool,
    complaint: Option<String>,
}

struct Way {
    /// Whose turn it is, and what its operation comes to, where that may be a choice.
    steps: Vec<(TaskId, Option<Effect>)>,
    /// What the operations have come to.
    came_to: Vec<String>,
}

impl Reorder {
    /// Tries so many executions.
    pub(crate) fn new(executions: usize) -> Self {
        Reorder {
            executions,
            trace: Trace::default(),
            rng: Rng::new(0),
            tried: 0,
            way: None,
            turns: 0,
            chosen: None,
            panicked: false,
            complaint: None,
        }
    }

    /// The same operations in another order, as far as the partial order leaves that open.
    fn another_way(&mut self) -> Way {
        let Trace { events, clocks, .. } = &self.trace;
        let mut left: Vec<usize> = (0..events.len()).collect();
        let mut steps = Vec::new();
        while !left.is_empty() {
            let can_be_next = |&event: &usize| {
                let is_first =
                    |&other: &usize| other == event || !is_before(&events[other], clocks.of(event));
                left.iter().all(is_first)
            };
            let next: Vec<usize> = left.iter().copied().filter(can_be_next).collect();
            let next = next[self.rng.below(next.len())];
            left.retain(|&event| event != next);
            steps.push((events[next].act.task, events[next].act.effect));
        }
        let came_to = self.came_to();
        Way { steps, came_to }
    }

    /// What each operation was, with its deadline, and came to, and what happened before it; task by
    /// task.
    fn came_to(&self) -> Vec<String> {
        let Trace { events, clocks, .. } = &self.trace;
        let mut indices: Vec<usize> = (0..events.len()).collect();
        indices.sort_by_key(|&event| (events[event].act.task, events[event].act.place));
        let one = |event: usize| {
            let act = &events[event].act;
            // A task that has done nothing may have no place in them.
            let tasks = self.trace.names.tasks().min(clocks.width());
            let clock = &clocks.of(event)[..tasks];
            format!("{:?}: {} after {clock:?}", act.task, act.came_to())
        };
        indices.into_iter().map(one).collect()
    }

    fn choose_among(&mut self, all: &[Effect]) -> usize {
        let wanted = match &self.way {
            None => Some(self.rng.below(all.len())),
            Some(way) => {
                let (_, effect) = way.steps[self.turns - 1];
                all.iter().position(|&other| Some(other) == effect)
            }
        };
        let choice = wanted.unwrap_or(0);
        self.chosen = Some(all[choice]);
        choice
    }

    fn complain<T>(&mut self, what: &str) -> Option<T> {
        let events = self.trace.events.iter();
        let so_far: Vec<_> = events
            .map(|event| (event.act.task, event.act.operation))
            .collect();
        let text = || format!("{what}, after {so_far:?}");
        self.complaint.get_or_insert_with(text);
        None
    }
}

impl SearchStrategy for Reorder {
    fn advance(&mut self) -> bool {
        self.tried += 1;
        self.way = if self.tried.is_multiple_of(LISTS) || self.panicked {
            None
        } else {
            Some(self.another_way())
        };
        self.trace.begin(0);
        (self.turns, self.panicked) = (0, false);
        self.tried < self.executions
    }

    fn error(&self) -> Option<SearchError> {
        self.complaint.clone().map(SearchError::Diverged)
    }
}

impl Strategy for Reorder {
    fn choose(&mut self, _costs: &[u8]) -> usize {
        self.choose_among(&[Effect::Spurious(false), Effect::Spurious(true)])
    }

    fn choose_one(&mut self, count: usize) -> usize {
        let all: Vec<Effect> = (0..count).map(|first| Effect::First(first as u8)).collect();
        self.choose_among(&all)
    }

    fn choose_waiter(&mut self, waiters: &[TaskId]) -> usize {
        let names = &self.trace.names;
        let all: Vec<Effect> = waiters
            .iter()
            .map(|&task| Effect::Woke(names.task(task)))
            .collect();
        self.choose_among(&all)
    }

    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        self.trace.settle();
        let turn = self.turns;
        self.turns += 1;
        let Some(way) = &self.way else {
            return Some(self.rng.below(point.options.len()));
        };
        let next = way.steps.get(turn).and_then(|&(task, _)| {
            let mut options = point.options.iter();
            options.position(|option| self.trace.names.task(option.task) == task)
        });
        next.or_else(|| self.complain("what was to come next is not possible"))
    }

    fn started(&mut self, parent: TaskId, _task: TaskId) {
        assert!(self.trace.started(parent));
    }

    fn created(&mut self, task: TaskId, _object: ObjectId) {
        self.trace.names.add_object(task);
    }

    fn found(&mut self, value: u64, keeps: Option<Keeps>) {
        self.trace.latest_found(value, keeps);
    }

    fn performed(&mut self, step: &strategy::Step<'_>, objects: &Objects) {
        self.trace.settle();
        let effect = self.chosen.take();
        let on_path = PathPlace {
            turn: self.turns,
            depth: self.turns,
        };
        assert!(self.trace.performed(step, effect, objects, on_path));
    }

    fn final_check(&mut self, last: TaskId, tasks: &[Task]) {
        self.trace.settle();
        self.trace.final_check(last, tasks);
    }

    fn ended(&mut self, end: &Ended<'_>) {
        self.trace.settle();
        // What panics is before or after all else; only a search adds that to the order. And what
        // destructors do on the way of a panic cannot be put apart from it.
        let mut steps = self.trace.events.iter().map(|event| event.step).enumerate();
        self.panicked = end.by_panic || steps.any(|(event, step)| event != step);
        let now = self.came_to();
        if let Some(way) = &self.way
            && (self.panicked || now != way.came_to)
        {
            let text = format!("before:\n{:#?}\nnow:\n{now:#?}", way.came_to);
            self.complain(&text).unwrap_or(())
        }
    }
}
