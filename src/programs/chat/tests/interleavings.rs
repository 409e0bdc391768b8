//! Sessions at once: every transcript that some interleaving of them comes to.

// Everything has been sent before: no execution waits for these, and none sees them.
#![allow(clippy::disallowed_types)]

use super::memory::{Line, settle, somewhere};
use super::play::add;
use crate::curriculum::relay::Name;
use crate::explore::check::Workload;
use crate::explore::outcomes;
use crate::explore::scenario::Scenario;
use crate::harness;
use crate::programs::chat::hall::{Hall, Outputs};
use crate::programs::chat::output::{Output, WAITING};
use crate::programs::chat::settings::Settings;
use crate::sync::Mutex;
use crate::sync::time::Instant;
use std::collections::HashMap;
use std::fmt::Write;
use std::io;
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
    screen: Output,
    clients: Vec<Client>,
}

struct Client {
    who: &'static str,
    name: Name,
    says: &'static [&'static str],
}

impl Room {
    fn of(session: &Script) -> Self {
        let screen = Output::with_room(WAITING);
        let outputs = Outputs {
            screen: vec![screen.clone()],
            notices: Output::with_room(WAITING),
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
            add(&mut transcript, printed(self.screen));
            transcript
        })
    }
}

/// What waits for the printer, and all that is ever to come.
fn printed(output: Output) -> Vec<String> {
    let mut text = Vec::new();
    output.end();
    output.print(&mut text, |_| ());
    let text = String::from_utf8(text).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}

/// How many lines have been printed, and how many lines say that they have not.
#[test]
fn every_line_is_printed_or_counted_however_slow_the_printer_is() {
    let scenario = || {
        // There is room for one line besides the one that always fits.
        let output = Output::with_room(4);
        let out = Arc::new(std::sync::Mutex::new(Vec::new()));
        let (printer, shown) = (output.clone(), Arc::clone(&out));
        let written = move |lines: &[u8]| shown.lock().expect("no panic").extend_from_slice(lines);
        let (first, second) = (output.clone(), output);
        Scenario::new()
            .thread("printer", move || printer.print(Into(written), |_| ()))
            .thread("server", move || {
                ["un", "deux", "trois"]
                    .iter()
                    .for_each(|line| first.line((*line).into()));
                second.end();
            })
            .outcome(move || {
                let text = out.lock().expect("no panic").clone();
                String::from_utf8(text).expect("UTF-8")
            })
    };
    let outcomes = outcomes(&Workload::new("output", scenario), &harness::options());
    assert!(outcomes.is_complete);
    let left_out = |line: &str| match line {
        "(1 ligne n'a pas été affichée.)" => 1,
        "(2 lignes n'ont pas été affichées.)" => 2,
        _ => 0,
    };
    for text in outcomes.counts.keys() {
        let omitted: usize = text.lines().map(left_out).sum();
        let printed = text.lines().filter(|line| left_out(line) == 0);
        let printed: Vec<&str> = printed.collect();
        assert_eq!(printed.len() + omitted, 3, "{text}");
        let rest = ["un", "deux", "trois"]
            .iter()
            .filter(|it| printed.contains(it));
        assert_eq!(printed, rest.copied().collect::<Vec<_>>(), "{text}");
    }
    let all = outcomes.counts.contains_key("un\ndeux\ntrois\n");
    let some = outcomes.counts.keys().any(|text| text.contains('('));
    assert!(all && some, "both can happen");
}

/// Writes to wherever it is told.
struct Into<F>(F);

impl<F: FnMut(&[u8])> io::Write for Into<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.0)(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
