//! What has to be true of a session, whatever the order in which things happened.

use super::notes::{Notes, Span};
use super::{Departure, FEW, Text, WELCOME};

/// Every promise at once.
pub fn everything(clients: &[Notes]) {
    names(clients);
    welcomes(clients);
    messages(clients);
    order(clients);
    departures(clients);
}

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

/// What happens to a client that fails does not concern the others.
pub fn others(clients: &[Notes]) {
    messages(clients);
    departures(clients);
}

/// Who leaves has left; nobody was dropped.
pub fn departures(clients: &[Notes]) {
    for (client, notes) in listeners(clients) {
        let departure = notes.departure.expect("somebody delivered to it");
        assert!(
            !notes.was_cut && departure != Departure::Stalled,
            "there was room for all that {client} had to hear, and it was dropped"
        );
        assert!(
            notes.fails || departure == Departure::Left,
            "{client} left, and `deliver` says {departure:?}"
        );
    }
}

/// A client that takes nothing is dropped once more texts wait for it than may, and not before.
pub fn dropped_if_slow(clients: &[Notes]) {
    let said: usize = clients.iter().map(|notes| notes.said.len()).sum();
    for (client, notes) in listeners(clients) {
        let texts = 1 + said - notes.said.len();
        let unheard = texts - notes.heard.len();
        let departure = notes.departure.expect("somebody delivered to it");
        if unheard > 2 * FEW {
            assert!(
                notes.was_cut,
                "{unheard} texts wait for {client}, whose outbox holds {FEW}, and its wire is not cut"
            );
            assert!(
                departure == Departure::Stalled,
                "{client} was dropped because it was slow, and `deliver` says {departure:?}"
            );
        }
        if texts <= FEW {
            assert!(
                !notes.was_cut && departure != Departure::Stalled,
                "an outbox holds {FEW} texts, and {client} was dropped when there were {texts}"
            );
        }
    }
}

/// The clients to whom somebody delivers, by what they are called.
fn listeners(clients: &[Notes]) -> impl Iterator<Item = (String, &Notes)> {
    let listeners = clients.iter().filter(|notes| notes.listens);
    listeners.map(|notes| (notes.name(), notes))
}

/// Something that was said.
struct Message {
    speaker: usize,
    said: Span,
    /// As others hear it.
    text: String,
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
    }

    /// True if the client was there when it was said, as far as can be known.
    fn must_hear(&self, client: usize, message: usize) -> bool {
        let notes = &self.clients[client];
        let (_, joined) = notes.joined.expect("who listens has joined");
        let said = self.messages[message].said;
        let is_own = |&own: &usize| self.messages[own].speaker == client && self.is_heard(own);
        let own: Vec<usize> = (0..self.messages.len()).filter(is_own).collect();
        let heard = || self.heard[client].iter();
        let was_there = joined.is_before(said)
            || heard()
                .chain(&own)
                .any(|&earlier| self.before[earlier][message]);
        let hears_later = heard().any(|&later| self.before[message][later]);
        let is_still_there = match notes.may_be_dropped() {
            true => hears_later,
            false => {
                hears_later
                    || notes.left.is_none_or(|left| said.is_before(left))
                    || own.iter().any(|&later| self.before[message][later])
            }
        };
        self.is_heard(message) && was_there && is_still_there
    }

    /// True unless its speaker may have departed before it was said.
    fn is_heard(&self, message: usize) -> bool {
        let Message { speaker, said, .. } = self.messages[message];
        let notes = &self.clients[speaker];
        let was_there =
            !notes.may_be_dropped() && notes.left.is_none_or(|left| said.is_before(left));
        was_there || self.heard.iter().any(|heard| heard.contains(&message))
    }
}

/// What is known to come before what: what somebody heard first, or what had been said before the
/// other was begun, and all that follows from it.
fn order_of(messages: &[Message], heard: &[Vec<usize>]) -> Vec<Vec<bool>> {
    let said = |first: usize, second: usize| messages[first].said.is_before(messages[second].said);
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
