//! What is noted of a session, at no cost to the explorers.

// Notes are the check's own: no execution sees them, and loom must not.
#![allow(clippy::disallowed_types)]

use super::script::{Deed, Script};
use crate::curriculum::relay::contract::{Departure, Name, Text, WELCOME};
use crate::sync::time::{Duration, Instant};
use std::sync::{Mutex, PoisonError};

/// The outboxes of a relay.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// How many texts they hold at least.
    pub(super) capacity: usize,
    /// How long somebody may take nothing.
    pub(super) patience: Duration,
}

/// When something began and when it had been done, counted in things noted.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Right before the call.
    pub began: usize,
    /// Right after it.
    pub done: usize,
    /// The same, by the clock.
    began_at: Instant,
    done_at: Instant,
}

/// When something began that has not been done yet.
#[derive(Clone, Copy)]
pub struct Begun {
    began: usize,
    began_at: Instant,
}

impl Begun {
    /// It has been done now.
    pub fn until(self, done: usize) -> Span {
        Span {
            began: self.began,
            done,
            began_at: self.began_at,
            done_at: Instant::now(),
        }
    }
}

impl Span {
    /// True if it had been done when the other one began.
    pub fn is_before(self, other: Span) -> bool {
        self.done < other.began
    }

    /// How long it took.
    pub fn lasted(self) -> Duration {
        self.done_at - self.began_at
    }

    /// How long it had been going on when that happened, if it was going on.
    pub fn age_at(self, (event, at): (usize, Instant)) -> Option<Duration> {
        let is_going_on = self.began < event && event < self.done;
        is_going_on.then(|| at - self.began_at)
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
    /// The same, by the clock.
    pub cut_at: Option<Instant>,
    /// When a write to it failed first.
    pub failed: Option<usize>,
    /// When a write to it began, and how many texts had been written by then.
    pub writes: Vec<(usize, usize)>,
    /// How many texts its outbox holds at least.
    pub capacity: usize,
    /// How long it may take nothing.
    pub patience: Duration,
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

    /// How many texts may have been written to it by then.
    pub fn heard_by(&self, by: usize) -> usize {
        let mut later = self.writes.iter().filter(|(began, _)| *began > by);
        later
            .next()
            .map_or(self.heard.len(), |(_, written)| *written)
    }

    /// What it is called.
    pub fn name(&self) -> String {
        let (name, _) = self.joined.expect("a client that has joined");
        name.to_string()
    }
}

/// The notes of all clients, and how often something has been noted.
pub struct Journal {
    notes: Mutex<(usize, Vec<Notes>)>,
    /// Of the relay that it is about.
    pub bounds: Bounds,
}

impl Journal {
    /// Nobody has done anything yet.
    pub fn new(script: &Script, bounds: Bounds) -> Self {
        let notes = |client| {
            let does = |deed| script.has(deed, client);
            Notes {
                // Who only speaks need not be looked at.
                listens: does(Deed::Deliver) || !script.speaks_at_once(client),
                fails: does(Deed::Stall) || does(Deed::Break),
                capacity: bounds.capacity.max(1),
                patience: bounds.patience,
                ..Notes::default()
            }
        };
        let notes = (0..script.clients).map(notes).collect();
        Journal {
            notes: Mutex::new((0, notes)),
            bounds,
        }
    }

    /// Notes something, at a moment of its own.
    pub fn note<T>(&self, note: impl FnOnce(usize, &mut Vec<Notes>) -> T) -> T {
        let mut guard = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let (now, notes) = &mut *guard;
        *now += 1;
        note(*now, notes)
    }

    /// Looks at the notes.
    pub fn look<T>(&self, look: impl FnOnce(&[Notes]) -> T) -> T {
        self.note(|_, notes| look(notes))
    }

    /// Something begins.
    pub fn begin(&self) -> Begun {
        Begun {
            began: self.note(|now, _| now),
            began_at: Instant::now(),
        }
    }

    /// Notes that the relay cuts a client's wire.
    pub fn cut(&self, client: usize) {
        self.note(|now, notes| {
            let notes = &mut notes[client];
            if notes.cut.is_none() {
                (notes.cut, notes.cut_at) = (Some(now), Some(Instant::now()));
            }
        });
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

/// The clients to whom somebody delivers, by what they are called.
pub fn listeners(clients: &[Notes]) -> impl Iterator<Item = (String, &Notes)> {
    let listeners = clients.iter().filter(|notes| notes.listens);
    listeners.map(|notes| (notes.name(), notes))
}

/// By when the client had been dropped, if it was: what was being said when its wire was cut may
/// have dropped it only afterwards.
pub fn dropped_by(clients: &[Notes], notes: &Notes) -> Option<usize> {
    let cut = notes.cut?;
    let said = clients.iter().flat_map(|client| &client.said);
    let done = said.filter(|said| said.began < cut).map(|said| said.done);
    Some(done.fold(cut, usize::max))
}

/// By when the client had departed, if it had.
pub fn departed_by(clients: &[Notes], notes: &Notes) -> Option<usize> {
    let left = notes.left.map(|left| left.done);
    let returned = notes.departure.map(|(_, returned)| returned);
    let all = [left, returned, dropped_by(clients, notes)];
    all.into_iter().flatten().min()
}
