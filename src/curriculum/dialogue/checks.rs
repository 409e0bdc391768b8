//! The checks of `dialogue`, from the simplest to the most demanding.

mod departure;
mod party;
mod script;
mod wire;

use super::contract::Dialogue;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use departure::Departure;
use party::{Parts, Party, Role};
use proptest::strategy::Strategy;
use script::{Line, Script};
use std::sync::Arc;
use wire::wire;

/// What every dialogue promises, from the simplest to the most demanding.
pub fn checks<D: Dialogue>() -> Vec<Check> {
    checks_of(Parts::of::<D>())
}

/// The checks, from the simplest to the most demanding.
fn checks_of(parts: Parts) -> Vec<Check> {
    use Line::{Capital, Empty, Mixed, Nearly, Small, Text};
    vec![
        talk(
            parts,
            "fin_is_answered_with_fin",
            told_later!(
                "The server speaks first. The client says `fin` and hears `fin`; then both return."
            ),
            Script::ended_by(Role::Client, 0..=0, &[Text], &[Small]),
            &["/f"],
        ),
        talk(
            parts,
            "they_speak_in_turn",
            told_later!(
                "Each says one text and hears one: each text is heard and shown once, in its turn."
            ),
            Script::ended_by(Role::Client, 0..=5, &[Text], &[Small]),
            &["t/tf", "tt/ttf"],
        ),
        talk(
            parts,
            "any_fin_ends_it",
            told_later!("`fin` ends the dialogue in capitals, too."),
            Script::ended_by(Role::Client, 0..=3, &[Text], &[Small, Capital, Mixed]),
            &["/F", "/m", "t/tF"],
        ),
        talk(
            parts,
            "nothing_else_ends_it",
            told_later!(
                "A text that only contains `fin` is a text like any other: the dialogue goes on."
            ),
            Script::ended_by(Role::Client, 1..=5, &[Text, Nearly], &[Small]),
            &["t/nf", "n/tf", "nnn/nnnf"],
        ),
        talk(
            parts,
            "the_server_may_end_it",
            told_later!(
                "The server says `fin`, which does not end it, and listens. Then both return."
            ),
            Script::ended_by(Role::Server, 0..=3, &[Text], &[Small, Capital]),
            &["f/t", "tF/tt"],
        ),
        talk(
            parts,
            "a_server_without_a_line_ends_it",
            told_later!("No line will be typed any more at the server's console: both return."),
            Script::ended_by(Role::Client, 0..=1, &[Text], &[Text]),
            &["/t"],
        ),
        talk(
            parts,
            "a_client_without_a_line_ends_it",
            told_later!("No line will be typed any more at the client's console: both return."),
            Script::any(0..=1, &[Text]).prop_filter(
                "the server is without a line first",
                Script::leaves_the_client_without_a_line,
            ),
            &["/", "t/t"],
        ),
        talk(
            parts,
            "an_empty_line_is_no_text",
            told_later!("An empty line says nothing: whoever typed it is asked again."),
            Script::any(0..=4, &[Text, Empty, Small]),
            &["/ef", "e/tf", "et/eteef"],
        ),
        Check::told(
            "who_has_left_is_noticed",
            told_later!("Whenever the other party goes away without a word, who is left returns."),
            Departure::in_words,
            Departure::any(),
            listed(&["server-0", "client-0", "server-1", "client-1", "client-2"]),
            listed(&["server-0", "client-1"]),
            move |departure| one_stays(parts, *departure),
        ),
    ]
}

/// A check of both parties. Its first script is the smallest: loom has enough with that.
fn talk(
    parts: Parts,
    name: &'static str,
    promise: &'static str,
    generated: impl Strategy<Value = Script> + Send + Sync + 'static,
    scripts: &[&str],
) -> Check {
    Check::told(
        name,
        promise,
        Script::in_words,
        generated,
        listed(scripts),
        listed(&scripts[..1]),
        move |script| both_talk(parts, script),
    )
}

/// Both parties talk, until both have returned.
fn both_talk(parts: Parts, script: &Script) -> Scenario {
    let with_end = |(role, end)| Arc::new(Party::new(role, end, script.lines(role)));
    let parties: Vec<Arc<Party>> = Role::BOTH.into_iter().zip(wire()).map(with_end).collect();
    let mut scenario = Scenario::new();
    for (role, party) in Role::BOTH.into_iter().zip(&parties) {
        let party = Arc::clone(party);
        scenario = scenario.thread(role.name(), move || party.talks(parts));
    }
    // Dropped when both have ended, the wire is dropped by none of them.
    scenario.finally(move || drop(parties))
}

/// One party talks; the other one is the check's, and goes away.
fn one_stays(parts: Parts, departure: Departure) -> Scenario {
    let (stays, leaves) = (departure.stays, departure.leaves());
    let [servers_end, clients_end] = wire();
    let (end, others_end) = match stays {
        Role::Server => (servers_end, clients_end),
        Role::Client => (clients_end, servers_end),
    };
    let party = Arc::new(Party::new(stays, end, departure.lines()));
    let others_end = Arc::new(others_end);
    let kept = (Arc::clone(&party), Arc::clone(&others_end));
    Scenario::new()
        .thread(stays.name(), move || party.talks(parts))
        .thread(leaves.name(), move || departure.talks(&others_end))
        .finally(move || drop(kept))
}
