//! What is noted of a session, at no cost to the explorers.

// Notes are the check's own: no execution sees them, and loom must not.
#![allow(clippy::disallowed_types)]

use super::script::{Deed, Script};
use crate::curriculum::relay::contract::{Departure, Name, Text, WELCOME};
use std::sync::{Mutex, PoisonError};

/// When something began and when it had been done, counted in things noted.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Right before the call.
    pub began: usize,
    /// Right after it.
    pub done: usize,
}

impl Span {
    /// True if it had been done when the other one began.
    pub fn is_before(self, other: Span) -> bool {
        self.done < other.began
    }
}

/// What a client did and heard.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// The name that it was given, and when.
    pub joined: Option<(Name, Span)>,
    /// When it left.
    pub left: Option<Span>,
    /// When it spoke; what it said is "1", "2" and so on.
    pub said: Vec<Span>,
    /// What was written to it.
    pub heard: Vec<Text>,
    /// Somebody delivers to it.
    pub listens: bool,
    /// What `deliver` said, and when.
    pub departure: Option<(Departure, usize)>,
    /// When the relay cut its wire.
    pub cut: Option<usize>,
    /// When a write to it failed first.
    pub failed: Option<usize>,
    /// When a write to it began, and how many texts had been written by then.
    pub writes: Vec<(usize, usize)>,
    /// How many texts its outbox holds at least.
    pub capacity: usize,
    /// The script makes its connection stall or break.
    pub fails: bool,
}

impl Notes {
    /// The relay may have dropped it, and who knows when.
    pub fn may_be_dropped(&self) -> bool {
        self.fails || self.cut.is_some()
    }

    /// How many texts had been written to it by then, as far as the relay must know: it may count a
    /// text as waiting until it goes for the next one.
    pub fn written(&self, by: usize) -> usize {
        let writes = self.writes.iter().rev();
        let mut earlier = writes.skip_while(|(began, _)| *began >= by);
        earlier.next().map_or(0, |(_, written)| *written)
    }

    /// What it is called.
    pub fn name(&self) -> String {
        let (name, _) = self.joined.expect("a client that has joined");
        name.to_string()
    }
}

/// The notes of all clients, and how often something has been noted.
pub struct Journal(Mutex<(usize, Vec<Notes>)>);

impl Journal {
    /// Nobody has done anything yet.
    pub fn new(script: &Script, capacity: usize) -> Self {
        let notes = |client| {
            let does = |deed| script.has(deed, client);
            Notes {
                // Who only speaks need not be looked at.
                listens: does(Deed::Deliver) || !does(Deed::Say),
                fails: does(Deed::Stall) || does(Deed::Break),
                capacity: capacity.max(1),
                ..Notes::default()
            }
        };
        Journal(Mutex::new((0, (0..script.clients).map(notes).collect())))
    }

    /// Notes something, at a moment of its own.
    pub fn note<T>(&self, note: impl FnOnce(usize, &mut Vec<Notes>) -> T) -> T {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, notes) = &mut *guard;
        *now += 1;
        note(*now, notes)
    }

    /// The notes as they are now.
    pub fn notes(&self) -> Vec<Notes> {
        self.note(|_, notes| notes.clone())
    }

    /// Notes that a write to a client begins.
    pub fn writes(&self, client: usize) {
        self.note(|now, notes| {
            let notes = &mut notes[client];
            notes.writes.push((now, notes.heard.len()));
        });
    }

    /// Notes what is written to a client.
    ///
    /// # Panics
    /// Panics at once if it should not be, whatever else may come.
    pub fn heard(&self, client: usize, text: &Text) {
        self.note(|_, notes| {
            let notes = &mut notes[client];
            let name = notes.joined.map(|(name, _)| name.to_string());
            let client = name.unwrap_or_else(|| format!("client {}", client + 1));
            let (first, is_welcome) = (notes.heard.is_empty(), &**text == WELCOME);
            assert!(
                !first || is_welcome,
                "{client} hears {text:?} before its welcome"
            );
            assert!(first || !is_welcome, "{client} is welcomed again");
            let is_own = text
                .strip_prefix(&client)
                .is_some_and(|rest| rest.starts_with('>'));
            assert!(!is_own, "{client} hears itself: {text:?}");
            notes.heard.push(text.clone());
        });
    }
}
