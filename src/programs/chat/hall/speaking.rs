//! What clients say, and how it is passed on.

use super::Hall;
use crate::curriculum::relay::{Broken, Name, Text};
use crate::programs::chat::FIN;
use crate::programs::chat::session::{Connection, End, Phase, Read, Session, Waiting};
use crate::programs::kit::framing::Framing;
use crate::sync::time::{Duration, Instant};

/// After so long a client is told that lines need ends.
const HINT: Duration = Duration::from_secs(2);

impl<C: Connection> Hall<C> {
    /// Reads once of what the client has sent, and passes on what it says.
    pub(super) fn listen(&mut self, name: Name, now: Instant) {
        let Some(session) = self.sessions.get_mut(&name) else {
            return;
        };
        if session.waiting.is_some() {
            // Who is faster than the others is slowed.
            return;
        }
        match session.read(&mut self.buffer) {
            Err(Broken) => return self.lose(name),
            Ok(Read::Some) if session.is_readable => drop(self.readers.insert(name)),
            Ok(Read::Some | Read::Nothing) => {}
        }
        // When the server stops, only what has come already is read: who hangs up later loses nothing.
        let is_read = session.has_hung_up || self.gone_by.is_some() && !session.is_readable;
        if is_read && matches!(session.phase, Phase::Listened { .. }) {
            self.sessions.remove(&name);
            return;
        }
        self.pass_on(name, now);
    }

    /// Passes on what the client has said, until it has to wait for somebody.
    fn pass_on(&mut self, name: Name, now: Instant) {
        let mut has_ended = false;
        while let Some(session) = self.sessions.get_mut(&name) {
            if session.phase != Phase::Talking || session.waiting.is_some() {
                break;
            }
            let message = session.decoder.next_message();
            let last = || session.decoder.end().map(Ok);
            match message.or_else(|| session.has_hung_up.then(last).flatten()) {
                None if session.has_hung_up => return self.leave(name, End::Client, now),
                None => break,
                Some(Err(_)) => return self.leave(name, End::TooLong, now),
                Some(Ok(text)) if text.is_empty() || text.eq_ignore_ascii_case(FIN) => {
                    return self.leave(name, End::Client, now);
                }
                Some(Ok(text)) => self.say(name, format!("{name}> {text}").into(), now),
            }
            has_ended = true;
        }
        self.expect_the_end_of_a_line(name, has_ended, now);
    }

    fn say(&mut self, name: Name, text: Text, now: Instant) {
        match self.relay.try_say(name, &text) {
            Ok(is_heard) => {
                self.said += 1;
                if is_heard {
                    self.outputs.print(&text);
                }
            }
            Err(slow) => {
                let until = now + self.settings.patience;
                let session = self.sessions.get_mut(&name).expect("it speaks");
                session.waiting = Some(Waiting { text, slow, until });
                self.speakers.push_back(name);
            }
        }
    }

    /// Tries again to say what waits for room; whoever has taken nothing all the time is dropped.
    pub(super) fn speak(&mut self, name: Name, now: Instant) {
        let session = self.sessions.get_mut(&name);
        let Some(waiting) = session.and_then(|session| session.waiting.take()) else {
            return;
        };
        if now >= waiting.until {
            for slow in self.relay.drop_idle(&waiting.slow) {
                self.drop_client(slow, Some("lit trop lentement, connexion coupée."));
            }
        }
        let Waiting { text, slow, until } = waiting;
        self.say(name, text, now);
        match self.sessions.get_mut(&name) {
            Some(Session {
                waiting: Some(waiting),
                ..
            }) if now < until => (waiting.slow, waiting.until) = (slow, until),
            _ => {
                self.pass_on(name, now);
                self.readers.insert(name);
            }
        }
    }

    /// A client that sends no lines is told so, once.
    fn expect_the_end_of_a_line(&mut self, name: Name, has_ended: bool, now: Instant) {
        let Some(session) = self.sessions.get_mut(&name) else {
            return;
        };
        let begins = session.phase == Phase::Talking
            && session.waiting.is_none()
            && self.settings.framing == Framing::Lines
            && session.decoder.has_begun()
            && !session.was_told;
        if has_ended || !begins {
            session.hint_at = None;
        }
        if begins {
            session.hint_at.get_or_insert(now + HINT);
            self.timed.insert(name);
        }
    }
}
