//! Two sessions at once, and the server's end: every transcript that some interleaving comes to.

use super::without_port;
use crate::curriculum::echo::EchoServer;
use crate::curriculum::echo::solution::Threads;
use crate::explore::check::Workload;
use crate::explore::outcomes;
use crate::explore::scenario::Scenario;
use crate::harness;
use crate::programs::echo::desk::Desk;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::printer::Printer;
use crate::programs::kit::tests::{Exchange, Wire, add, printed};
use std::fmt::Write;
use std::sync::Arc;

/// Who has called, one after the other, and what each of them has said by then.
type Script = [(&'static str, &'static [&'static str])];

/// The server begins, and meanwhile it is stopped.
const SESSIONS: &[(&str, &Script)] = &[
    ("at_once_one_leaves", &[("ana", &["un", "exit"])]),
    (
        "at_once_one_says_something_and_one_leaves",
        &[("ana", &["un"]), ("bob", &["exit"])],
    ),
];

#[test]
fn these_are_all_the_transcripts_that_an_interleaving_can_produce() {
    for (name, session) in SESSIONS {
        let script = |(who, says): &(&str, &[&str])| format!("{who} says: {}", says.join(", "));
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
    let workload = Workload::new(name, move || scenario(session));
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

fn scenario(session: &'static Script) -> Scenario {
    let sent = |says: &[&str]| -> Vec<Vec<u8>> {
        let line = |text: &&str| format!("{text}\n").into_bytes();
        says.iter().map(line).collect()
    };
    let wires: Vec<Wire> = session
        .iter()
        .map(|(_, says)| Wire::with(sent(says)))
        .collect();
    let printer = Arc::new(Printer::new());
    let exchange = Exchange::with(wires.iter().cloned());
    let desk = Arc::new(Desk::new(exchange, Framing::Lines, Arc::clone(&printer)));
    let threads = Arc::new(Threads::new());
    let server = Arc::clone(&threads);
    Scenario::new()
        .thread("server", move || {
            let listener: Arc<Desk<Exchange>> = desk;
            server.serve(listener);
        })
        .thread("stopper", move || threads.stop())
        .outcome(move || {
            let mut transcript = String::new();
            for ((who, _), wire) in session.iter().zip(&wires) {
                let (texts, is_closed) = wire.heard(Framing::Lines);
                let end = if is_closed { "closed" } else { "not let in" };
                writeln!(transcript, "{who}, {end}").expect("room");
                add(&mut transcript, texts);
            }
            writeln!(transcript, "the server's screen").expect("room");
            let lines = printed(&printer).into_iter().map(without_port);
            add(&mut transcript, lines.collect());
            transcript
        })
}
