//! Where the clients of the chat server meet: all of them served by one thread, which never waits.

use super::FIN;
use super::framing::{Framing, MAX_MESSAGE};
use super::output::Output;
use super::session::{Connection, Phase, Read, Session, Waiting};
use super::settings::Settings;
use crate::curriculum::relay::solution::{Switchboard, Taken};
use crate::curriculum::relay::{Broken, Name, Relay, Text, Wire};
use crate::sync::time::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;

/// Bytes that are taken out of an outbox at a time.
const BATCH: usize = 64 * 1024;

/// After so long a client is told that lines need ends.
const HINT: Duration = Duration::from_secs(2);

/// What it is told.
const NO_LINE: &str = "Ce serveur attend des lignes : rien n'est relayé avant une fin de ligne.";

const TOO_LONG: &str = "Message trop long : 65536 octets au plus.";
const _: () = assert!(MAX_MESSAGE == 65536);

/// Why nothing more is read from a client.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// It said so, or hung up.
    Client,
    /// Its message was too long.
    TooLong,
    /// The server stops.
    Server,
}

/// Where the lines about what happens go.
#[derive(Clone)]
pub(super) struct Outputs {
    /// What the original prints; and the same in a file.
    pub(super) screen: Vec<Output>,
    /// What concerns whoever runs the server.
    pub(super) notices: Output,
}

impl Outputs {
    pub(super) fn print(&self, line: impl Into<Text>) {
        let line = line.into();
        self.screen.iter().for_each(|it| it.line(Arc::clone(&line)));
    }
}

/// The clients, and what passes on what they say.
pub(super) struct Hall<C> {
    relay: Switchboard,
    settings: Settings,
    outputs: Outputs,
    sessions: BTreeMap<Name, Session<C>>,
    arrivals: u64,
    /// Those of whom something may be read.
    readers: BTreeSet<Name>,
    /// Those to whom something may be sent.
    writers: BTreeSet<Name>,
    /// Those who wait until there is room for what they say, the first one first.
    speakers: VecDeque<Name>,
    /// Something has been said: everybody may have something to be sent.
    was_said: bool,
    /// What is said is not sent to everybody before that, unless somebody waits for room.
    due: Instant,
    /// Something has been sent to everybody since this was asked.
    has_told_all: bool,
    /// Something has been taken: there may be room.
    was_taken: bool,
    /// Those to whom something happens at some time of the clock.
    timed: BTreeSet<Name>,
    /// When the last of them is gone, once the server stops.
    gone_by: Option<Instant>,
    buffer: Vec<u8>,
}

/// A client's way to its outbox is the hall itself.
struct NoWire;

impl Wire for NoWire {
    fn write(&self, _texts: &[Text]) -> Result<(), Broken> {
        unreachable!("nobody is in `deliver`")
    }

    fn cut(&self) {}
}

impl<C: Connection> Hall<C> {
    pub(super) fn new(settings: &Settings, outputs: Outputs) -> Self {
        Hall {
            relay: Switchboard::new(settings.outbox, settings.patience),
            settings: settings.clone(),
            outputs,
            sessions: BTreeMap::new(),
            arrivals: 0,
            readers: BTreeSet::new(),
            writers: BTreeSet::new(),
            speakers: VecDeque::new(),
            was_said: false,
            due: Instant::now(),
            has_told_all: false,
            was_taken: false,
            timed: BTreeSet::new(),
            gone_by: None,
            buffer: vec![0; MAX_MESSAGE],
        }
    }

    /// True if no more clients can be let in.
    pub(super) fn is_full(&self) -> bool {
        self.sessions.len() >= self.settings.clients
    }

    /// What the next client that is let in is called.
    pub(super) fn next_name(&self) -> Name {
        Name(self.arrivals + 1)
    }

    /// Sends somebody away.
    pub(super) fn refuse(&self, mut connection: C, why: &str) {
        let mut bytes = Vec::new();
        self.settings.framing.encode(why, &mut bytes);
        // Who does not even get this one has gone by itself.
        let _ = connection.write(&bytes);
        connection.shutdown(Shutdown::Both);
    }

    /// Lets a client in.
    pub(super) fn admit(&mut self, address: SocketAddr, connection: C) -> Name {
        let name = self.relay.join(Arc::new(NoWire));
        self.arrivals = name.0;
        let (ip, port) = (address.ip(), address.port());
        let line = format!("Client {name} connecté, adresse IP {ip}, port {port}.");
        self.outputs.print(line);
        let session = Session::new(connection, self.settings.framing);
        self.sessions.insert(name, session);
        self.readers.insert(name);
        self.writers.insert(name);
        name
    }

    /// The client's connection may have something to read now, or room.
    pub(super) fn is_ready(&mut self, name: Name, is_readable: bool, is_writable: bool) {
        if let Some(session) = self.sessions.get_mut(&name) {
            session.is_readable |= is_readable;
            session.is_writable |= is_writable;
            if is_readable {
                self.readers.insert(name);
            }
            if is_writable {
                self.writers.insert(name);
            }
        }
    }

    /// Does what can be done now, for everybody a little.
    pub(super) fn turn(&mut self, now: Instant) {
        for name in std::mem::take(&mut self.readers) {
            self.listen(name, now);
        }
        self.was_taken = false;
        for _ in 0..self.speakers.len() {
            let name = self.speakers.pop_front().expect("as many as there are");
            self.speak(name, now);
        }
        let writers = std::mem::take(&mut self.writers);
        let is_due = now >= self.due || !self.speakers.is_empty() || self.gone_by.is_some();
        if self.was_said && is_due {
            (self.was_said, self.has_told_all) = (false, true);
            let all: Vec<Name> = self.sessions.keys().copied().collect();
            all.into_iter().for_each(|name| self.send(name));
        } else {
            writers.into_iter().for_each(|name| self.send(name));
        }
        for name in std::mem::take(&mut self.timed) {
            self.look_at_the_clock(name, now);
        }
    }

    /// True if something has been sent to everybody since this was asked.
    pub(super) fn has_told_all(&mut self) -> bool {
        std::mem::take(&mut self.has_told_all)
    }

    /// Gathers what is said until then, and sends it together.
    pub(super) fn gather_until(&mut self, due: Instant) {
        self.due = due;
    }

    /// When the next turn is due, if nothing happens before.
    pub(super) fn next_turn(&self, now: Instant) -> Option<Instant> {
        let is_busy = !self.readers.is_empty()
            || !self.writers.is_empty()
            || self.was_said && !self.speakers.is_empty()
            || self.was_taken && !self.speakers.is_empty();
        if is_busy {
            return Some(now);
        }
        let sessions = self.timed.iter().filter_map(|name| self.sessions.get(name));
        let timed = sessions.filter_map(|session| {
            let times = [session.hint_at, session.gone_by];
            times.into_iter().flatten().min()
        });
        let speakers = self.speakers.iter();
        let waiting = speakers.filter_map(|name| {
            let waiting = self.sessions.get(name)?.waiting.as_ref()?;
            Some(waiting.until)
        });
        let due = self.was_said.then_some(self.due);
        timed.chain(waiting).chain(self.gone_by).chain(due).min()
    }

    /// Tells all that it is over.
    pub(super) fn close(&mut self, now: Instant) {
        let gone_by = now + self.settings.patience;
        self.gone_by = Some(gone_by);
        let all: Vec<Name> = self.sessions.keys().copied().collect();
        for name in all {
            self.leave(name, End::Server, now);
            self.readers.insert(name);
        }
    }

    /// True if it is over: all have gone, or it is time to go without them.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.gone_by
            .is_some_and(|gone_by| self.sessions.is_empty() || now >= gone_by)
    }

    /// Reads once of what the client has sent, and passes on what it says.
    fn listen(&mut self, name: Name, now: Instant) {
        let Some(session) = self.sessions.get_mut(&name) else {
            return;
        };
        if session.waiting.is_some() {
            // Who is faster than the others is slowed.
            return;
        }
        match session.read(&mut self.buffer) {
            Err(Broken) => return self.lose(name),
            Ok(Read::Nothing) => {}
            Ok(Read::Some) => drop(self.readers.insert(name)),
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
                self.was_said = true;
                if is_heard {
                    self.outputs.print(text);
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
    fn speak(&mut self, name: Name, now: Instant) {
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

    /// Sends the client what there is for it, as long as it takes it.
    fn send(&mut self, name: Name) {
        let bytes = match self.settings.framing {
            Framing::Lines => BATCH,
            // One by one, or the client would take them for one.
            Framing::Chunks => 1,
        };
        while let Some(session) = self.sessions.get_mut(&name) {
            let was_late = !session.is_idle();
            match session.send() {
                Err(Broken) => return self.lose(name),
                // It takes something, if slowly.
                Ok(1..) if was_late => self.relay.takes(name),
                Ok(_) => {}
            }
            if !session.is_idle() {
                return;
            }
            match session.phase {
                Phase::Listened { .. } => return,
                Phase::LastWord => {
                    if session.close() {
                        self.sessions.remove(&name);
                    } else {
                        self.readers.insert(name);
                    }
                    return;
                }
                Phase::Talking | Phase::Leaving(_) if !session.is_writable => return,
                Phase::Talking | Phase::Leaving(_) => {}
            }
            match self.relay.try_take(name, bytes) {
                Taken::Texts(texts) if texts.is_empty() => return,
                Taken::Texts(texts) => {
                    self.was_taken = true;
                    session.put(&texts);
                }
                Taken::Gone(_) => session.say_last_word(),
            }
        }
    }

    /// The client is there no more; what there is for it is still sent.
    fn leave(&mut self, name: Name, end: End, now: Instant) {
        let session = self.sessions.get_mut(&name).expect("it is there");
        let gone_by = now + self.settings.patience;
        session.gone_by.get_or_insert(gone_by);
        self.timed.insert(name);
        if session.phase != Phase::Talking {
            return;
        }
        session.waiting = None;
        session.hint_at = None;
        session.phase = Phase::Leaving(match end {
            End::Client => None,
            End::Server => Some(FIN),
            End::TooLong => Some(TOO_LONG),
        });
        self.relay.leave(name);
        self.writers.insert(name);
        // Nobody has to wait for it any more.
        self.was_taken = true;
        self.outputs.print(format!("Client {name} déconnecté."));
        if end == End::TooLong {
            let line = format!("Message de {name} trop long, connexion coupée.");
            self.outputs.print(line);
        }
    }

    /// The connection is broken.
    fn lose(&mut self, name: Name) {
        self.drop_client(name, None);
    }

    /// Ends a client's connection, whatever it is about.
    fn drop_client(&mut self, name: Name, why: Option<&str>) {
        let Some(session) = self.sessions.remove(&name) else {
            return;
        };
        session.cut();
        self.relay.lose(name);
        self.was_taken = true;
        if session.phase == Phase::Talking {
            self.outputs.print(format!("Client {name} déconnecté."));
        }
        if let Some(why) = why {
            self.outputs.print(format!("{name} {why}"));
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

    fn look_at_the_clock(&mut self, name: Name, now: Instant) {
        let Some(session) = self.sessions.get_mut(&name) else {
            return;
        };
        if session.gone_by.is_some_and(|gone_by| now >= gone_by) {
            return self.drop_client(name, None);
        }
        if session.hint_at.is_some_and(|hint_at| now >= hint_at) {
            session.hint_at = None;
            session.was_told = true;
            session.put(&[NO_LINE.into()]);
            self.writers.insert(name);
            let notice = format!(
                "{name} sends text without the end of a line: the original Python clients need a \
                 server with `--framing chunks`"
            );
            self.outputs.notices.line(notice.into());
        }
        if session.hint_at.or(session.gone_by).is_some() {
            self.timed.insert(name);
        }
    }
}
