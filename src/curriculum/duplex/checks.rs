//! The checks of `duplex`, from the simplest to the most demanding.

mod script;
mod server;
mod stage;

use super::contract::Duplex;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use proptest::strategy::Strategy;
use script::{End, Script, Step, Typist};
use stage::{Judged, Run, Stage};
use std::sync::Arc;

/// What every chat client promises, from the simplest to the most demanding.
pub fn checks<D: Duplex>() -> Vec<Check> {
    checks_of(D::run)
}

/// The checks, from the simplest to the most demanding.
fn checks_of(run: Run) -> Vec<Check> {
    use End::{Capital, Closes, Deaf, LastWord, Mixed, Quiet, Small};
    use Step::{Hears, IsPrinted, Nearly, Says};
    use Typist::{Ends, Stays};
    vec![
        talk(
            run,
            "what_is_typed_is_sent",
            told_later!(
                "Each line that is typed is sent, in order, while the server says nothing."
            ),
            Script::any(0..=5, &[Ends], &[Hears], &[Quiet]),
            &["1e/q", "3e/q"],
        )
        .growing(Script::with_more_typed),
        talk(
            run,
            "what_arrives_is_printed",
            told_later!("Each text that arrives is printed, in order, while nobody types."),
            Script::any(0..=0, &[Stays], &[Says], &[Small, Closes]),
            &["0s/f", "0s/tc", "0s/ttf"],
        )
        .growing(Script::with_more_said),
        talk(
            run,
            "neither_waits_for_the_other",
            told_later!("A line is sent, and a text is printed, before the next one is there."),
            Script::any(5..=5, &[Stays], &[Says, Hears, IsPrinted], &[Small, Closes])
                .prop_map(Script::heard_out),
            &["0s/tpf", "1s/?f", "1s/tp?tf"],
        )
        .growing(Script::with_more_said),
        talk(
            run,
            "any_fin_ends_it_and_nothing_else",
            told_later!("`fin` ends it in capitals, too; what only contains it does not."),
            Script::any(0..=0, &[Stays], &[Says, Nearly], &[Small, Capital, Mixed]),
            &["0s/F", "0s/m", "0s/nF", "0s/nnnf"],
        )
        .growing(Script::with_more_said),
        talk(
            run,
            "the_servers_last_words_are_printed",
            told_later!(
                "When no line will be typed any more, what the server still says is printed."
            ),
            Script::any(0..=2, &[Ends], &[Says], &[LastWord]),
            &["0e/w", "1e/tw"],
        )
        .growing(Script::larger),
        talk(
            run,
            "the_servers_end_ends_both",
            told_later!(
                "When the server ends it, nobody waits any more: not for a line, nor to send one."
            ),
            Script::any(0..=3, &[Stays, Ends], &[Says], &[Small, Closes, Deaf]),
            &["1s/d", "1s/c", "1s/tc", "2s/f"],
        )
        .growing(Script::larger),
        conversations(
            run,
            Judged::Farewell,
            "the_farewell_comes_once_and_last",
            told_later!(
                "Whoever ends it, the farewell is printed once, and nothing comes after it."
            ),
        ),
        conversations(
            run,
            Judged::Closing,
            "the_connection_is_closed_once",
            told_later!("Whoever ends it, the connection is closed, and no second time."),
        ),
    ]
}

/// A check that judges this of conversations that end in any way.
fn conversations(run: Run, what: Judged, name: &'static str, promise: &'static str) -> Check {
    use End::{Closes, Deaf, LastWord, Quiet, Small};
    let generated = Script::any(
        0..=2,
        &[Typist::Ends, Typist::Stays],
        &[Step::Says, Step::Hears],
        &[Quiet, LastWord, Small, Closes, Deaf],
    );
    let listed = &["0e/q", "1s/f", "1e/c", "1s/d"];
    judged(run, what, name, promise, generated, listed).growing(Script::larger)
}

/// A check of what is sent and printed.
fn talk(
    run: Run,
    name: &'static str,
    promise: &'static str,
    generated: impl Strategy<Value = Script> + Send + Sync + 'static,
    scripts: &[&str],
) -> Check {
    judged(run, Judged::Talk, name, promise, generated, scripts)
}

/// A check that judges this. Each of its workloads is small, for loom as well.
fn judged(
    run: Run,
    what: Judged,
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
        listed(scripts),
        move |script| conversation(run, what, script),
    )
}

/// A client talks, until it has returned.
fn conversation(run: Run, what: Judged, script: &Script) -> Scenario {
    let stage = Arc::new(Stage::new(script, what));
    let kept = Arc::clone(&stage);
    let scenario = Scenario::new().thread("client", move || stage.talks(run));
    // Dropped when all have ended, it is dropped by none of them.
    scenario.finally(move || drop(kept))
}
