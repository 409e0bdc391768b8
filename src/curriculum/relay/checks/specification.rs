//! What a relay does if one call comes after the other, and when a call may wait for ever.
//!
//! Besides the relay's calls there are those that others make: a client hears texts, stops reading, or
//! loses its connection. Texts wait until they are heard.

use super::script::{Deed, Script, Step};
use crate::curriculum::relay::contract::{Departure, Name, Text, WELCOME};
use crate::curriculum::workload::joined;
use crate::judge::{Outcome, Specification};
use crate::text;
use std::collections::VecDeque;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::mem;
use std::sync::Arc;

/// What a client does, or what is done to it. Clients are numbered from 0.
#[derive(Clone)]
pub(super) enum Call {
    Join(usize),
    Say(usize, String),
    Leave(usize),
    Deliver(usize),
    /// So many texts are written to it.
    Hear(usize, usize),
    Stall(usize),
    Break(usize),
    /// While it speaks, some of the others may be dropped.
    Drop(usize),
    /// At the end: it leaves and is delivered to. If it does not read its connection breaks before.
    Rest(usize),
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (call, client) = match self {
            Call::Join(client) => ("join", client),
            Call::Say(client, text) => {
                return write!(f, "say(client-{}, {:?})", client + 1, Shown(text));
            }
            Call::Leave(client) => ("leave", client),
            Call::Deliver(client) => ("deliver", client),
            Call::Hear(client, _) => ("hear", client),
            Call::Stall(client) => ("stop_reading", client),
            Call::Break(client) => ("break", client),
            Call::Drop(client) => ("drop_others_of", client),
            Call::Rest(client) => ("leave_and_deliver", client),
        };
        write!(f, "{call}(client-{})", client + 1)
    }
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Done,
    Joined(Name),
    Heard(Vec<Text>),
    Departed(Departure),
    Dropped(Vec<usize>),
    Rest(Vec<Text>, Departure),
}

// States and answers are looked up much more often than they differ in a text alone.
impl Hash for Answer {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        mem::discriminant(self).hash(hasher);
    }
}

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let of = |client: &Arc<Client>| {
            let departure = client.departure.map_or(0, |how| 1 + how as u64);
            4 * client.waiting.len() as u64 + departure
        };
        let clients = self.clients.iter().map(of);
        let all = clients.fold(self.arrivals, |all, client| {
            all.wrapping_mul(61).wrapping_add(client)
        });
        hasher.write_u64(all);
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heard = |texts: &[Text]| match texts {
            [] => text!("nothing").to_owned(),
            _ => joined(texts.iter().map(|text| format!("{:?}", Shown(text))), ", "),
        };
        match self {
            Answer::Done => f.write_str(text!("done")),
            Answer::Joined(name) => write!(f, "{name}"),
            Answer::Heard(texts) => f.write_str(&heard(texts)),
            Answer::Departed(how) => how.fmt(f),
            Answer::Dropped(clients) => match &clients[..] {
                [] => f.write_str(text!("nobody")),
                _ => {
                    let names = clients
                        .iter()
                        .map(|client| format!("client-{}", client + 1));
                    f.write_str(&joined(names, ", "))
                }
            },
            Answer::Rest(texts, how) => write!(f, "{}; {how:?}", heard(texts)),
        }
    }
}

/// A text; of a long one the beginning.
struct Shown<'a>(&'a str);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(50) {
            Some((end, _)) => write!(f, "{:?}…", &self.0[..end]),
            None => self.0.fmt(f),
        }
    }
}

/// A relay, and the wires of its clients.
pub(super) struct Promise {
    /// How many texts an outbox holds at least.
    room: usize,
    /// Nobody is ever dropped, so that who speaks may wait for ever.
    is_patient: bool,
    /// Those who speak while others do something.
    speakers: Vec<usize>,
    /// What has been done before.
    before: State,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct State {
    arrivals: u64,
    /// Each is copied when it changes.
    clients: Vec<Arc<Client>>,
}

#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Client {
    name: Option<Name>,
    departure: Option<Departure>,
    /// What it has yet to hear.
    waiting: VecDeque<Text>,
    is_asleep: bool,
    is_broken: bool,
}

impl Client {
    fn is_there(&self) -> bool {
        self.name.is_some() && self.departure.is_none()
    }
}

impl Promise {
    /// Of a script in which clients say these texts one after the other.
    pub(super) fn of(script: &Script, is_patient: bool, next: &dyn Fn(usize) -> String) -> Self {
        let mut promise = Promise {
            is_patient,
            room: script.room.max(1),
            speakers: script.speakers().collect(),
            before: State {
                arrivals: 0,
                clients: vec![Arc::default(); script.clients],
            },
        };
        let mut state = promise.before.clone();
        for client in script.joined_before() {
            state.join(client);
        }
        let mut said = vec![0; script.clients];
        for &Step { deed, client } in &script.before {
            match deed {
                Deed::Join => _ = state.join(client),
                Deed::Say => {
                    promise.say(&mut state, client, &next(said[client]));
                    said[client] += 1;
                }
                Deed::Leave => _ = state.client(client).depart(Departure::Left),
                Deed::Stall => state.client(client).is_asleep = true,
                Deed::ReadSlowly => {}
                Deed::Break => state.client(client).is_broken = true,
                Deed::Deliver => _ = state.client(client).deliver(),
            }
        }
        promise.before = state;
        promise
    }

    /// Something is written to a client before.
    ///
    /// # Panics
    /// Panics if it is not what the client should hear.
    pub(super) fn hears_before(&mut self, client: usize, texts: &[Text]) {
        let expected = self.before.client(client).hear(texts.len());
        assert!(
            expected == texts,
            "{}",
            text!(
                "client-{number} hears {heard}, and should hear {expected}",
                number = client + 1,
                heard = format!("{:?}", Answer::Heard(texts.to_vec())),
                expected = format!("{:?}", Answer::Heard(expected))
            )
        );
    }

    /// What clients are called that have joined before.
    pub(super) fn names(&self) -> Vec<Option<Name>> {
        self.before
            .clients
            .iter()
            .map(|client| client.name)
            .collect()
    }

    fn say(&self, state: &mut State, speaker: usize, text: &str) -> Option<Answer> {
        let Some(name) = state.there(speaker) else {
            return Some(Answer::Done);
        };
        if state.is_full_for(speaker, 2 * self.room) {
            return None;
        }
        let message: Text = format!("{name}> {text}").into();
        for other in state.others(speaker) {
            other.waiting.push_back(message.clone());
        }
        Some(Answer::Done)
    }
}

impl Promise {
    /// Some of those who have no room are dropped, or none.
    fn drop(&self, state: State, speaker: usize) -> Vec<Outcome<Answer, State>> {
        let mut some = vec![(Vec::new(), state.clone())];
        for (slow, client) in state.clients.iter().enumerate() {
            if slow == speaker || !client.is_there() || client.waiting.len() < self.room {
                continue;
            }
            for (mut dropped, mut state) in some.clone() {
                state.client(slow).depart(Departure::Stalled);
                state.client(slow).is_broken = true;
                dropped.push(slow);
                some.push((dropped, state));
            }
        }
        let outcome = |(dropped, state)| Outcome {
            answer: Answer::Dropped(dropped),
            state,
        };
        some.into_iter().map(outcome).collect()
    }
}

impl State {
    /// The client's name, if it is there.
    fn there(&self, client: usize) -> Option<Name> {
        let client = &self.clients[client];
        client.name.filter(|_| client.is_there())
    }

    fn client(&mut self, client: usize) -> &mut Client {
        Arc::make_mut(&mut self.clients[client])
    }

    /// All others who are there.
    fn others(&mut self, client: usize) -> impl Iterator<Item = &mut Client> {
        let clients = self.clients.iter_mut().enumerate();
        let others = clients.filter(move |(other, state)| *other != client && state.is_there());
        others.map(|(_, other)| Arc::make_mut(other))
    }

    /// True if so many texts wait for somebody who would hear the speaker.
    fn is_full_for(&self, speaker: usize, texts: usize) -> bool {
        let mut clients = self.clients.iter().enumerate();
        clients.any(|(other, client)| {
            other != speaker && client.is_there() && client.waiting.len() >= texts
        })
    }

    fn join(&mut self, client: usize) -> Answer {
        self.arrivals += 1;
        let name = Name(self.arrivals);
        let client = self.client(client);
        client.name = Some(name);
        client.waiting.push_back(WELCOME.into());
        Answer::Joined(name)
    }
}

impl Client {
    fn depart(&mut self, how: Departure) -> Departure {
        *self.departure.get_or_insert(how)
    }

    /// The first departure counts. Its connection has ended if a write to it has failed.
    fn deliver(&mut self) -> Option<Answer> {
        let departure = match self.departure {
            Some(departure) if self.is_broken || self.waiting.is_empty() => departure,
            None if self.is_broken => self.depart(Departure::Lost),
            _ => return None,
        };
        Some(Answer::Departed(departure))
    }

    /// Up to so many texts that wait for it.
    fn hear(&mut self, texts: usize) -> Vec<Text> {
        self.waiting
            .drain(..texts.min(self.waiting.len()))
            .collect()
    }

    fn rest(&mut self) -> Answer {
        let departure = self.depart(Departure::Left);
        let is_deaf = self.is_broken || self.is_asleep;
        let texts = if is_deaf { 0 } else { self.waiting.len() };
        Answer::Rest(self.hear(texts), departure)
    }
}

impl Specification for Promise {
    type State = State;
    type Call = Call;
    type Answer = Answer;

    fn initial(&self) -> State {
        self.before.clone()
    }

    fn outcomes(&self, before: &State, call: &Call) -> Vec<Outcome<Answer, State>> {
        let mut state = before.clone();
        let answer = match *call {
            Call::Join(client) => Some(state.join(client)),
            Call::Say(speaker, ref text) => self.say(&mut state, speaker, text),
            Call::Deliver(client) => state.client(client).deliver(),
            Call::Hear(client, texts) => Some(Answer::Heard(state.client(client).hear(texts))),
            Call::Rest(client) => Some(state.client(client).rest()),
            Call::Drop(speaker) => return self.drop(state, speaker),
            Call::Leave(client) => {
                state.client(client).depart(Departure::Left);
                Some(Answer::Done)
            }
            Call::Stall(client) => {
                state.client(client).is_asleep = true;
                Some(Answer::Done)
            }
            Call::Break(client) => {
                state.client(client).is_broken = true;
                Some(Answer::Done)
            }
        };
        let outcome = answer.map(|answer| Outcome { answer, state });
        outcome.into_iter().collect()
    }

    fn may_wait(&self, state: &State, call: &Call) -> bool {
        match *call {
            // For room, and for those who waited before.
            Call::Say(speaker, _) => {
                let mut speakers = self.speakers.iter().chain([&speaker]);
                self.is_patient && speakers.any(|&speaker| state.is_full_for(speaker, self.room))
            }
            Call::Deliver(client) => {
                let client = &state.clients[client];
                if client.waiting.is_empty() {
                    client.departure.is_none()
                } else {
                    client.is_asleep && !client.is_broken
                }
            }
            Call::Drop(_) => true,
            _ => false,
        }
    }
}
