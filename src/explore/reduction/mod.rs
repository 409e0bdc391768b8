//! Exhaustive search without most of what is redundant: dynamic partial order reduction.
//!
//! Two executions that differ only in the order of independent operations are the same for every
//! check. The search tries one of each such class, and learns from the executions themselves where
//! another order matters: a *race* is a pair of dependent operations of which nothing forces the
//! order, and each calls for an execution in which the second comes first.
//!
//! The algorithm is that of Abdulla, Aronis, Jonsson and Sagonas, *Source Sets: A Foundation for
//! Optimal Dynamic Partial Order Reduction* (JACM 2017; POPL 2014): races (Flanagan and Godefroid,
//! POPL 2005) are looked for in whole executions, each adds the way to its reversal to a *wakeup
//! tree*, and sleep sets (Godefroid) keep from trying an order twice. What commutes stands in
//! [`dependence`].
//!
//! Where an execution ends in a deadlock, the way to what a task waited for may be blocked in the
//! other order; then the search goes another way, which may turn out to repeat others, and the
//! execution is broken off. That costs time and nothing else: every choice has, for each race, a
//! branch or a sleeping task that begins what the reversal does, as source sets demand.
//!
//! Left to the plain search, since a task's turn then depends on more than objects: executions in
//! which tasks give way (whom fairness lets go first depends on all steps since), have timers (the
//! next one depends on all tasks), or hand over messages directly (a send depends on who has come
//! to wait).

mod dependence;
mod trace;
mod wakeup;

use crate::explore::execution::{Choice, Point, Task};
use crate::explore::fairness::TaskSet;
use crate::explore::guide::{self, Guide};
use crate::explore::objects::{Object, Objects};
use crate::explore::operation::{Operation, TaskId};
use crate::explore::search::{Explorer, Trouble};
use crate::explore::verdict::FailureKind;
use dependence::may_depend;
use trace::{Performed, Race, Trace};
use wakeup::{Branch, Step, Tree, begins, take_then};

/// A task and the operation that it is about to perform.
type Pending = (TaskId, Operation);

/// A choice on the path that is tried.
#[derive(Debug)]
enum Node {
    Turn(Turn),
    /// What an operation comes to: every option is another class of executions.
    Effect {
        choice: usize,
        options: usize,
    },
}

impl Node {
    fn is_effect(&self) -> bool {
        matches!(self, Node::Effect { .. })
    }
}

/// A choice whose turn it is.
#[derive(Debug)]
struct Turn {
    enabled: TaskSet,
    chosen: Pending,
    /// Those tried before, with what they did.
    done: Vec<Pending>,
    /// Those whose turn would only repeat what was tried further up.
    asleep: Vec<Pending>,
    /// What is to be tried after what is tried now.
    ahead: Tree,
    /// What is to be tried further down, after what is tried now.
    below: Vec<Branch>,
    /// What every task was about to do.
    pending: Vec<Pending>,
}

/// The search; it is asked for the choices of one execution after the other.
#[derive(Default, Debug)]
pub(crate) struct Reduction {
    path: Vec<Node>,
    /// How many nodes of the path the present execution has come by.
    depth: usize,
    asleep: Vec<Pending>,
    trace: Trace,
    /// The choice that led to the operation that is about to be performed, and who could go on.
    turn: Option<(usize, TaskSet)>,
    /// Races of the present execution that have not been looked at.
    races: Vec<Race>,
    /// The present execution was broken off, since it would have repeated others.
    redundant: bool,
    gave_up: bool,
    divergence: Option<String>,
}

impl Explorer for Reduction {
    fn advance(&mut self) -> bool {
        self.depth = 0;
        self.redundant = false;
        self.turn = None;
        self.asleep.clear();
        while let Some(node) = self.path.last_mut() {
            let goes_on = match node {
                Node::Effect { choice, options } => {
                    *choice += 1;
                    choice < options
                }
                Node::Turn(turn) => turn.advance(),
            };
            if goes_on {
                self.trace.begin(self.path.len() - 1);
                return true;
            }
            self.path.pop();
        }
        false
    }

    fn latest_counts(&self) -> bool {
        !self.redundant
    }

    fn trouble(&self) -> Option<Trouble> {
        let diverged = self.divergence.clone().map(Trouble::Diverged);
        diverged.or(self.gave_up.then_some(Trouble::GaveUp))
    }
}

impl Reduction {
    /// A number that tells the order of the latest execution from others: the same for two that
    /// differ only in the order of operations that commute.
    pub(crate) fn order(&self) -> u64 {
        self.trace.order()
    }

    /// Comes by a choice that was made before, and lists who sleeps after it.
    fn again(&mut self, point: &Point<'_>) -> Option<usize> {
        let depth = self.depth;
        let Node::Turn(turn) = &self.path[depth] else {
            return self.diverge(depth);
        };
        let option = position(point, turn.chosen.0);
        if option.is_none() || point.enabled != turn.enabled {
            return self.diverge(depth);
        }
        let is_last = self.path[depth + 1..].iter().all(Node::is_effect);
        if is_last {
            self.asleep.extend(turn.asleep());
        }
        option
    }

    fn diverge<T>(&mut self, depth: usize) -> Option<T> {
        self.divergence
            .get_or_insert_with(|| format!("choice {depth} had other options the next time"));
        None
    }

    /// Makes a choice for the first time: the first task that does not sleep.
    fn first_time(&mut self, point: &Point<'_>) -> Option<usize> {
        let mut ahead = self.handed_down();
        let is_asleep = |task| self.asleep.iter().any(|(asleep, _)| *asleep == task);
        let awake = || tasks(point).filter(|&task| !is_asleep(task));
        let first = ahead.first(|task| awake().any(|other| other == task));
        let Some(chosen) = first.or_else(|| awake().next()) else {
            self.redundant = true;
            return None;
        };
        let pending = |task: TaskId| Some((task, point.tasks[task.index()].operation()?));
        let pending: Vec<Pending> = tasks(point).filter_map(pending).collect();
        self.path.push(Node::Turn(Turn {
            enabled: point.enabled,
            chosen: *pending.iter().find(|(task, _)| *task == chosen)?,
            done: Vec::new(),
            asleep: self.asleep.clone(),
            below: ahead.take(chosen),
            ahead,
            pending,
        }));
        position(point, chosen)
    }

    /// What the choice above wants to have tried here.
    fn handed_down(&mut self) -> Tree {
        let Some(last) = self.path.iter().rposition(|node| !node.is_effect()) else {
            return Tree::default();
        };
        let effects = effects(&self.path[last + 1..]);
        match &mut self.path[last] {
            Node::Turn(turn) => take_then(&mut turn.below, &effects),
            Node::Effect { .. } => Tree::default(),
        }
    }

    /// Sees to it that every race of the execution will be tried in the other order.
    fn reverse_races(&mut self) {
        let Reduction {
            path, trace, races, ..
        } = self;
        for race in races.drain(..) {
            let sequence = trace.reversal(&race, |choices| effects(&path[choices]));
            if let Some(Node::Turn(turn)) = path.get_mut(race.node) {
                turn.reverse(sequence);
            }
        }
    }
}

/// What operations came to, choice by choice.
fn effects(nodes: &[Node]) -> Vec<usize> {
    let choice = |node: &Node| match node {
        Node::Effect { choice, .. } => Some(*choice),
        Node::Turn(_) => None,
    };
    nodes.iter().filter_map(choice).collect()
}

impl Turn {
    /// Goes to the next task that is to be tried.
    fn advance(&mut self) -> bool {
        self.done.push(self.chosen);
        let is_over = |task: TaskId| self.asleep().any(|(other, _)| *other == task);
        let next = self.ahead.first(|task| !is_over(task));
        let pending = next.and_then(|next| self.pending.iter().find(|(task, _)| *task == next));
        match pending {
            Some(&next) => {
                self.chosen = next;
                self.below = self.ahead.take(next.0);
                true
            }
            None => false,
        }
    }

    /// Sees to it that what the sequence does will be tried.
    fn reverse(&mut self, sequence: Vec<Step<'_>>) {
        let is_covered = |pending: &Pending| begins(&sequence, pending).is_some();
        if self.asleep().any(is_covered) {
            return;
        }
        match self.enabled.contains(sequence[0].act.task) {
            true => self.ahead.insert(sequence),
            false => self.try_all(),
        }
    }

    /// Sees to it that everyone who can go on will be tried.
    fn try_all(&mut self) {
        for &pending in &self.pending {
            self.ahead.insert_task(pending);
        }
    }

    /// Those whose turn would only repeat what was tried before, here or further up.
    fn asleep(&self) -> impl Iterator<Item = &Pending> {
        self.asleep.iter().chain(&self.done)
    }
}

/// The tasks that can go on, the plain choice first.
fn tasks(point: &Point<'_>) -> impl Iterator<Item = TaskId> {
    point.options.iter().filter_map(|option| match option {
        Choice::Run(task) => Some(*task),
        Choice::PassTime => None,
    })
}

fn position(point: &Point<'_>, task: TaskId) -> Option<usize> {
    point
        .options
        .iter()
        .position(|option| *option == Choice::Run(task))
}

/// False if the execution broke off when tasks still had something to do that cannot be known.
fn is_all_known(tasks: &[Task], failure: Option<&FailureKind>) -> bool {
    match failure {
        None | Some(FailureKind::Deadlock { .. }) => true,
        Some(FailureKind::Panic {
            in_final_check: true,
            task,
            ..
        }) => (0..)
            .map(TaskId)
            .zip(tasks)
            .all(|(id, other)| id == *task || other.is_finished()),
        Some(_) => false,
    }
}

impl Guide for Reduction {
    fn choose(&mut self, costs: &[u8]) -> usize {
        let depth = self.depth;
        self.depth += 1;
        match self.path.get(depth) {
            None => {
                let (choice, options) = (0, costs.len());
                self.path.push(Node::Effect { choice, options });
                0
            }
            Some(&Node::Effect { choice, options }) if options == costs.len() => choice,
            Some(_) => self.diverge(depth).unwrap_or(0),
        }
    }

    fn choose_turn(&mut self, point: &Point<'_>) -> Option<usize> {
        self.gave_up |= point.has_yields_or_timers;
        if self.gave_up {
            return None;
        }
        let option = match self.depth < self.path.len() {
            true => self.again(point),
            false => self.first_time(point),
        };
        self.turn = Some((self.depth, point.enabled));
        self.depth += 1;
        option
    }

    fn started(&mut self, parent: TaskId, task: TaskId) {
        self.trace.started(parent, task);
    }

    fn performed(&mut self, step: &guide::Step<'_>, objects: &Objects) {
        if let Some(id) = step.operation.object()
            && let Object::Channel {
                capacity: Some(0), ..
            } = objects.get(id)
        {
            self.gave_up = true;
        }
        let turn = self.turn.take();
        match self.trace.performed(step, objects, turn, self.depth) {
            Performed::Again => {}
            Performed::Anew => {
                let latest = self.trace.latest_act();
                let wakes =
                    |asleep: &Pending| latest.is_none_or(|latest| may_depend(asleep, latest));
                self.asleep
                    .retain(|asleep| asleep.0 != step.task && !wakes(asleep));
                self.races.extend(self.trace.latest_races());
            }
            Performed::Otherwise => {
                let depth = turn.map_or(0, |(node, _)| node);
                let _: Option<()> = self.diverge(depth);
            }
        }
    }

    fn final_check(&mut self, last: TaskId, tasks: &[Task]) {
        self.trace.final_check(last, tasks);
    }

    fn ended(&mut self, tasks: &[Task], failure: Option<&FailureKind>) {
        if self.trouble().is_some() {
            return;
        }
        if !is_all_known(tasks, failure) {
            self.races.clear();
            for node in &mut self.path {
                if let Node::Turn(turn) = node {
                    turn.try_all();
                }
            }
            return;
        }
        self.trace.catch_up();
        for (index, task) in tasks.iter().enumerate() {
            let id = TaskId(index as u8);
            self.races.extend(self.trace.pending_races(id, task));
        }
        self.reverse_races();
    }
}
