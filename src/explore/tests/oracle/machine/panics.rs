//! Panics: which of them end an execution, and what becomes of the others.

use super::state::State;
use crate::explore::tests::oracle::program::{Seen, Thread, all_ends};

/// The panic of a thread that somebody can join.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct KeptPanic {
    pub(super) thread: usize,
    /// The thread whose panic it had just heard of.
    because_of: Option<usize>,
    is_heard: bool,
}

impl State {
    /// The thread panics. What it owns is dropped at once.
    pub(super) fn panics(&mut self, id: usize, table: &[Thread]) {
        let because_of = self.tasks[id].has_heard_of;
        if !table[id].is_spawned {
            let first = self.first_unheard(table).or(because_of).unwrap_or(id);
            return self.ends_by_panic(first);
        }
        self.kept_panics.push(KeptPanic {
            thread: id,
            because_of,
            is_heard: false,
        });
        self.tasks[id].at = table[id].code.len();
        while !self.tasks[id].guards.is_empty() {
            self.release(id, 0);
        }
        let ends = self.tasks[id].ends;
        for end in all_ends().filter(|end| ends & end.bit() != 0) {
            self.drop_end(id, end);
        }
    }

    /// The execution ends, by the panic of this thread or by the one behind it.
    fn ends_by_panic(&mut self, mut id: usize) {
        let kept = |id: usize| self.kept_panics.iter().find(|kept| kept.thread == id);
        while let Some(cause) = kept(id).and_then(|kept| kept.because_of) {
            id = cause;
        }
        let saw = self.tasks[id].log.last().copied();
        self.panic = Some((id, saw.unwrap_or(Seen::No)));
    }

    /// A thread of whose panic nobody has heard: the first by the way to it.
    fn first_unheard(&self, table: &[Thread]) -> Option<usize> {
        let unheard = self.kept_panics.iter().filter(|kept| !kept.is_heard);
        let threads = unheard.map(|kept| kept.thread);
        threads.min_by_key(|&thread| &table[thread].name)
    }

    /// The panic of which nobody will hear, since no thread can go on.
    pub(super) fn panic_in_the_end(&self, table: &[Thread]) -> Option<(usize, Seen)> {
        let mut end = self.clone();
        end.ends_by_panic(self.first_unheard(table)?);
        end.panic
    }

    /// One thread has joined another: whether that has panicked.
    pub(super) fn hears(&mut self, id: usize, other: usize) -> Option<Seen> {
        let mut kept = self.kept_panics.iter_mut();
        let kept = kept.find(|kept| kept.thread == other)?;
        kept.is_heard = true;
        self.tasks[id].has_heard_of = Some(other);
        Some(Seen::No)
    }
}
