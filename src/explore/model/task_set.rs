//! Sets of tasks.

use crate::explore::model::operation::TaskId;

/// How many words a set of tasks has.
const WORDS: usize = 16;

/// A set of tasks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct TaskSet([u64; WORDS]);

impl TaskSet {
    /// The most tasks that an execution can have, those that have finished included.
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
    pub(crate) fn contains(&self, task: TaskId) -> bool {
        self.0[word(task)] & bit(task) != 0
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    pub(crate) fn intersection(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    pub(crate) fn without(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    fn zip(&self, other: &Self, f: impl Fn(u64, u64) -> u64) -> Self {
        TaskSet(std::array::from_fn(|i| f(self.0[i], other.0[i])))
    }

    /// The tasks of the set, beginning with the first after `start` and going round.
    pub(crate) fn iter_after(&self, start: TaskId) -> impl Iterator<Item = TaskId> {
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
            Some(TaskId::at(at * bits + lowest))
        })
    }
}

fn word(task: TaskId) -> usize {
    task.index() / u64::BITS as usize
}

fn bit(task: TaskId) -> u64 {
    1 << (task.index() % u64::BITS as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_walked_round_from_after_a_task() {
        let mut set = TaskSet::default();
        for task in [0, 2, 63, 64, 255] {
            set.insert(TaskId(task));
        }
        let walk = |start| -> Vec<u16> { set.iter_after(TaskId(start)).map(|t| t.0).collect() };
        assert_eq!(walk(0), [2, 63, 64, 255, 0]);
        assert_eq!(walk(2), [63, 64, 255, 0, 2]);
        assert_eq!(walk(62), [63, 64, 255, 0, 2]);
        assert_eq!(walk(63), [64, 255, 0, 2, 63]);
        assert_eq!(walk(200), [255, 0, 2, 63, 64]);
        assert_eq!(walk(255), [0, 2, 63, 64, 255]);
    }
}
