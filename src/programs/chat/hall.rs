//! Where the clients of the chat server meet: all of them served by one thread, which never waits.

mod leaving;
mod speaking;

use super::session::{Connection, End, Phase, Session};
use super::settings::Settings;
use crate::curriculum::relay::solution::{Switchboard, Taken};
use crate::curriculum::relay::{Broken, Name, Relay, Text, Wire};
use crate::programs::kit::framing::{Framing, MAX_MESSAGE};
use crate::programs::kit::printer::Printer;
use crate::sync::time::Instant;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;

/// Bytes that are taken out of an outbox at a time.
const BATCH: usize = 64 * 1024;

/// Bytes of lines that are read of a client at a time; then it is the others' turn.
const READ: usize = 16 * 1024;

/// What a client is told after a while that sends no end of a line.
const NO_LINE: &str = "Ce serveur attend des lignes : rien n'est relayé avant une fin de ligne.";

/// Where the lines about what happens go.
#[derive(Clone)]
pub(super) struct Outputs {
    /// What the original prints; and the same in a file.
    pub(super) screen: Vec<Arc<Printer>>,
    /// What concerns whoever runs the server.
    pub(super) notices: Arc<Printer>,
}

impl Outputs {
    pub(super) fn print(&self, line: &str) {
        self.screen.iter().for_each(|it| it.line(line));
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
    /// How much has been said since something was sent to everybody.
    said: usize,
    /// What is said is not sent to everybody before that, unless somebody waits for room.
    due: Instant,
    /// How much that was the last time, until this is asked.
    told: Option<usize>,
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
        let read = match settings.framing {
            Framing::Lines => READ,
            // A message has to come whole.
            Framing::Chunks => MAX_MESSAGE,
        };
        Hall {
            relay: Switchboard::new(settings.outbox, settings.patience),
            settings: settings.clone(),
            outputs,
            sessions: BTreeMap::new(),
            arrivals: 0,
            readers: BTreeSet::new(),
            writers: BTreeSet::new(),
            speakers: VecDeque::new(),
            said: 0,
            due: Instant::now(),
            told: None,
            was_taken: false,
            timed: BTreeSet::new(),
            gone_by: None,
            buffer: vec![0; read],
        }
    }

    /// True if no more clients can be let in.
    pub(super) fn is_full(&self) -> bool {
        self.sessions.len() >= self.settings.clients
    }

    /// How many clients there are.
    pub(super) fn number(&self) -> usize {
        self.sessions.len()
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
        self.outputs.print(&line);
        let session = Session::new(connection, self.settings.framing);
        self.sessions.insert(name, session);
        self.readers.insert(name);
        self.writers.insert(name);
        name
    }

    /// The client's connection may have something to read now, or room.
    pub(super) fn is_ready(&mut self, name: Name, is_readable: bool, is_writable: bool) {
        if let Some(session) = self.sessions.get_mut(&name) {
            if is_readable {
                session.is_readable = true;
                self.readers.insert(name);
            }
            // Where there was room, nothing waits for it.
            if is_writable && !session.is_writable {
                session.is_writable = true;
                self.writers.insert(name);
            }
        }
    }

    /// Nothing more comes from the client than what has come already.
    pub(super) fn is_ending(&mut self, name: Name) {
        if let Some(session) = self.sessions.get_mut(&name) {
            session.is_ending = true;
        }
        self.is_ready(name, true, false);
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
        if self.said > 0 && is_due {
            self.told = Some(std::mem::take(&mut self.said));
            let all: Vec<Name> = self.sessions.keys().copied().collect();
            all.into_iter().for_each(|name| self.send(name));
        } else {
            writers.into_iter().for_each(|name| self.send(name));
        }
        for name in std::mem::take(&mut self.timed) {
            self.look_at_the_clock(name, now);
        }
    }

    /// How much of what was said has been sent to everybody since this was asked, if something has.
    pub(super) fn told(&mut self) -> Option<usize> {
        self.told.take()
    }

    /// Gathers what is said until then, and sends it together.
    pub(super) fn gather_until(&mut self, due: Instant) {
        self.due = due;
    }

    /// When the next turn is due, if nothing happens before.
    pub(super) fn next_turn(&self, now: Instant) -> Option<Instant> {
        let is_busy = !self.readers.is_empty()
            || !self.writers.is_empty()
            || self.said > 0 && !self.speakers.is_empty()
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
        let due = (self.said > 0).then_some(self.due);
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
            self.outputs.notices.line(&notice);
        }
        if session.hint_at.or(session.gone_by).is_some() {
            self.timed.insert(name);
        }
    }
}
