//! What the checks note down of the workers, and what they hand to them.

use super::crew::Crew;
use crate::curriculum::seen::called_back;
use crate::curriculum::words::counted;
use crate::curriculum::workers::contract::{Call, Code, Start};
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::thread;
use crate::text;
use std::io;
use std::sync::Arc;

/// How many calls each worker has made.
pub(super) struct Ledger {
    entries: Vec<(String, AtomicU64)>,
}

impl Ledger {
    pub(super) fn new(crew: &Crew) -> Arc<Self> {
        let names = crew.names().into_iter();
        let entries = names.map(|name| (name, AtomicU64::new(0))).collect();
        Arc::new(Ledger { entries })
    }

    /// A call, which is a step of its worker: before it, others can come.
    pub(super) fn note(&self, name: &str, number: u64) {
        let entry = self.entries.iter().find(|(worker, _)| worker == name);
        let Some((_, made)) = entry else {
            panic!(
                "{}",
                text!(
                    "a call is made for `{name}`, and no worker is called so",
                    name
                )
            );
        };
        // Relaxed, here and below: it is for `run` to order it before its end.
        let before = made.fetch_add(1, Relaxed);
        assert!(
            number == before,
            "{}",
            text!(
                "call {before} of {name} was made with the number {number}",
                before,
                name,
                number
            )
        );
        assert!(
            thread::current().name() == Some(name),
            "{}",
            text!(
                "call {number} of {name} was made by another thread",
                number,
                name
            )
        );
    }

    /// Compares what the workers are known to have done with what they had to do.
    pub(super) fn expect(&self, crew: &Crew) {
        self.compare(crew, |made| made.load(Relaxed));
    }

    /// Compares what they have done up to now, whether or not `run` has ordered it before its end.
    pub(super) fn expect_by_now(&self, crew: &Crew) {
        // A load may find an older value; who changes it finds the latest.
        self.compare(crew, |made| made.fetch_add(0, Relaxed));
    }

    fn compare(&self, crew: &Crew, look: impl Fn(&AtomicU64) -> u64) {
        for (place, (name, made)) in self.entries.iter().enumerate() {
            let made = look(made);
            let is_started = place < crew.started();
            let expected = if is_started { crew.calls.into() } else { 0 };
            assert!(
                made == expected,
                "{}",
                text!(
                    "{name} had to make {calls} in all, and has made {made}",
                    name,
                    calls = counted(expected, "call"),
                    made
                )
            );
        }
    }
}

/// A call that only notes itself down.
pub(super) fn noting(ledger: &Arc<Ledger>) -> Call {
    let ledger = Arc::clone(ledger);
    call(move |name, number| ledger.note(name, number))
}

/// A call that does this.
pub(super) fn call(code: impl Fn(&str, u64) + Send + Sync + 'static) -> Call {
    Arc::new(move |name, number| called_back(|| code(name, number)))
}

/// Starts threads as long as there is room, each with what `prepare` makes of its code.
pub(super) fn start(crew: &Crew, mut prepare: impl FnMut(&str, Code) -> Code + 'static) -> Start {
    let mut room = Some(crew.started());
    Box::new(move |name, code| {
        called_back(|| {
            let Some(free) = room else {
                panic!(
                    "{}",
                    text!(
                        "one worker could not be started, and then {name} was to be started",
                        name
                    )
                );
            };
            room = free.checked_sub(1);
            if room.is_none() {
                return Err(io::Error::other(text!(
                    "the system has no room for another thread"
                )));
            }
            let builder = thread::Builder::new().name(name.to_owned());
            builder.spawn(prepare(name, code))
        })
    })
}
