//! Texts that one might take for something else.

use super::script::Script;
use super::stage::{Make, play_with};
use crate::curriculum::relay::contract::WELCOME;
use crate::explore::check::Check;
use crate::text;
use crate::told_later;
use std::sync::Arc;

/// What is said, and what it is called.
fn texts() -> Vec<(String, &'static str)> {
    let short = [
        ("", text!("an empty text")),
        (" ", text!("a blank")),
        (" in between\t", text!("a text between blanks")),
        ("one\ntwo\r\n", text!("a text of two lines")),
        ("FIN", text!("the word “FIN”")),
        ("fin", text!("the word “fin”")),
        ("é\u{301}\0>", text!("odd characters")),
        (WELCOME, text!("the welcome")),
        ("Thread-1", text!("its own name")),
        (
            "Thread-1> Thread-2> hello",
            text!("what another one seems to say"),
        ),
    ];
    let short = short.map(|(text, words)| (text.to_owned(), words));
    let long = ("long ".repeat(20_000), text!("a long text"));
    short.into_iter().chain([long]).collect()
}

/// Two clients say the text, one of them twice; three hear it.
pub(super) fn check(make: Make) -> Check {
    let number = texts().len();
    let script: Script = "3/s1.s1.s2".parse().expect("a script");
    Check::told(
        "any_text_is_passed_on",
        told_later!("Whatever a client says, and if it says it twice, it is passed on as it is."),
        |which: &usize| {
            text!(
                "three clients: client-1 says {what} twice, client-2 once",
                what = texts()[*which].1
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
