//! Sessions and their transcripts: what every participant saw, and the server's screen.

use super::play::play;
use crate::programs::kit::framing::Framing;

const LINES: &[(&str, &str)] = &[
    (
        "a_conversation",
        "
        ana joins
        ana says: bonjour
        ana says: ça va ? 😀
        ana says: exit
        bob joins
        bob says: il y a quelqu'un ?
        bob says: exit
    ",
    ),
    (
        "each_hears_its_own",
        "
        ana joins
        bob joins
        carol joins
        ana says: un
        carol says: trois
        bob says: deux
        bob says: exit
        ana says: quatre
        carol says: exit
        ana says: cinq
    ",
    ),
    (
        "only_exit_is_exit",
        r"
        ana joins
        ana says: Exit
        ana says: exit.
        ana sends:  exit\n
        ana sends: \n
        ana says: fin
        ana sends: exit\x0d\n
    ",
    ),
    (
        "nothing_is_read_after_exit",
        r"
        ana joins
        bob joins
        ana sends: un\nexit\ndeux\nexit\n
        bob says: et moi ?
    ",
    ),
    (
        "last_words",
        r"
        ana joins
        bob joins
        ana sends: un\nde
        ana sends: ux
        ana hangs up
        bob hangs up
    ",
    ),
    (
        "commands_for_terminals",
        r"
        ana joins
        ana sends: \x1b[2J\xff\xc3\x07\n
        ana says: exit
    ",
    ),
    (
        "a_line_too_long",
        r"
        ana joins
        bob joins
        ana says: tant que ça va
        ana sends a line of 65537 bytes
        bob sends a line of 65536 bytes
        bob says: exit
    ",
    ),
    (
        "who_reads_nothing",
        "
        ana joins
        bob joins
        ana stalls
        ana says: un
        ana says: deux
        bob says: trois
        bob says: exit
    ",
    ),
    (
        "stopped_with_clients_inside",
        "
        ana joins
        bob joins
        ana says: un
    ",
    ),
];

const CHUNKS: &[(&str, &str)] = &[
    (
        "a_read_is_a_text",
        r"
        ana joins
        ana sends: bonjour
        ana sends: un\ndeux\n
        ana sends: exit
        bob joins
        bob sends: exit\n
    ",
    ),
    (
        "a_character_in_two_reads",
        r"
        ana joins
        ana sends: \xc3
        ana sends: \xa9t\xc3\xa9
        ana hangs up
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
fn with_a_line_for_a_text_everybody_sees_this() {
    assert_transcripts(LINES, Framing::Lines);
}

#[test]
fn with_a_read_for_a_text_everybody_sees_this() {
    assert_transcripts(CHUNKS, Framing::Chunks);
}
