//! Workloads: what is typed at either console.

use super::party::Role;
use crate::curriculum::workload::{joined, not_a_workload};
use crate::text;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// What is typed at the server's console, and at the client's: `te/tf` is a text and an empty line at the
/// one, a text and `fin` at the other. Then no line is typed any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Script {
    pub(super) server: Vec<Line>,
    pub(super) client: Vec<Line>,
}

/// A line that is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Line {
    /// Some text.
    Text,
    /// What begins or ends like `fin`, and is not.
    Nearly,
    Empty,
    /// `fin`
    Small,
    /// `FIN`
    Capital,
    /// `Fin`
    Mixed,
}

/// What is said.
const TEXTS: [&str; 5] = ["bonjour", "ça va ?", "oui", "non", "à demain"];

/// What does not end a dialogue.
const NEARLY: [&str; 5] = ["enfin", " fin", "fin.", "fin fin", "FIN "];

impl Line {
    const ALL: [Line; 6] = [
        Line::Text,
        Line::Nearly,
        Line::Empty,
        Line::Small,
        Line::Capital,
        Line::Mixed,
    ];

    fn letter(self) -> char {
        match self {
            Line::Text => 't',
            Line::Nearly => 'n',
            Line::Empty => 'e',
            Line::Small => 'f',
            Line::Capital => 'F',
            Line::Mixed => 'm',
        }
    }

    fn of(letter: char) -> Option<Self> {
        let mut all = Line::ALL.into_iter();
        all.find(|line| line.letter() == letter)
    }

    fn in_words(self) -> &'static str {
        match self {
            Line::Text => text!("a text"),
            Line::Nearly => text!("nearly `fin`"),
            Line::Empty => text!("an empty line"),
            Line::Small => "`fin`",
            Line::Capital => "`FIN`",
            Line::Mixed => "`Fin`",
        }
    }

    /// The line, which is the n-th of its party.
    fn typed(self, number: usize) -> &'static str {
        match self {
            Line::Text => TEXTS[number % TEXTS.len()],
            Line::Nearly => NEARLY[number % NEARLY.len()],
            Line::Empty => "",
            Line::Small => "fin",
            Line::Capital => "FIN",
            Line::Mixed => "Fin",
        }
    }
}

impl Script {
    /// As many turns of these kinds at either console, and then the last one, of the party that ends it.
    /// Shrinks towards few.
    pub(super) fn ended_by(
        ends: Role,
        turns: RangeInclusive<usize>,
        kinds: &'static [Line],
        last: &'static [Line],
    ) -> impl Strategy<Value = Self> {
        let line = || proptest::sample::select(kinds);
        let last = proptest::sample::select(last);
        (vec((line(), line()), turns), last).prop_map(move |(turns, last)| {
            let (mut server, mut client): (Vec<Line>, Vec<Line>) = turns.into_iter().unzip();
            match ends {
                Role::Client => client.push(last),
                // It answers the client.
                Role::Server => {
                    client.push(Line::Text);
                    server.push(last);
                }
            }
            Script { server, client }
        })
    }

    /// So many lines of these kinds at each console. Shrinks towards few.
    pub(super) fn any(
        lines: RangeInclusive<usize>,
        kinds: &'static [Line],
    ) -> impl Strategy<Value = Self> {
        let typed = || vec(proptest::sample::select(kinds), lines.clone());
        (typed(), typed()).prop_map(|(server, client)| Script { server, client })
    }

    /// True if the client runs out of lines before the server does, who always speaks first.
    pub(super) fn leaves_the_client_without_a_line(&self) -> bool {
        self.client.len() <= self.server.len()
    }

    /// What is typed at a party's console.
    pub(super) fn lines(&self, role: Role) -> impl Iterator<Item = String> + use<'_> {
        // Each begins elsewhere: what is the other one's is seen.
        let (lines, first) = match role {
            Role::Server => (&self.server, 2),
            Role::Client => (&self.client, 0),
        };
        let typed = move |(number, line): (usize, &Line)| line.typed(first + number).to_owned();
        lines.iter().enumerate().map(typed)
    }

    /// What is typed, in words.
    pub(super) fn in_words(&self) -> String {
        let told = |lines: &[Line]| match lines {
            [] => text!("nothing").to_owned(),
            lines => joined(lines.iter().map(|line| line.in_words()), ", "),
        };
        text!(
            "typed at the server: {server}; at the client: {client}",
            server = told(&self.server),
            client = told(&self.client)
        )
    }
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = |lines: &[Line]| -> String { lines.iter().map(|it| it.letter()).collect() };
        write!(f, "{}/{}", letters(&self.server), letters(&self.client))
    }
}

impl FromStr for Script {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lines = |letters: &str| letters.chars().map(Line::of).collect::<Option<Vec<Line>>>();
        let script = text.split_once('/').and_then(|(server, client)| {
            Some(Script {
                server: lines(server)?,
                client: lines(client)?,
            })
        });
        script.ok_or_else(|| {
            let expected = text!("what is typed at the server's console, and at the client's");
            not_a_workload(text, expected, "te/tf")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(script in Script::any(0..=5, &Line::ALL)) {
            prop_assert_eq!(script.to_string().parse(), Ok(script));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "t", "t+f", "x/f", "t/f/f", "T/"] {
            let error = text.parse::<Script>().unwrap_err();
            assert!(error.contains("such as `te/tf`"), "{text}: {error}");
        }
    }

    #[test]
    fn what_is_typed_is_told_line_by_line() {
        for (script, words) in [
            (
                "te/nf",
                "typed at the server: a text, an empty line; at the client: nearly `fin`, `fin`",
            ),
            (
                "/Fm",
                "typed at the server: nothing; at the client: `FIN`, `Fin`",
            ),
        ] {
            assert_eq!(script.parse::<Script>().unwrap().in_words(), words);
        }
    }

    #[test]
    fn only_the_end_word_ends_a_dialogue() {
        let is_fin = |text: &&str| text.eq_ignore_ascii_case("fin");
        assert!(!NEARLY.iter().chain(&TEXTS).any(is_fin));
        for line in [Line::Small, Line::Capital, Line::Mixed] {
            assert!(is_fin(&line.typed(0)));
        }
    }
}
