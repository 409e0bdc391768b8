//! The choices on the path that is tried, and who sleeps at them.

use super::wakeup::{Branch, Sequence, Tree};
use crate::explore::dependence::act::{Act, Effect};
use crate::explore::model::operation::TaskId;
use crate::explore::model::task_set::TaskSet;

/// A choice on the path that is tried.
// Almost all of them are turns: a box would only be one more place to go to.
#[allow(clippy::large_enum_variant)]
#[derive(Debug)]
pub(super) enum Node {
    Turn(Turn),
    /// What the operation comes to that the turn above it led to.
    Effects(Effects),
}

impl Node {
    pub(super) fn is_effects(&self) -> bool {
        matches!(self, Node::Effects(_))
    }
}

/// The turn at this place of the path, if there is one.
pub(super) fn turn_at(path: &mut [Node], place: usize) -> Option<&mut Turn> {
    match path.get_mut(place) {
        Some(Node::Turn(turn)) => Some(turn),
        _ => None,
    }
}

/// What need not be tried, since it would only repeat what was tried before, here or further up.
#[derive(Clone, Debug)]
pub(super) struct Sleeper {
    pub(super) act: Act,
    /// How many things its operation can come to, each of which sleeps for itself.
    pub(super) effects: usize,
}

/// True if the task's next operation sleeps, whatever it comes to.
pub(super) fn is_asleep(task: TaskId, asleep: &[Sleeper]) -> bool {
    let own = || asleep.iter().filter(|sleeper| sleeper.act.task == task);
    own()
        .next()
        .is_some_and(|sleeper| own().count() >= sleeper.effects)
}

/// A scheduling choice: which task performs the next operation.
///
/// Invariant: when an execution has ended, what was tried here, what is tried now, what sleeps and what is
/// ahead are a *source set* for all that was seen below: of every race whose first operation was
/// performed here one way to the other order begins with one of them.
#[derive(Debug)]
pub(super) struct Turn {
    /// Who could go on, by name.
    pub(super) enabled: TaskSet,
    /// The task that is tried, by name.
    pub(super) chosen: TaskId,
    /// What its operation is to come to, where that is a choice; none if that does not matter.
    pub(super) wanted: Option<Effect>,
    /// What has been tried here before.
    pub(super) tried: Vec<(TaskId, Option<Effect>)>,
    /// The sleep set: what was covered before, and then what has been tried here. Invariant: each of
    /// these operations could be performed here, and would come to what it is here.
    pub(super) asleep: Vec<Sleeper>,
    /// What is to be tried after what is tried now: the wakeup tree, without its first branch.
    pub(super) ahead: Tree,
    /// What is to be tried further down, after what is tried now. Invariant: empty once the next choice
    /// has been made, which has it then as what is ahead.
    pub(super) below: Tree,
    /// The event of what is tried now, once it was performed; the first one if there are several.
    pub(super) event: Option<usize>,
    /// How many things that can come to.
    pub(super) effects: usize,
}

impl Turn {
    /// Goes to the next task that is to be tried.
    pub(super) fn advance(&mut self) -> bool {
        let (asleep, enabled) = (&self.asleep, self.enabled);
        let can = |branch: &Branch| {
            enabled.contains(branch.act.task) && !sleeps(branch.act.task, branch.act.effect, asleep)
        };
        let Some(next) = self.ahead.take_first(can) else {
            return false;
        };
        self.chosen = next.act.task;
        self.wanted = next.act.effect;
        self.below = next.then;
        self.effects = 1;
        true
    }

    /// True if the task's operation was tried before, or will be, with this effect. One that sleeps will
    /// not, and covers only what it can begin.
    pub(super) fn tries(&self, task: TaskId, effect: Effect) -> bool {
        let it = (task, Some(effect));
        let mut ahead = self.ahead.branches().iter();
        let is_ahead = ahead.any(|branch| (branch.act.task, branch.act.effect) == it);
        self.tried.contains(&it) || is_ahead && !sleeps(task, it.1, &self.asleep)
    }

    /// Sees to it that what the sequence comes to will be tried, in either manner. `now` is what is
    /// tried at present. False if it is not known how.
    pub(super) fn add(&mut self, sequence: Sequence<'_>, now: &Act, has_source_sets: bool) -> bool {
        if has_source_sets {
            self.add_initial(&sequence, now);
            true
        } else {
            self.add_sequence(sequence)
        }
    }

    /// With wakeup trees: the whole of the sequence has to be tried, unless it is covered. False if
    /// that is not possible.
    fn add_sequence(&mut self, sequence: Sequence<'_>) -> bool {
        let is_possible = !sequence.is_open() && self.enabled.contains(sequence.first().task);
        if is_possible && !self.is_covered(&sequence) {
            self.ahead.insert(sequence);
        }
        is_possible
    }

    /// With *source sets*: one of the tasks that can be first has to be tried here. What is not
    /// possible is no execution that would have to be tried.
    fn add_initial(&mut self, sequence: &Sequence<'_>, now: &Act) {
        let ahead = self
            .ahead
            .branches()
            .iter()
            .map(|branch| (branch.act.task, branch.act.effect));
        let tried = self.tried.iter().copied().chain([(now.task, now.effect)]);
        let mut all = tried.chain(ahead);
        let first = sequence.first();
        if !all.any(|(task, effect)| sequence.has_initial(task, effect))
            && self.enabled.contains(first.task)
        {
            self.ahead.add(first.clone());
        }
    }

    /// True if what the sequence comes to was, or is, tried after what sleeps here.
    fn is_covered(&self, sequence: &Sequence<'_>) -> bool {
        self.asleep.iter().any(|sleeper| {
            let all = is_asleep(sleeper.act.task, &self.asleep);
            let effect = if all { None } else { sleeper.act.effect };
            sequence.begins(&sleeper.act, effect).is_some()
        })
    }
}

/// True if the task's next operation sleeps, when it comes to this.
fn sleeps(task: TaskId, effect: Option<Effect>, asleep: &[Sleeper]) -> bool {
    match effect {
        None => is_asleep(task, asleep),
        Some(_) => asleep
            .iter()
            .any(|sleeper| (sleeper.act.task, sleeper.act.effect) == (task, effect)),
    }
}

/// What an operation comes to, where that is a choice.
#[derive(Debug)]
pub(super) struct Effects {
    pub(super) chosen: Effect,
    /// All that it could come to.
    pub(super) all: Vec<Effect>,
}

impl Effects {
    /// What the turn wants, or else the first that does not sleep. `None` if all of it sleeps.
    pub(super) fn new(all: &[Effect], turn: &Turn) -> Option<Self> {
        let is_awake = |effect: Effect| !sleeps(turn.chosen, Some(effect), &turn.asleep);
        let wanted = turn.wanted.filter(|wanted| all.contains(wanted));
        let first = || all.iter().copied().find(|&effect| is_awake(effect));
        Some(Effects {
            chosen: wanted.or_else(first)?,
            all: all.to_vec(),
        })
    }

    /// The number of what is tried among all that there can be.
    pub(super) fn position(&self, all: &[Effect]) -> Option<usize> {
        all.iter().position(|&effect| effect == self.chosen)
    }
}
