//! Records the calls of an execution, and has them judged.

use super::history::History;
use super::linearization::judge;
use super::orders::{self, Marked};
use super::specification::Specification;
use super::told::told;
use crate::explore::Scenario;
use crate::explore::model::calls::{Begun, End, Judge, Precedence, Refusal};
use crate::explore::record::Callee;
use crate::explore::verdict::{Caller, Unexplained};
use crate::sync::calls;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// Records the calls that threads make, by which a specification is kept or broken.
///
/// To record is no operation, and costs a lock that nobody else wants: it changes nothing in what is
/// explored. Copies record into the same list. A scenario makes one recorder for each object that
/// it checks, and [judges](Recorder::judge) by it; [`check`](super::check()) does all that.
///
/// Outside explorations the calls of real threads are recorded, too, in the order in which they came
/// to the recorder, for [`verdict`](Recorder::verdict).
pub struct Recorder<S: Specification> {
    specification: Arc<S>,
    log: Arc<Mutex<Log<S>>>,
}

impl<S: Specification> Clone for Recorder<S> {
    fn clone(&self) -> Self {
        Recorder {
            specification: Arc::clone(&self.specification),
            log: Arc::clone(&self.log),
        }
    }
}

/// The calls so far.
struct Log<S: Specification> {
    calls: Vec<Call<S>>,
    /// How many marks there were, where no execution counts them.
    marks: usize,
    /// The threads outside explorations, in the order of their first calls.
    threads: Vec<ThreadId>,
}

/// A recorded call.
struct Call<S: Specification> {
    caller: Caller,
    call: S::Call,
    begin: usize,
    end: Option<(usize, S::Answer)>,
}

impl<S: Specification> Recorder<S> {
    /// Nothing has been called yet.
    pub fn new(specification: S) -> Self {
        Self::of(Arc::new(specification))
    }

    /// The same by a specification that others use, too.
    pub(super) fn of(specification: Arc<S>) -> Self {
        Recorder {
            specification,
            log: Arc::new(Mutex::new(Log {
                calls: Vec::new(),
                marks: 0,
                threads: Vec::new(),
            })),
        }
    }

    /// Makes a call, `perform`, and records it with what it answers. If it panics it has not returned.
    pub fn call(&self, call: S::Call, perform: impl FnOnce() -> S::Answer) -> S::Answer {
        let number = self.begin(call);
        // Nobody asks for the name of a call that is not recorded.
        let callee = || {
            let name = number.map(|number| format!("{:?}", self.log().calls[number].call));
            name.map_or(Callee::Check(None), Callee::Checked)
        };
        let answer = calls::told(callee, |_| None, perform);
        if let Some(number) = number {
            self.end(number, answer.clone());
        }
        answer
    }

    /// The scenario, of which each execution fails that has calls with answers that no order of them
    /// explains. A call that waits for ever is no failure if it has a reason in such an order: if the
    /// specification [lets it wait](Specification::may_wait).
    pub fn judge(&self, scenario: Scenario) -> Scenario {
        scenario.judged_by(self.clone())
    }

    /// Judges what was recorded outside explorations; what has not returned is taken for cut off.
    ///
    /// # Errors
    /// The shortest beginning of the history that nothing explains.
    pub fn verdict(&self) -> Result<(), Box<Unexplained>> {
        let places = (0..self.log().marks).collect();
        let judged = Judge::judge(self, &Precedence::Total { places }, &End::CutOff);
        judged.map_err(|refusal| Box::new(refusal.why))
    }

    fn log(&self) -> MutexGuard<'_, Log<S>> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the call; `None` if its execution is over.
    fn begin(&self, call: S::Call) -> Option<usize> {
        let mut log = self.log();
        let (caller, begin) = match calls::begin() {
            Begun::Mark(task, mark) => (Caller::Task(task), mark),
            Begun::Outside => log.outside(),
            Begun::Over => return None,
        };
        log.calls.push(Call {
            caller,
            call,
            begin,
            end: None,
        });
        Some(log.calls.len() - 1)
    }

    fn end(&self, number: usize, answer: S::Answer) {
        let mut log = self.log();
        let end = match log.calls[number].caller {
            Caller::Task(_) => calls::end(),
            Caller::Thread(_) => Some(log.next_mark()),
        };
        log.calls[number].end = end.map(|end| (end, answer));
    }
}

impl<S: Specification> Log<S> {
    fn next_mark(&mut self) -> usize {
        self.marks += 1;
        self.marks - 1
    }

    /// Who calls, and the next mark.
    fn outside(&mut self) -> (Caller, usize) {
        let current = thread::current().id();
        let known = self.threads.iter().position(|&thread| thread == current);
        let thread = known.unwrap_or_else(|| {
            self.threads.push(current);
            self.threads.len() - 1
        });
        (Caller::Thread(thread), self.next_mark())
    }

    fn marked(&self) -> Vec<Marked<'_, S::Call, S::Answer>> {
        let calls = self.calls.iter();
        let marked = calls.map(|call| Marked {
            call: &call.call,
            begin: call.begin,
            end: call.end.as_ref().map(|(end, answer)| (*end, answer)),
        });
        marked.collect()
    }
}

impl<S: Specification> Judge for Recorder<S> {
    fn judge(&self, precedence: &Precedence, end: &End) -> Result<(), Box<Refusal>> {
        let log = self.log();
        let calls = log.marked();
        let is_at_rest = *end != End::CutOff;
        let order = if precedence.is_total() {
            Some(in_total_order(&calls, precedence))
        } else {
            orders::unexplained(&*self.specification, &calls, precedence, is_at_rest)
        };
        let Some(order) = order else {
            return Ok(());
        };
        let (mut history, callers) = history(&calls, &order);
        if is_at_rest {
            history.rests();
        }
        judge(&*self.specification, &history).map_err(|blame| {
            let caller = |number: usize| log.calls[callers[number]].caller;
            let why = told(&history, &blame, end, caller);
            Box::new(Refusal { why, order })
        })
    }
}

/// The marks in the order of one execution.
fn in_total_order<C, A>(calls: &[Marked<'_, C, A>], precedence: &Precedence) -> Vec<usize> {
    let marks = calls.iter().flat_map(|call| {
        let end = call.end.as_ref().map(|(end, _)| *end);
        std::iter::once(call.begin).chain(end)
    });
    let mut order: Vec<usize> = marks.collect();
    order.sort_by(|&first, &second| precedence.compare(first, second));
    order
}

/// The history with these marks in this order, and which calls its calls are.
fn history<C: Clone, A: Clone>(
    calls: &[Marked<'_, C, A>],
    order: &[usize],
) -> (History<C, A>, Vec<usize>) {
    let mut of_marks = HashMap::new();
    for (number, call) in calls.iter().enumerate() {
        of_marks.insert(call.begin, number);
        of_marks.extend(call.end.as_ref().map(|(end, _)| (*end, number)));
    }
    let (mut history, mut begun) = (History::new(), Vec::new());
    let mut ids = vec![None; calls.len()];
    for mark in order {
        let number = of_marks[mark];
        let call = &calls[number];
        match (ids[number], &call.end) {
            (Some(id), Some((_, answer))) => history.end(id, (*answer).clone()),
            _ => {
                // Callers are told by their calls.
                ids[number] = Some(history.begin(begun.len(), call.call.clone()));
                begun.push(number);
            }
        }
    }
    (history, begun)
}
