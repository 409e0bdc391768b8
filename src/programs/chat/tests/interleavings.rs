//! Sessions at once: every transcript that some interleaving of them comes to.

// Everything has been sent before: no execution waits for these, and none sees them.
#![allow(clippy::disallowed_types)]

use super::memory::{Line, settle, somewhere};
use crate::curriculum::relay::Name;
use crate::explore::check::Workload;
use crate::explore::outcomes;
use crate::explore::scenario::Scenario;
use crate::harness;
use crate::programs::chat::hall::{Hall, Outputs};
use crate::programs::chat::settings::Settings;
use crate::programs::kit::printer::Printer;
use crate::programs::kit::tests::{add, printed};
use crate::sync::Mutex;
use crate::sync::time::Instant;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

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
    hall: Arc<Mutex<Hall<Line>>>,
    lines: Arc<HashMap<Name, Line>>,
    screen: Arc<Printer>,
    clients: Vec<Client>,
}

struct Client {
    who: &'static str,
    name: Name,
    says: &'static [&'static str],
}

impl Room {
    fn of(session: &Script) -> Self {
        let screen = Arc::new(Printer::new());
        let outputs = Outputs {
            screen: vec![Arc::clone(&screen)],
            notices: Arc::new(Printer::new()),
        };
        let mut hall = Hall::new(&Settings::default(), outputs);
        let mut lines = HashMap::new();
        let mut clients = Vec::new();
        for (who, says) in session {
            let line = Line::default();
            let name = hall.admit(somewhere(), line.clone());
            lines.insert(name, line);
            clients.push(Client { who, name, says });
        }
        settle(&mut hall, &lines, Instant::now());
        Room {
            hall: Arc::new(Mutex::new(hall)),
            lines: Arc::new(lines),
            screen,
            clients,
        }
    }

    fn scenario(self) -> Scenario {
        let mut scenario = Scenario::new();
        for &Client { who, name, says } in &self.clients {
            if says.is_empty() {
                continue;
            }
            let (hall, lines) = (Arc::clone(&self.hall), Arc::clone(&self.lines));
            scenario = scenario.thread(who, move || {
                for text in says {
                    let mut hall = hall.lock();
                    lines[&name].send(format!("{text}\n").as_bytes());
                    settle(&mut hall, &lines, Instant::now());
                }
            });
        }
        scenario.outcome(move || {
            let mut transcript = String::new();
            for Client { who, name, .. } in self.clients {
                writeln!(transcript, "{who} is {name}").expect("room");
                add(&mut transcript, self.lines[&name].heard());
            }
            writeln!(transcript, "the server's screen").expect("room");
            add(&mut transcript, printed(&self.screen));
            transcript
        })
    }
}
