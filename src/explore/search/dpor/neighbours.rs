//! A test of the relation, from one state: operations that are independent there leave each other be.

use super::trace::{PathPlace, Trace};
use crate::explore::dependence::act::{Act, Effect};
use crate::explore::dependence::may_depend;
use crate::explore::model::objects::Objects;
use crate::explore::model::operation::{ObjectId, TaskId};
use crate::explore::model::task::Task;
use crate::explore::model::update::Keeps;
use crate::explore::rng::Rng;
use crate::explore::search::{SearchError, SearchStrategy};
use crate::explore::strategy::{self, Ended, Point, Strategy};

/// At most so many operations come before two that are tried in both orders.
const BEFORE: usize = 12;

/// Goes to some state at random, and lets two tasks perform their operations there, in either order.
///
/// If the two are independent, as they are performed first, then each can be performed after the other,
/// and comes to the same. That is the second rule of the [relation](crate::explore::dependence).
pub(crate) struct Neighbours {
    trace: Trace,
    rng: Rng,
    executions: usize,
    tried: usize,
    /// The choices that lead to the state; of a second execution those of the first.
    way: Vec<usize>,
    /// How many of them this execution has made.
    made: usize,
    /// After how many turns the two come.
    before: usize,
    turns: usize,
    /// The two, in the order of this execution.
    pair: Option<[TaskId; 2]>,
    /// What they did in the first execution.
    first: Option<[Option<Act>; 2]>,
    complaint: Option<String>,
}

impl Neighbours {
    /// Tries so many executions.
    pub(crate) fn new(executions: usize) -> Self {
        Neighbours {
            trace: Trace::default(),
            rng: Rng::new(0),
            executions,
            tried: 0,
            way: Vec::new(),
            made: 0,
            before: 0,
            turns: 0,
            pair: None,
            first: None,
            complaint: None,
        }
    }

    fn choose_among(&mut self, all: usize) -> usize {
        if self.turns > self.before {
            // What the two come to by choice is chosen alike.
            return 0;
        }
        if self.made == self.way.len() {
            self.way.push(self.rng.below(all));
        }
        self.made += 1;
        self.way[self.made - 1].min(all - 1)
    }

    /// What the two have done in this execution; nothing if destructors have done more in the same step.
    fn acts(&self) -> [Option<Act>; 2] {
        [self.before + 1, self.before + 2].map(|turn| {
            let mut own = self
                .trace
                .events
                .iter()
                .filter(|event| event.on_path.turn == turn);
            let act = own.next()?.act.clone();
            own.next().is_none().then_some(act)
        })
    }

    /// Compares the two orders.
    fn compare(&mut self, first: [Option<Act>; 2]) {
        let [a, b_after] = first;
        let [b, a_after] = self.acts();
        let (Some(a), Some(b)) = (a, b) else {
            return;
        };
        if may_depend(&a, &b) {
            return;
        }
        for (alone, after) in [(&a, a_after), (&b, b_after)] {
            let (alone, after) = (alone.came_to(), after.as_ref().map(Act::came_to));
            if after.as_ref() != Some(&alone) {
                self.complaint
                    .get_or_insert(format!("alone: {alone}\nafter the other: {after:?}"));
            }
        }
    }
}

impl SearchStrategy for Neighbours {
    fn advance(&mut self) -> bool {
        self.tried += 1;
        let has_pair = self.pair.is_some();
        match self.first.take() {
            None if has_pair => {
                self.first = Some(self.acts());
                self.pair = self.pair.map(|[a, b]| [b, a]);
            }
            _ => {
                self.way.clear();
                self.pair = None;
                self.before = self.rng.below(BEFORE);
            }
        }
        self.trace.begin(0);
        (self.made, self.turns) = (0, 0);
        self.tried < self.executions
    }

    fn latest_counts(&self) -> bool {
        // It is broken off.
        false
    }

    fn error(&self) -> Option<SearchError> {
        self.complaint.clone().map(SearchError::Diverged)
    }
}

impl Strategy for Neighbours {
    fn choose(&mut self, costs: &[u8]) -> usize {
        self.choose_among(costs.len())
    }

    fn choose_waiter(&mut self, waiters: &[TaskId]) -> usize {
        self.choose_among(waiters.len())
    }

    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        self.trace.settle();
        let turn = self.turns;
        self.turns += 1;
        let names = &self.trace.names;
        let options: Vec<TaskId> = point
            .options
            .iter()
            .map(|option| names.task(option.task))
            .collect();
        if turn < self.before {
            return Some(self.choose_among(options.len()));
        }
        if turn == self.before && self.pair.is_none() && options.len() > 1 {
            let first = self.rng.below(options.len());
            let other = (first + 1 + self.rng.below(options.len() - 1)) % options.len();
            self.pair = Some([options[first], options[other]]);
        }
        let next = self.pair?.get(turn - self.before).copied()?;
        options.iter().position(|&option| option == next)
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
        let on_path = PathPlace {
            turn: self.turns,
            depth: self.turns,
        };
        let effect: Option<Effect> = None;
        assert!(self.trace.performed(step, effect, objects, on_path));
    }

    fn final_check(&mut self, last: TaskId, tasks: &[Task]) {
        self.trace.settle();
        self.trace.final_check(last, tasks);
    }

    fn ended(&mut self, end: &Ended<'_>) {
        self.trace.settle();
        // What panics depends on everything.
        if end.by_panic {
            self.pair = None;
        } else if let Some(first) = self.first.clone() {
            self.compare(first);
        }
    }
}
