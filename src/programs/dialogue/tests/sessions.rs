//! Dialogues and their transcripts: what everybody saw.

use super::play::play;
use crate::programs::kit::framing::Framing;

/// The programs with each other, whatever a message is.
const OURS: &[(&str, &str)] = &[
    (
        "a_dialogue",
        "
        ana starts our client
        ana types: bonjour
        marcel types: ça va ? 😀
        ana types: oui, et toi ?
        marcel types: oui
        ana types: fin
        marcel types: t
    ",
    ),
    (
        "the_server_ends_it",
        "
        ana starts our client
        ana types: bonjour
        marcel types: FIN
        marcel types: T
    ",
    ),
    (
        "one_after_the_other",
        "
        ana starts our client
        ana types: Fin
        marcel types: r
        bob starts our client
        bob types: il y a quelqu'un ?
        marcel types: fin
        marcel types:
        carol starts our client
        carol types: fIN
        marcel types: t
    ",
    ),
    (
        "empty_lines",
        "
        ana starts our client
        ana types:
        ana types: un
        marcel types:
        marcel types:
        marcel types: deux
        ana types: fin
        marcel types: t
    ",
    ),
    (
        "nobody_types_at_the_server",
        "
        ana starts our client
        ana types: un
        marcel types no more
    ",
    ),
    (
        "nobody_types_at_the_client",
        "
        ana starts our client
        ana types: un
        marcel types: deux
        ana types no more
        marcel types no more
    ",
    ),
    (
        "interrupted_while_nobody_calls",
        "
        marcel sees: en attente de requêtes ...
        marcel is interrupted
    ",
    ),
    (
        "interrupted_while_it_listens",
        "
        ana starts our client
        ana is asked
        marcel is interrupted
        ana types: il y a quelqu'un ?
    ",
    ),
    (
        "interrupted_while_it_asks",
        "
        ana starts our client
        ana types: un
        marcel is asked
        marcel is interrupted
    ",
    ),
];

/// Other clients, with a line for a text.
const LINES: &[(&str, &str)] = &[
    (
        "texts_come_as_they_were_sent_however_they_are_cut",
        r"
        ana calls
        ana sends: bonj
        ana sends: our\n
        marcel types: un
        ana sends: deux\ntrois\nfin\n
        marcel types: quatre
        marcel types: cinq
        marcel types: t
    ",
    ),
    (
        "last_words",
        r"
        ana calls
        ana sends: un\n
        marcel types: deux
        ana sends: tro
        ana hangs up
        marcel types: quatre
        marcel types: t
    ",
    ),
    (
        "who_says_nothing",
        r"
        ana calls
        ana hangs up
        marcel types: r
        bob calls
        bob says: fin
        marcel types: t
    ",
    ),
    (
        "only_fin_is_fin",
        r"
        ana calls
        ana sends:  fin\n
        marcel types: un
        ana sends: fin.\n
        marcel types: deux
        ana sends: fin\x0d\n
        marcel types: t
    ",
    ),
    (
        "an_empty_line_is_no_text",
        r"
        ana calls
        ana sends: \n\x0d\n
        ana sends: un\n
        marcel types: deux
        ana says: fin
        marcel types: t
    ",
    ),
    (
        "commands_for_terminals",
        r"
        ana calls
        ana sends: \x1b[2J\xff\xc3\x07\n
        marcel types: tout va bien
        ana says: fin
        marcel types: t
    ",
    ),
    (
        "a_line_too_long",
        "
        ana calls
        ana sends a line of so many bytes: 65536
        marcel types: tant que ça va
        ana sends a line of so many bytes: 65537
        marcel types: t
    ",
    ),
];

/// Other clients, with a read for a text, as the original ones.
const CHUNKS: &[(&str, &str)] = &[
    (
        "a_read_is_a_text",
        r"
        ana calls
        ana says: bonjour
        marcel types: ça va ?
        ana hears
        ana sends: deux\nlignes\n
        marcel types: ah ?
        ana says: FIN
        marcel types: t
    ",
    ),
    (
        "a_character_in_two_reads",
        r"
        ana calls
        ana hears
        ana sends: \xc3
        ana sends: \xa9t\xc3\xa9
        marcel types: hiver
        ana hangs up
        marcel types: t
    ",
    ),
];

#[track_caller]
fn assert_transcripts(sessions: &[(&str, &str)], framing: Framing) {
    for (name, script) in sessions {
        let lines = script.lines().map(str::trim);
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        insta::with_settings!({
            description => lines.join("\n"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(*name, play(script, framing));
        });
    }
}

#[test]
fn our_programs_show_this_whatever_a_message_is() {
    assert_transcripts(OURS, Framing::Lines);
    assert_transcripts(OURS, Framing::Chunks);
}

#[test]
fn with_a_line_for_a_text_everybody_sees_this() {
    assert_transcripts(LINES, Framing::Lines);
}

#[test]
fn with_a_read_for_a_text_everybody_sees_this() {
    assert_transcripts(CHUNKS, Framing::Chunks);
}
