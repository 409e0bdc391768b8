//! The server is stopped at any time: every transcript that some interleaving comes to.

use super::program::Keys;
use crate::explore::check::Workload;
use crate::explore::outcomes;
use crate::explore::scenario::Scenario;
use crate::harness;
use crate::programs::dialogue::server;
use crate::programs::kit::calls::Calls;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::tests::{Exchange, Screen, Wire, add};
use std::fmt::Write;

/// What the client has said by then, and what is typed at the server.
struct Script {
    name: &'static str,
    said: &'static [&'static str],
    typed: &'static str,
}

/// The server begins, and meanwhile it is stopped.
const SESSIONS: &[Script] = &[
    Script {
        name: "stopped_at_any_time_with_a_silent_client",
        said: &[],
        typed: "",
    },
    Script {
        name: "stopped_at_any_time_with_a_client_who_says_something",
        said: &["un\n"],
        typed: "deux\n",
    },
];

#[test]
fn these_are_all_the_transcripts_that_an_interleaving_can_produce() {
    for script in SESSIONS {
        insta::with_settings!({
            description => format!("said: {:?}, typed: {:?}", script.said, script.typed),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(script.name, all_transcripts(script));
        });
    }
}

fn all_transcripts(script: &'static Script) -> String {
    let workload = Workload::new(script.name, move || scenario(script));
    let outcomes = outcomes(&workload, &harness::options());
    let name = script.name;
    assert!(outcomes.is_complete, "{name} has too many interleavings");
    let mut text = String::new();
    let (different, executions) = (outcomes.counts.len(), outcomes.executions());
    writeln!(text, "{different} transcripts, {executions} executions").unwrap();
    for (transcript, executions) in &outcomes.counts {
        write!(text, "\nin {executions} executions\n{transcript}").unwrap();
    }
    text
}

fn scenario(script: &Script) -> Scenario {
    let said = script.said.iter().map(|text| text.as_bytes().to_vec());
    let wire = Wire::with(said);
    let exchange = Exchange::with([wire.clone()]);
    let (keys, screen) = (Keys::default(), Screen::new());
    keys.press(script.typed);
    let serving = (exchange.clone(), keys.clone(), screen.clone());
    let stopped = wire.clone();
    Scenario::new()
        .thread("server", move || {
            let (calls, keys, screen) = serving;
            server::serve(&calls, Framing::Lines, keys, screen).expect("no error");
        })
        .thread("stopper", move || {
            keys.end();
            exchange.close();
            stopped.deafen();
        })
        .outcome(move || {
            let mut transcript = String::new();
            let (texts, is_closed) = wire.heard(Framing::Lines);
            let end = if is_closed { "closed" } else { "not let in" };
            writeln!(transcript, "the client, {end}").expect("room");
            add(&mut transcript, texts);
            writeln!(transcript, "the server's screen").expect("room");
            add(&mut transcript, screen.lines(0, ""));
            transcript
        })
}
