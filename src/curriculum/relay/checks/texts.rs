//! Texts that one might take for something else.

use super::script::Script;
use super::stage::{Make, play_with};
use crate::curriculum::relay::contract::WELCOME;
use crate::explore::check::Check;
use std::sync::Arc;

/// What is said, and what it is called.
fn texts() -> Vec<(String, &'static str)> {
    let short = [
        ("", "an empty text"),
        (" ", "a blank"),
        (" in between\t", "a text between blanks"),
        ("one\ntwo\r\n", "a text of two lines"),
        ("FIN", "the word “FIN”"),
        ("fin", "the word “fin”"),
        ("é\u{301}\0>", "odd characters"),
        (WELCOME, "the welcome"),
        ("Thread-1", "its own name"),
        ("Thread-1> Thread-2> hello", "what another one seems to say"),
    ];
    let short = short.map(|(text, words)| (text.to_owned(), words));
    let long = ("long ".repeat(20_000), "a long text");
    short.into_iter().chain([long]).collect()
}

/// Two clients say the text, one of them twice; three hear it.
pub(super) fn check(make: Make) -> Check {
    let number = texts().len();
    let script: Script = "3/s1.s1.s2".parse().expect("a script");
    Check::told(
        "any_text_is_passed_on",
        "Whatever a client says, and if it says it twice, it is passed on as it is.",
        |which: &usize| {
            format!(
                "three clients: client-1 says {} twice, client-2 once",
                texts()[*which].1
            )
        },
        0..number,
        0..number,
        [0],
        move |which| {
            let text = texts().swap_remove(*which).0;
            play_with(make, &script, Arc::new(move |_| text.clone()))
        },
    )
}
