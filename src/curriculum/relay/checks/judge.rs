//! What has to be true of a session, whatever the order in which things happened.

use super::notes::{Notes, Span, departed_by, listeners};
use crate::curriculum::relay::contract::{Text, WELCOME};

/// The names are 1, 2, 3 and so on, and who comes later has the higher one.
pub fn names(clients: &[Notes]) {
    let mut arrivals: Vec<_> = clients.iter().filter_map(|client| client.joined).collect();
    arrivals.sort_by_key(|(name, _)| name.0);
    for (number, (name, joined)) in (1..).zip(&arrivals) {
        let names: Vec<String> = arrivals.iter().map(|(name, _)| name.to_string()).collect();
        let names = names.join(", ");
        assert!(
            name.0 == number,
            "{} clients have joined, and their names are {names}",
            arrivals.len()
        );
        let earlier = arrivals
            .iter()
            .find(|(other, at)| other.0 > name.0 && at.is_before(*joined));
        if let Some((other, _)) = earlier {
            panic!("{other} had joined before {name} came");
        }
    }
}

/// Everybody is welcomed; that this comes first is seen to while it is heard.
pub fn welcomes(clients: &[Notes]) {
    for (client, notes) in listeners(clients).filter(|(_, notes)| !notes.fails) {
        let is_welcome = |text: &Text| **text == *WELCOME;
        let was_welcomed = notes.heard.first().is_some_and(is_welcome);
        assert!(was_welcomed, "{client} was not welcomed");
    }
}

/// Every client hears what the others say from its welcome to its departure: all of it, once each,
/// and nothing else.
pub fn messages(clients: &[Notes]) {
    let session = Session::new(clients);
    for (index, notes) in clients.iter().enumerate() {
        for message in 0..session.messages.len() {
            let others = session.messages[message].speaker != index;
            if notes.listens && others {
                session.assert_heard_or_not(index, message);
            }
        }
    }
}

/// There is one order of all that is said, and everybody hears a part of it, without gaps.
pub fn order(clients: &[Notes]) {
    let session = Session::new(clients);
    for message in 0..session.messages.len() {
        if session.before[message][message] {
            let all = |(client, notes): (String, &Notes)| {
                let texts: Vec<&str> = notes.heard.iter().skip(1).map(|text| &**text).collect();
                format!("{client} heard {}", texts.join(", "))
            };
            let all: Vec<String> = listeners(clients).map(all).collect();
            panic!("this fits no one order: {}", all.join("; "));
        }
    }
}

/// Something that was said.
struct Message {
    speaker: usize,
    said: Span,
    /// The same, as closely as is known from who heard it; if it ends before it begins, whoever
    /// heard it should not have.
    passed_on: Span,
    /// As others hear it.
    text: String,
}

impl Message {
    /// Whoever heard it had joined before, and had not departed yet, and nor had its speaker.
    fn narrow(&mut self, clients: &[Notes], has_heard: impl Fn(usize) -> bool) {
        let listeners = (0..clients.len()).filter(|client| has_heard(*client));
        let listeners: Vec<&Notes> = listeners.map(|client| &clients[client]).collect();
        for (_, joined) in listeners.iter().filter_map(|notes| notes.joined) {
            self.passed_on.began = self.passed_on.began.max(joined.began);
        }
        if !listeners.is_empty() {
            let there = listeners.into_iter().chain([&clients[self.speaker]]);
            let departed = there.filter_map(|notes| departed_by(clients, notes));
            self.passed_on.done = departed.fold(self.passed_on.done, usize::min);
        }
    }
}

/// Who heard what, and what is known of the order.
struct Session<'a> {
    clients: &'a [Notes],
    messages: Vec<Message>,
    /// By client: the messages that it heard.
    heard: Vec<Vec<usize>>,
    /// By message: those that came after it, by all that is known.
    before: Vec<Vec<bool>>,
}

impl<'a> Session<'a> {
    /// # Panics
    /// Panics if somebody heard what nobody said, or something twice.
    fn new(clients: &'a [Notes]) -> Self {
        let mut messages = Vec::new();
        for (speaker, notes) in clients.iter().enumerate() {
            messages.extend((1..).zip(&notes.said).map(|(number, &said)| Message {
                speaker,
                said,
                passed_on: said,
                text: format!("{}> {number}", notes.name()),
            }));
        }
        let mut heard = vec![Vec::new(); clients.len()];
        for (notes, heard) in clients.iter().zip(&mut heard) {
            for text in notes.heard.iter().skip(1) {
                let client = notes.name();
                let message = messages.iter().position(|message| *message.text == **text);
                let message =
                    message.unwrap_or_else(|| panic!("{client} heard {text:?}, which nobody said"));
                assert!(!heard.contains(&message), "{client} heard {text:?} twice");
                heard.push(message);
            }
        }
        for (number, message) in messages.iter_mut().enumerate() {
            message.narrow(clients, |client| heard[client].contains(&number));
        }
        let before = order_of(&messages, &heard);
        Session {
            clients,
            messages,
            heard,
            before,
        }
    }

    fn assert_heard_or_not(&self, client: usize, message: usize) {
        let notes = &self.clients[client];
        let (name, joined) = notes.joined.expect("who listens has joined");
        let Message {
            speaker,
            said,
            passed_on,
            ref text,
        } = self.messages[message];
        if !self.heard[client].contains(&message) {
            let must = self.must_hear(client, message);
            assert!(!must, "{name} has not heard {text:?}");
            return;
        }
        let has_left = |client: usize| {
            let left = self.clients[client].left;
            left.is_some_and(|left| left.is_before(said))
        };
        assert!(
            !said.is_before(joined),
            "{name} heard {text:?}, which was said before it joined"
        );
        assert!(
            !has_left(client),
            "{name} heard {text:?}, which was said after it had left"
        );
        assert!(
            !has_left(speaker),
            "{name} heard {text:?}, whose speaker had left before"
        );
        let spoke_once_gone = departed_by(self.clients, &self.clients[speaker]);
        assert!(
            spoke_once_gone.is_none_or(|departed| said.began < departed),
            "{name} heard {text:?}, whose speaker had departed before"
        );
        assert!(
            passed_on.began < passed_on.done,
            "{name} heard {text:?}, and of those who said or heard it, one had departed before another \
             joined"
        );
    }

    /// True if the client was there when it was said, as far as can be known.
    fn must_hear(&self, client: usize, message: usize) -> bool {
        let notes = &self.clients[client];
        let (_, joined) = notes.joined.expect("who listens has joined");
        let said = self.messages[message].passed_on;
        let is_own = |&own: &usize| self.messages[own].speaker == client && self.is_heard(own);
        let own: Vec<usize> = (0..self.messages.len()).filter(is_own).collect();
        let heard = || self.heard[client].iter();
        let was_there = joined.is_before(said)
            || heard()
                .chain(&own)
                .any(|&earlier| self.before[earlier][message]);
        let hears_later = heard().any(|&later| self.before[message][later]);
        let is_still_there = if notes.may_be_dropped() {
            hears_later
        } else {
            hears_later
                || notes.left.is_none_or(|left| said.is_before(left))
                || own.iter().any(|&later| self.before[message][later])
        };
        self.is_heard(message) && was_there && is_still_there
    }

    /// True unless its speaker may have departed before it was said.
    fn is_heard(&self, message: usize) -> bool {
        let Message {
            speaker, passed_on, ..
        } = self.messages[message];
        let notes = &self.clients[speaker];
        let was_there =
            !notes.may_be_dropped() && notes.left.is_none_or(|left| passed_on.is_before(left));
        was_there || self.heard.iter().any(|heard| heard.contains(&message))
    }
}

/// What is known to come before what: what somebody heard first, or what had been said before the
/// other was begun, and all that follows from it.
fn order_of(messages: &[Message], heard: &[Vec<usize>]) -> Vec<Vec<bool>> {
    let said = |first: usize, second: usize| {
        let [first, second] = [first, second].map(|message| messages[message].passed_on);
        first.is_before(second)
    };
    let number = messages.len();
    let mut before: Vec<Vec<bool>> = (0..number)
        .map(|first| (0..number).map(|second| said(first, second)).collect())
        .collect();
    for pair in heard.iter().flat_map(|heard| heard.windows(2)) {
        before[pair[0]][pair[1]] = true;
    }
    for middle in 0..number {
        for first in 0..number {
            for second in 0..number {
                before[first][second] |= before[first][middle] && before[middle][second];
            }
        }
    }
    before
}
