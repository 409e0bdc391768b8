//! Which tasks must let others go first, because they gave way.
//!
//! The fair scheduler of Musuvathi and Qadeer, *Fair Stateless Model Checking* (PLDI 2008):
//! when a task yields, every task that could have run since its last yield but did not gets
//! priority over it. Executions in which waiting code spins for ever while another task could
//! end the wait are left out; no fair execution is.

use super::operation::TaskId;

/// How many words a set of tasks has.
const WORDS: usize = 4;

/// A set of tasks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct TaskSet([u64; WORDS]);

impl TaskSet {
    /// The most tasks that an execution can have: as many as a [`TaskId`] can tell apart.
    pub(crate) const MAX_TASKS: usize = WORDS * u64::BITS as usize;

    #[inline]
    pub(crate) fn insert(&mut self, task: TaskId) {
        self.0[word(task)] |= bit(task);
    }

    #[inline]
    pub(crate) fn remove(&mut self, task: TaskId) {
        self.0[word(task)] &= !bit(task);
    }

    #[inline]
    pub(crate) fn contains(self, task: TaskId) -> bool {
        self.0[word(task)] & bit(task) != 0
    }

    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self == TaskSet::default()
    }

    pub(crate) fn union(self, other: Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    fn intersection(self, other: Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    fn without(self, other: Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    fn zip(self, other: Self, f: impl Fn(u64, u64) -> u64) -> Self {
        TaskSet(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }

    /// The tasks of the set, beginning with the first after `start` and going round.
    pub(crate) fn iter_after(self, start: TaskId) -> impl Iterator<Item = TaskId> {
        let after = start.index() + 1;
        let first = self.iter_from(after);
        first.chain(self.iter_from(0).take_while(move |t| t.index() < after))
    }

    /// The tasks of the set whose index is at least `from`, in order.
    fn iter_from(self, from: usize) -> impl Iterator<Item = TaskId> {
        let bits = u64::BITS as usize;
        let mut at = from / bits;
        let word_at = move |at: usize| self.0.get(at).copied();
        let mut rest = word_at(at).unwrap_or(0) & (u64::MAX << (from % bits));
        std::iter::from_fn(move || {
            while rest == 0 {
                at += 1;
                rest = word_at(at)?;
            }
            let lowest = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(TaskId((at * bits + lowest) as u8))
        })
    }
}

fn word(task: TaskId) -> usize {
    task.index() / u64::BITS as usize
}

fn bit(task: TaskId) -> u64 {
    1 << (task.index() % u64::BITS as usize)
}

/// What the scheduler remembers of a task that has yielded.
#[derive(Debug)]
struct Yielder {
    task: TaskId,
    /// Tasks that go first.
    before: TaskSet,
    /// Tasks that could run at every step since the last yield.
    always_enabled: TaskSet,
    /// Tasks that this one kept from running since its last yield.
    disabled_by: TaskSet,
    /// Tasks that ran since the last yield.
    ran: TaskSet,
}

/// The priorities that yields have made. Costs nothing until a task yields.
#[derive(Debug, Default)]
pub(crate) struct Fairness {
    yielders: Vec<Yielder>,
    enabled_before: TaskSet,
}

impl Fairness {
    /// Learns that `task` made a step, after which `enabled` could run.
    pub(crate) fn observe(&mut self, task: TaskId, yielded: bool, enabled: TaskSet) {
        if self.yielders.is_empty() && !yielded {
            self.enabled_before = enabled;
            return;
        }
        for yielder in &mut self.yielders {
            yielder.before.remove(task);
            yielder.always_enabled = yielder.always_enabled.intersection(enabled);
            if yielder.task == task {
                let disabled = self.enabled_before.without(enabled);
                yielder.disabled_by = yielder.disabled_by.union(disabled);
            }
            yielder.ran.insert(task);
        }
        self.enabled_before = enabled;
        if yielded {
            self.begin_window(task, enabled);
        }
    }

    fn begin_window(&mut self, task: TaskId, enabled: TaskSet) {
        let known = self
            .yielders
            .iter()
            .position(|yielder| yielder.task == task);
        let before = match known.map(|position| self.yielders.swap_remove(position)) {
            Some(y) => {
                let waiting = y.always_enabled.union(y.disabled_by).without(y.ran);
                y.before.union(waiting)
            }
            None => TaskSet::default(),
        };
        self.yielders.push(Yielder {
            task,
            before,
            always_enabled: enabled,
            disabled_by: TaskSet::default(),
            ran: TaskSet::default(),
        });
    }

    /// The tasks of `enabled` that need not let another of them go first.
    pub(crate) fn eligible(&self, enabled: TaskSet) -> TaskSet {
        let mut eligible = enabled;
        for yielder in &self.yielders {
            if !yielder.before.intersection(enabled).is_empty() {
                eligible.remove(yielder.task);
            }
        }
        eligible
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(tasks: &[u8]) -> TaskSet {
        let mut set = TaskSet::default();
        tasks.iter().for_each(|&task| set.insert(TaskId(task)));
        set
    }

    #[test]
    fn a_set_is_walked_round_from_after_a_task() {
        let walk = |start| {
            set(&[0, 2, 63, 64, 255])
                .iter_after(TaskId(start))
                .map(|t| t.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(walk(0), [2, 63, 64, 255, 0]);
        assert_eq!(walk(2), [63, 64, 255, 0, 2]);
        assert_eq!(walk(62), [63, 64, 255, 0, 2]);
        assert_eq!(walk(63), [64, 255, 0, 2, 63]);
        assert_eq!(walk(200), [255, 0, 2, 63, 64]);
        assert_eq!(walk(255), [0, 2, 63, 64, 255]);
    }

    #[test]
    fn a_task_that_yields_twice_lets_the_one_go_first_that_could_run_all_along() {
        let (spinner, other) = (TaskId(1), TaskId(2));
        let both = set(&[1, 2]);
        let mut fairness = Fairness::default();
        fairness.observe(spinner, true, both);
        assert_eq!(fairness.eligible(both), both);
        fairness.observe(spinner, true, both);
        assert_eq!(fairness.eligible(both), set(&[2]));
        fairness.observe(other, false, both);
        assert_eq!(fairness.eligible(both), both);
    }
}
