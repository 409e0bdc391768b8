//! A history that nothing explains, in words: its shortest beginning.

use super::history::{CallId, Event, History};
use super::linearization::Blame;
use crate::explore::model::calls::End;
use crate::explore::operation::TaskId;
use crate::explore::verdict::{Blocked, Caller, ToldCall, Unexplained};
use std::fmt::Debug;

/// Tells the beginning of the history that is to blame. `caller` says who makes the calls of a thread.
pub(super) fn told<C: Debug, A: Debug>(
    history: &History<C, A>,
    blame: &Blame<A>,
    end: &End,
    caller: impl Fn(usize) -> Caller,
) -> Unexplained {
    let events = history.events();
    let (shown, blamed, instead) = match blame {
        Blame::Answer { event, instead } => (event + 1, None, instead),
        Blame::Waits { call, instead } => (events.len(), Some(*call), instead),
    };
    let mut calls: Vec<ToldCall> = Vec::new();
    let mut latest = CallId(0);
    for (place, event) in events[..shown].iter().enumerate() {
        match event {
            Event::Begin { thread, call } => calls.push(ToldCall {
                caller: caller(*thread),
                call: format!("{call:?}"),
                begins: place,
                returns: None,
            }),
            Event::Return { id, answer } => {
                calls[id.0].returns = Some((place, format!("{answer:?}")));
                latest = *id;
            }
        }
    }
    let (blocked, cycle) = waiting(end, blamed.is_some());
    Unexplained {
        calls,
        blame: blamed.unwrap_or(latest).0,
        instead: instead.iter().map(|answer| format!("{answer:?}")).collect(),
        blocked,
        cycle,
    }
}

/// Who waits, if that is to blame.
fn waiting(end: &End, is_to_blame: bool) -> (Vec<Blocked>, Vec<TaskId>) {
    match end {
        End::Rest { blocked, cycle } if is_to_blame => (blocked.clone(), cycle.clone()),
        _ => Default::default(),
    }
}
