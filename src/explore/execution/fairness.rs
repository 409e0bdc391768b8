//! Which tasks must let others go first, because they gave way.
//!
//! The fair scheduler of Musuvathi and Qadeer, *Fair Stateless Model Checking* (PLDI 2008):
//! when a task yields, every task that could have run since its last yield but did not gets
//! priority over it. Executions in which waiting code spins for ever while another task could
//! end the wait are left out; no fair execution is.
//!
//! | here | there |
//! |---|---|
//! | [`Yielder::before`] | `P(t)`: the tasks with priority over `t` |
//! | [`Yielder::always_enabled`] | `E(t)`: enabled at every step since the last yield of `t` |
//! | [`Yielder::disabled_by`] | `D(t)`: disabled by a step of `t` since its last yield |
//! | [`Yielder::ran`] | `S(t)`: scheduled since the last yield of `t` |
//! | [`Fairness::eligible`] | the set `T` of tasks among which the scheduler chooses |
//!
//! Why no task is held up for ever. The relation `before` never has a cycle: edges from `t` are added
//! only when `t` has just run, and then no edge leads to `t`, since those to the task that runs are
//! dropped. So among the tasks that can run one has none of them before it, and
//! [`Fairness::eligible`] is empty only if nobody can run. An edge to `u` lasts until `u` has run: who
//! keeps yielding lets every other task that can go on do so.
//!
//! A task's first yield begins its first window and adds no edge: nothing is known of the time
//! before. The paper begins windows at the first step instead (its `E` is empty and its `D` and `S` are full
//! until then), which comes to the same.
//!
//! Cost: a step costs one pass over the tasks that have ever yielded; nothing while none has.

use crate::explore::model::operation::TaskId;
use crate::explore::model::task_set::TaskSet;

/// What the scheduler remembers of a task that has yielded.
#[derive(Debug)]
struct Yielder {
    task: TaskId,
    /// Tasks that go first, if they can. Invariant: the relation between tasks has no cycle.
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
    /// One for each task that has yielded, in no order.
    yielders: Vec<Yielder>,
    /// Who could run before the latest step; nobody knows until a task yields.
    enabled_before: Option<Box<TaskSet>>,
}

impl Fairness {
    /// True as long as no task has yielded, and all are eligible.
    #[inline]
    pub(crate) fn is_idle(&self) -> bool {
        self.yielders.is_empty()
    }

    /// Learns that `task` made a step, after which `enabled` could run.
    #[inline]
    pub(crate) fn observe(&mut self, task: TaskId, yielded: bool, enabled: &TaskSet) {
        if self.is_idle() && !yielded {
            return;
        }
        let enabled_before = self.enabled_before.get_or_insert_default();
        for yielder in &mut self.yielders {
            yielder.before.remove(task);
            yielder.always_enabled = yielder.always_enabled.intersection(enabled);
            if yielder.task == task {
                let disabled = enabled_before.without(enabled);
                yielder.disabled_by = yielder.disabled_by.union(&disabled);
            }
            yielder.ran.insert(task);
        }
        **enabled_before = *enabled;
        if yielded {
            self.begin_window(task, enabled);
        }
    }

    fn begin_window(&mut self, task: TaskId, enabled: &TaskSet) {
        let known = self
            .yielders
            .iter()
            .position(|yielder| yielder.task == task);
        let before = match known.map(|position| self.yielders.swap_remove(position)) {
            Some(y) => {
                let waiting = y.always_enabled.union(&y.disabled_by).without(&y.ran);
                y.before.union(&waiting)
            }
            None => TaskSet::default(),
        };
        self.yielders.push(Yielder {
            task,
            before,
            always_enabled: *enabled,
            disabled_by: TaskSet::default(),
            ran: TaskSet::default(),
        });
    }

    /// The tasks of `enabled` that need not let another of them go first.
    pub(crate) fn eligible(&self, enabled: &TaskSet) -> TaskSet {
        let mut eligible = *enabled;
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

    fn set(tasks: &[u16]) -> TaskSet {
        let mut set = TaskSet::default();
        tasks.iter().for_each(|&task| set.insert(TaskId(task)));
        set
    }

    #[test]
    fn a_task_that_yields_twice_lets_the_one_go_first_that_could_run_all_along() {
        let (spinner, other) = (TaskId(1), TaskId(2));
        let both = set(&[1, 2]);
        let mut fairness = Fairness::default();
        fairness.observe(spinner, true, &both);
        assert_eq!(fairness.eligible(&both), both);
        fairness.observe(spinner, true, &both);
        assert_eq!(fairness.eligible(&both), set(&[2]));
        fairness.observe(other, false, &both);
        assert_eq!(fairness.eligible(&both), both);
    }
}
