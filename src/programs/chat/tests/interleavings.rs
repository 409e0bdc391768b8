//! Sessions at once: every transcript that some interleaving of them comes to.

// Everything has been sent before: no execution waits for these, and none sees them.
#![allow(clippy::disallowed_types)]

use super::play::add;
use crate::curriculum::relay::solution::Switchboard;
use crate::curriculum::relay::{Broken, Relay, Text, Wire};
use crate::explore::check::Workload;
use crate::explore::outcomes;
use crate::explore::scenario::Scenario;
use crate::harness;
use crate::programs::chat::session::Session;
use crate::programs::chat::socket::Connection;
use crate::programs::chat::state::{ServerState, Settings, ShutdownHandle};
use crate::sync::atomic::AtomicBool;
use crate::sync::channel::{self, Receiver};
use std::fmt::Write;
use std::io::{self, Read};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Who is there, and what each of them says.
type Script = [(&'static str, &'static [&'static str])];

/// Everybody has joined, one after the other. Now those who say something do so at once, each of
/// them line by line; they end with `fin`. The others listen to the end.
const SESSIONS: &[(&str, &Script)] = &[
    (
        "at_once_two_speak_and_one_listens",
        &[
            ("ana", &["un", "fin"]),
            ("bob", &["deux", "fin"]),
            ("carol", &[]),
        ],
    ),
    (
        "at_once_one_leaves_and_one_speaks",
        &[
            ("ana", &["un", "deux", "fin"]),
            ("bob", &["fin"]),
            ("carol", &[]),
        ],
    ),
];

#[test]
fn these_are_all_the_transcripts_that_an_interleaving_can_produce() {
    for (name, session) in SESSIONS {
        let script = |(who, says): &(&str, &[&str])| match says {
            [] => format!("{who} listens"),
            _ => format!("{who} says: {}", says.join(", ")),
        };
        let script: Vec<String> = session.iter().map(script).collect();
        insta::with_settings!({
            description => script.join("\n"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(*name, all_transcripts(name, session));
        });
    }
}

fn all_transcripts(name: &str, session: &'static Script) -> String {
    let workload = Workload::new(name, move || Room::of(session).scenario());
    let outcomes = outcomes(&workload, &harness::options());
    assert!(outcomes.is_complete, "{name} has too many interleavings");
    let mut text = String::new();
    let (different, executions) = (outcomes.counts.len(), outcomes.executions());
    writeln!(text, "{different} transcripts, {executions} executions").unwrap();
    for (transcript, executions) in &outcomes.counts {
        write!(text, "\nin {executions} executions\n{transcript}").unwrap();
    }
    text
}

/// The server without its sockets, and those who are there.
struct Room {
    state: Arc<ServerState<Switchboard>>,
    printed: Receiver<String>,
    clients: Vec<Client>,
}

struct Client {
    who: &'static str,
    session: Session<Switchboard>,
    line: Arc<Line>,
}

impl Room {
    fn of(session: &Script) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 50512));
        let shutdown = ShutdownHandle {
            address,
            is_closed: Arc::new(AtomicBool::new(false)),
        };
        let settings = Settings::default();
        let (lines, printed) = channel::unbounded();
        let relay = Switchboard::new(settings.outbox, settings.patience);
        let state = Arc::new(ServerState::new(relay, &settings, shutdown, lines));
        let join = |(who, says): &(&'static str, &[&str])| {
            let line = Arc::new(Line::sending(says));
            let session = Session::admit(&state, Arc::clone(&line) as _, address);
            Client { who, session, line }
        };
        let clients = session.iter().map(join).collect();
        Room {
            state,
            printed,
            clients,
        }
    }

    fn scenario(self) -> Scenario {
        let mut scenario = Scenario::new();
        let mut seen = Vec::new();
        for Client { who, session, line } in self.clients {
            let name = session.name;
            let speaks = line.is_speaker();
            seen.push((who, name, line, speaks));
            if speaks {
                scenario = scenario.thread(who, move || session.run().expect("a thread"));
            }
        }
        let (state, printed) = (self.state, self.printed);
        scenario.outcome(move || {
            let mut transcript = String::new();
            for (who, name, line, speaks) in seen {
                if !speaks {
                    state.relay.leave(name);
                    state.relay.deliver(name);
                }
                writeln!(transcript, "{who} is {name}").expect("room");
                add(&mut transcript, line.heard());
            }
            writeln!(transcript, "the server's screen").expect("room");
            add(&mut transcript, printed.try_iter().collect());
            transcript
        })
    }
}

/// A connection on which all that the client ever sends has arrived.
struct Line {
    sent: Mutex<io::Cursor<String>>,
    heard: Mutex<Vec<String>>,
}

impl Line {
    fn sending(texts: &[&str]) -> Self {
        let sent: String = texts.iter().map(|text| format!("{text}\n")).collect();
        Line {
            sent: Mutex::new(io::Cursor::new(sent)),
            heard: Mutex::default(),
        }
    }

    fn is_speaker(&self) -> bool {
        !self.sent.lock().expect("no panic").get_ref().is_empty()
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("no panic").clone()
    }
}

impl Wire for Line {
    fn write(&self, texts: &[Text]) -> Result<(), Broken> {
        let texts = texts.iter().map(ToString::to_string);
        self.heard.lock().expect("no panic").extend(texts);
        Ok(())
    }

    fn cut(&self) {
        unreachable!("nobody is slow")
    }
}

impl Connection for Line {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.sent.lock().expect("no panic").read(buffer)
    }

    fn stop_reading(&self) {}

    fn hurry(&self) {}

    fn say_farewell(&self, farewell: Option<&str>, _patience: Duration) {
        let farewell = farewell.map(str::to_owned);
        self.heard.lock().expect("no panic").extend(farewell);
    }
}
