//! Sessions and their transcripts: what every participant saw, and the server's screen.

use super::play::play;
use crate::programs::chat::server::Settings;
use crate::programs::kit::framing::Framing;
use crate::sync::time::Duration;

const LINES: &[(&str, &str)] = &[
    (
        "first_contact",
        "
        ana joins
        bob joins
        ana says: salut
        bob says: salut toi
        bob says: fin
    ",
    ),
    (
        "crossing_messages",
        "
        ana joins
        bob joins
        carol joins
        ana says: un
        bob says: deux
        carol says: trois
        ana says: quatre
    ",
    ),
    (
        "late_joiner",
        "
        ana joins
        bob joins
        ana says: personne d'autre ?
        carol joins
        ana says: bienvenue
        carol says: merci
    ",
    ),
    (
        "fin_in_any_case",
        "
        ana joins
        bob joins
        carol joins
        dan joins
        ana says: FIN
        bob says: fIn
        carol says: finir
        carol says: fin.
        carol says: Fin
    ",
    ),
    (
        "abrupt_disconnect",
        "
        ana joins
        bob joins
        bob sends: je n'ai pas fi
        bob hangs up
        ana says: bob ?
        carol joins
        carol says: il est parti
    ",
    ),
    (
        "accents_and_emoji_cut",
        "
        ana joins
        bob joins
        bob sends: caf\\xc3
        bob sends: \\xa9 \\xf0\\x9f
        bob sends: \\x98\\x80\\n
        bob sends: pas de l'UTF-8 : \\xff\\xc3(\\n
    ",
    ),
    (
        "glued_messages",
        "
        ana joins
        bob joins
        bob sends: un\\ndeux\\ntrois\\nfin\\nquatre\\n
    ",
    ),
    (
        "empty_message",
        "
        ana joins
        bob joins
        ana says: tu es là ?
        bob sends: \\n
        ana says: apparemment pas
    ",
    ),
    (
        "overlong_message",
        "
        ana joins
        bob joins
        bob sends a line of 65536 bytes
        bob sends a line of 65537 bytes
        ana says: au revoir
    ",
    ),
    (
        "server_stops",
        "
        ana joins
        bob joins
        ana hangs up
    ",
    ),
    (
        "names_are_not_used_again",
        "
        ana joins
        bob joins
        ana says: fin
        carol joins
        carol says: qui est là ?
        bob says: fin
        dan joins
    ",
    ),
];

const CHUNKS: &[(&str, &str)] = &[
    (
        "chunks_are_messages",
        "
        ana joins
        bob joins
        ana says: bonjour
        bob sends: avec une fin de ligne\\n
        ana sends: deux\\nlignes
        bob says: FIN
    ",
    ),
    (
        "chunks_cut_characters",
        "
        ana joins
        bob joins
        bob sends: caf\\xc3
        bob sends: \\xa9 !
        bob sends: \\xf0\\x9f\\x98
        bob sends: \\x80
    ",
    ),
];

fn assert_transcripts(sessions: &[(&str, &str)], settings: &Settings) {
    for (name, script) in sessions {
        let lines: Vec<&str> = script
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        insta::with_settings!({
            description => lines.join("\n"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(*name, play(script, settings));
        });
    }
}

#[test]
fn with_a_line_for_a_message_everybody_sees_this() {
    assert_transcripts(LINES, &Settings::default());
}

#[test]
fn with_a_read_for_a_message_everybody_sees_this() {
    let settings = Settings {
        framing: Framing::Chunks,
        ..Settings::default()
    };
    assert_transcripts(CHUNKS, &settings);
}

#[test]
fn a_client_that_takes_nothing_is_dropped() {
    let script = "
        ana joins
        bob joins
        carol joins
        carol stalls
        ana goes on until the server drops carol
        bob says: enfin
    ";
    let settings = Settings {
        outbox: 2,
        patience: Duration::from_millis(200),
        ..Settings::default()
    };
    assert_transcripts(&[("stalled_client", script)], &settings);
}
