//! All orders in which the calls of a class of executions can have begun and returned.
//!
//! Beginnings and returns are partially ordered: by the threads' own orders, and by what their
//! operations depend on. Every order that keeps that one is the history of an execution. There are
//! many, but only those need to be judged in which calls begin as late as possible: right before the
//! first return that must come after.
//!
//! For let `L` be any order, with the returns in the order `R`; and let `L'` have the same returns, but
//! each beginning right before the first return in `R` that comes after it by the partial order, and at
//! the end if there is none.
//!
//! 1. *`L'` is possible.* If a return must come before a beginning, it must come before all the
//!    returns that must come after that beginning, and so does in `R`.
//! 2. *What explains `L'` explains `L`.* If in `L` a return comes before a beginning, it comes before
//!    the first return that must come after that; so in `L'` it comes before the beginning, too. A call
//!    that comes after another in `L` does so in `L'`.
//!
//! What is left are the orders of the returns. They are gone through by their lengths, so that what is
//! found is the shortest beginning of a history that nothing explains. Beginnings with the same returns,
//! after which the same may be the case, are one: at most `2^n` sets of `n` returns, times what may
//! be the case.

use super::history::CallId;
use super::linearization::{Judge, Possible};
use super::specification::Specification;
use crate::explore::model::calls::Precedence;
use std::collections::HashSet;

/// A call, with the marks of its beginning and its return.
#[derive(Clone, Debug)]
pub(super) struct Marked<'c, C, A> {
    pub(super) call: &'c C,
    pub(super) begin: usize,
    pub(super) end: Option<(usize, &'c A)>,
}

/// The calls of a specification.
type Calls<'c, S> = [Marked<'c, <S as Specification>::Call, <S as Specification>::Answer>];

/// A beginning of a history: its returns in order, and what may be the case after them.
struct Beginning<'c, S: Specification> {
    returned: Vec<usize>,
    judge: Judge<'c, S>,
    has_begun: Vec<bool>,
}

impl<S: Specification> Clone for Beginning<'_, S> {
    fn clone(&self) -> Self {
        Beginning {
            returned: self.returned.clone(),
            judge: self.judge.clone(),
            has_begun: self.has_begun.clone(),
        }
    }
}

/// The marks in an order that this precedence allows and nothing explains; `None` if all are
/// explained. Where everything is at rest in the end, who has not returned waits for ever.
pub(super) fn unexplained<S: Specification>(
    specification: &S,
    calls: &Calls<'_, S>,
    precedence: &Precedence,
    is_at_rest: bool,
) -> Option<Vec<usize>> {
    let mut level = vec![Beginning {
        returned: Vec::new(),
        judge: Judge::new(specification),
        has_begun: vec![false; calls.len()],
    }];
    loop {
        let mut longer = Vec::new();
        let mut seen: HashSet<(Vec<usize>, Possible<S>)> = HashSet::new();
        for beginning in &level {
            for next in can_return(calls, precedence, &beginning.returned) {
                let mut beginning = beginning.clone();
                if !beginning.returns(calls, precedence, next) {
                    return Some(marks(calls, precedence, &beginning.returned, false));
                }
                let mut returned = beginning.returned.clone();
                returned.sort_unstable();
                if seen.insert((returned, beginning.judge.possible().clone())) {
                    longer.push(beginning);
                }
            }
        }
        if longer.is_empty() {
            break;
        }
        level = longer;
    }
    let mut whole = level.into_iter().filter(|_| is_at_rest);
    let refused = whole.find_map(|mut beginning| {
        let left: Vec<usize> = (0..calls.len()).collect();
        beginning.begin(calls, left);
        beginning.judge.rests().err().map(|_| beginning.returned)
    })?;
    Some(marks(calls, precedence, &refused, true))
}

/// The calls that can be the next to return, after these.
fn can_return<C, A>(
    calls: &[Marked<'_, C, A>],
    precedence: &Precedence,
    returned: &[usize],
) -> Vec<usize> {
    let left: Vec<(usize, usize)> = (0..calls.len())
        .filter(|call| !returned.contains(call))
        .filter_map(|call| Some((call, calls[call].end.as_ref()?.0)))
        .collect();
    let is_next = |(_, end): &&(usize, usize)| {
        let mut others = left.iter();
        !others.any(|(_, other)| precedence.is_before(*other, *end))
    };
    left.iter().filter(is_next).map(|(call, _)| *call).collect()
}

/// The calls that have begun by the time that this one returns.
fn begun<'a, C, A>(
    calls: &'a [Marked<'_, C, A>],
    precedence: &'a Precedence,
    next: usize,
) -> impl Iterator<Item = usize> + 'a {
    let end = calls[next].end.as_ref().map(|(end, _)| *end);
    let must = move |&call: &usize| {
        let before = |end| precedence.is_before(calls[call].begin, end);
        call == next || end.is_some_and(before)
    };
    (0..calls.len()).filter(must)
}

impl<'c, S: Specification> Beginning<'c, S> {
    fn begin(&mut self, calls: &Calls<'c, S>, which: impl IntoIterator<Item = usize>) {
        for call in which {
            if !std::mem::replace(&mut self.has_begun[call], true) {
                self.judge.begins(CallId(call), calls[call].call);
            }
        }
    }

    /// One more call returns; false if nothing explains that.
    fn returns(&mut self, calls: &Calls<'c, S>, precedence: &Precedence, next: usize) -> bool {
        self.begin(calls, begun(calls, precedence, next));
        self.returned.push(next);
        let mut answer = calls[next].end.iter().map(|(_, answer)| *answer);
        answer.all(|answer| self.judge.returns(CallId(next), answer).is_ok())
    }
}

/// The marks of a history with these returns, in order; all beginnings if it is a whole one.
fn marks<C, A>(
    calls: &[Marked<'_, C, A>],
    precedence: &Precedence,
    returned: &[usize],
    is_whole: bool,
) -> Vec<usize> {
    let mut order = Vec::new();
    let begin = |order: &mut Vec<usize>, call: usize| {
        let mark = calls[call].begin;
        if !order.contains(&mark) {
            order.push(mark);
        }
    };
    for &next in returned {
        begun(calls, precedence, next).for_each(|call| begin(&mut order, call));
        order.extend(calls[next].end.as_ref().map(|(end, _)| *end));
    }
    let all = if is_whole { calls.len() } else { 0 };
    (0..all).for_each(|call| begin(&mut order, call));
    order
}
