//! Sessions of a semaphore: who takes, tries and releases, in any order.

use super::Make;
use crate::curriculum::semaphore::contract::Semaphore;
use crate::curriculum::words::counted;
use crate::curriculum::workload::{not_a_workload, pair};
use crate::explore::check::Check;
use crate::judge::{Grammar, Model, Words};
use crate::text;
use crate::told_later;
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

#[derive(Clone, Copy)]
enum Call {
    Acquire,
    TryAcquire,
    Release,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Call::Acquire => "acquire",
            Call::TryAcquire => "try_acquire",
            Call::Release => "release",
        })
    }
}

/// What is told: whether a try had success. The others tell nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Told(Option<bool>);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(has_one) => has_one.fmt(f),
            None => f.write_str(text!("done")),
        }
    }
}

/// The number of permits, and what one call after the other does with it.
fn permits(at_first: usize) -> Model<usize, Call, Told> {
    Model::new(at_first, |free: &mut usize, call: &Call| {
        let before = *free;
        match call {
            Call::Acquire => *free = before.checked_sub(1)?,
            Call::TryAcquire => *free = before.saturating_sub(1),
            Call::Release => *free += 1,
        }
        let is_try = matches!(call, Call::TryAcquire);
        Some(Told(is_try.then_some(before > 0)))
    })
}

fn perform(semaphore: &dyn Semaphore, call: Call) -> Told {
    match call {
        Call::Acquire => semaphore.acquire(),
        Call::TryAcquire => return Told(Some(semaphore.try_acquire())),
        Call::Release => semaphore.release(),
    }
    Told(None)
}

/// Who calls what, and how many permits there are at first: `1.2+3/1`.
#[derive(Clone, Debug)]
struct Sessions {
    words: Words,
    permits: u16,
}

impl Sessions {
    /// With one call more.
    fn larger(&self, calls: usize) -> Vec<Self> {
        let words = self.words.larger(calls).into_iter();
        let permits = self.permits;
        words.map(|words| Sessions { words, permits }).collect()
    }
}

impl fmt::Display for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.words, self.permits)
    }
}

impl FromStr for Sessions {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sessions = pair(text, "/").map(|(words, permits)| Sessions { words, permits });
        sessions.ok_or_else(|| {
            let expected = text!("the calls of each thread (1: release, 2: try_acquire, 3: acquire), and the number of permits");
            not_a_workload(text, expected, "1.2+3/1")
        })
    }
}

/// Whoever calls what, it is as if the calls came one after the other, and who waits has a reason.
pub(super) fn check(make: Make) -> Check {
    let grammar = Grammar::new()
        .call(Call::Release)
        .call(Call::TryAcquire)
        .call(Call::Acquire);
    let calls = grammar.calls();
    let told = grammar.clone();
    let with = |(words, permits)| Sessions { words, permits };
    let listed = [0, 1, 2].into_iter().flat_map(move |permits| {
        let words = (0..calls).map(Words::one);
        words.map(move |words| with((words, permits)))
    });
    Check::told(
        "every_session_has_an_order",
        told_later!("Whoever takes, tries and releases, and whenever: it is as if one call came after the other."),
        move |sessions: &Sessions| {
            let permits = counted(sessions.permits, "permit");
            [told.session(&sessions.words).to_string(), permits].join(text!("; "))
        },
        (Words::any(4, 4, calls), 0..=3_u16).prop_map(with),
        listed,
        // loom knows of no reason to wait.
        (0..calls).map(move |call| with((Words::one(call), 1))),
        move |sessions| {
            let at_first = usize::from(sessions.permits);
            let session = grammar.session(&sessions.words);
            let perform = |semaphore: &Arc<dyn Semaphore>, call| perform(&**semaphore, call);
            session.scenario(
                &Arc::new(permits(at_first)),
                Arc::new(make(at_first)),
                &Arc::new(perform),
            )
        },
    )
    .growing(move |sessions: &Sessions| sessions.larger(calls))
}
