//! The calls of an execution, in its partial order: what their beginnings and returns come after.
//!
//! A mark of a task comes after what the task has done before, and whatever that comes after; what the
//! task does next comes after the mark. Two marks between which no such way leads can come in either
//! order: they depend on nothing, and nothing depends on them.

use super::{Event, Trace, is_before};
use crate::explore::model::calls::Precedence;
use crate::explore::model::operation::TaskId;
use crate::explore::search::dpor::along::Along;
use crate::explore::search::dpor::clocks::join;
use crate::explore::search::dpor::names::Names;
use crate::explore::search::dpor::passages::{Passage, What};

impl Trace {
    /// A task comes by something, after all that was performed so far.
    pub(super) fn pass(&mut self, what: What) {
        let after = self.performed;
        self.passages.push(Passage { after, what });
    }

    /// A task comes by the beginning or the return of a call.
    pub(in crate::explore::search::dpor) fn mark(&mut self, task: TaskId) {
        let task = self.names.task(task);
        let own = self.latest_of(task);
        let threads = match &self.before_final_check {
            Some(threads) if task == Names::FINAL_CHECK => threads.as_slice(),
            _ => &[],
        };
        let threads = threads.iter().filter_map(|name| self.latest_of(*name));
        let latest = threads.chain(own).collect();
        self.pass(What::Mark { task, latest });
    }

    /// Which marks come before which, in every order of the events that keeps the partial order.
    pub(in crate::explore::search::dpor) fn precedence(&self) -> Precedence {
        let tasks = self.names.tasks();
        // How many marks of each task each task knows of by now, and knew at each of its operations.
        let mut knows = vec![vec![0; tasks]; tasks];
        let mut knew: Vec<Vec<Vec<u32>>> = vec![Vec::new(); tasks];
        let (mut own, mut known) = (Vec::new(), Vec::new());
        let mut passages = self.passages.iter().peekable();
        for index in 0..=self.events.len() {
            while let Some(passage) = passages.next_if(|passage| passage.after == index) {
                match &passage.what {
                    What::Mark { task, .. } => {
                        let task = task.index();
                        known.push(knows[task].clone());
                        knows[task][task] += 1;
                        own.push((task, knows[task][task]));
                    }
                    What::Birth { parent, child } => {
                        knows[child.index()] = knows[parent.index()].clone();
                    }
                    What::FinalCheck { threads } => {
                        for thread in threads {
                            let theirs = knows[thread.index()].clone();
                            join(&mut knows[Names::FINAL_CHECK.index()], &theirs);
                        }
                    }
                }
            }
            let Some(Event { act, .. }) = self.events.get(index) else {
                break;
            };
            let task = act.task.index();
            for (other, &place) in self.clocks.of(index).iter().enumerate().take(tasks) {
                if other != task && place > 0 {
                    join(&mut knows[task], &knew[other][place as usize - 1]);
                }
            }
            knew[task].push(knows[task].clone());
        }
        Precedence::Partial { own, known }
    }

    /// The way to an execution of the same partial order in which the marks come in this order: what
    /// comes before a mark is done when it is the mark's turn, and not before.
    pub(in crate::explore::search::dpor) fn along(&self, order: &[usize]) -> Along {
        let marks: Vec<&[usize]> = (self.passages.iter())
            .filter_map(|passage| match &passage.what {
                What::Mark { latest, .. } => Some(latest.as_slice()),
                _ => None,
            })
            .collect();
        let mut is_done = vec![false; self.events.len()];
        let mut steps = Vec::new();
        let turns = order.iter().flat_map(|&mark| marks[mark]);
        for &latest in turns {
            let clock = self.clocks.of(latest);
            for (index, event) in self.events.iter().enumerate().take(latest + 1) {
                if is_before(event, clock) && !std::mem::replace(&mut is_done[index], true) {
                    steps.push((event.act.task, event.act.effect));
                }
            }
        }
        let left = self.events.iter().zip(&is_done).filter(|(_, done)| !**done);
        steps.extend(left.map(|(event, _)| (event.act.task, event.act.effect)));
        Along::new(self.names.clone(), steps)
    }
}
