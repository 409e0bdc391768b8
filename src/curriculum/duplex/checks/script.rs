//! Workloads: what is typed, and what the server says and hears.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{joined, not_a_workload};
use crate::{noun, text};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// A conversation: `2e/t?f` is two lines that are typed, and then the end of the keyboard; and a server
/// that says a text, hears a line, and says `fin`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Script {
    /// How many lines are typed.
    pub(super) typed: u8,
    pub(super) typist: Typist,
    pub(super) steps: Vec<Step>,
    pub(super) end: End,
}

/// What comes after the lines that are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Typist {
    /// The end of the keyboard.
    Ends,
    /// Nothing, for ever.
    Stays,
}

/// What the server does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// It says a text.
    Says,
    /// It says a text which is nearly `fin`.
    Nearly,
    /// It waits until it has heard one more line.
    Hears,
    /// It waits until all that it has said is printed.
    IsPrinted,
}

/// How the server ends it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// It closes the connection when the client has finished.
    Quiet,
    /// The same, after one more text.
    LastWord,
    /// It closes the connection, whatever the client does.
    Closes,
    /// It says `fin`, and stays.
    Small,
    /// It says `FIN`, and stays.
    Capital,
    /// It says `Fin`, and stays.
    Mixed,
    /// It takes no more line, says `fin`, and stays.
    Deaf,
}

impl Typist {
    const ALL: [Typist; 2] = [Typist::Ends, Typist::Stays];

    fn letter(self) -> char {
        match self {
            Typist::Ends => 'e',
            Typist::Stays => 's',
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Typist::Ends => text!("the end"),
            Typist::Stays => text!("nothing for ever"),
        }
    }
}

impl Step {
    const ALL: [Step; 4] = [Step::Says, Step::Nearly, Step::Hears, Step::IsPrinted];

    fn letter(self) -> char {
        match self {
            Step::Says => 't',
            Step::Nearly => 'n',
            Step::Hears => '?',
            Step::IsPrinted => 'p',
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Step::Says => text!("says a text"),
            Step::Nearly => text!("says nearly `fin`"),
            Step::Hears => text!("hears a line"),
            Step::IsPrinted => text!("waits until that is printed"),
        }
    }
}

impl End {
    const ALL: [End; 7] = [
        End::Quiet,
        End::LastWord,
        End::Closes,
        End::Small,
        End::Capital,
        End::Mixed,
        End::Deaf,
    ];

    /// It comes when the client has finished, and not before.
    pub(super) fn awaits_the_client(self) -> bool {
        matches!(self, End::Quiet | End::LastWord)
    }

    fn letter(self) -> char {
        match self {
            End::Quiet => 'q',
            End::LastWord => 'w',
            End::Closes => 'c',
            End::Small => 'f',
            End::Capital => 'F',
            End::Mixed => 'm',
            End::Deaf => 'd',
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            End::Quiet => text!("closes when the client has finished"),
            End::LastWord => text!("says a last text when the client has finished, and closes"),
            End::Closes => text!("closes"),
            End::Small => text!("says `fin`"),
            End::Capital => text!("says `FIN`"),
            End::Mixed => text!("says `Fin`"),
            End::Deaf => text!("takes no line any more, says `fin`"),
        }
    }
}

/// The one with this letter.
fn of<T: Copy>(all: &[T], letter: impl Fn(T) -> char, wanted: char) -> Option<T> {
    all.iter().copied().find(|one| letter(*one) == wanted)
}

impl Script {
    /// So many lines, and a server that does some of these; what it hears is typed. Shrinks towards
    /// little.
    pub(super) fn any(
        typed: RangeInclusive<u8>,
        typists: &'static [Typist],
        steps: &'static [Step],
        ends: &'static [End],
    ) -> impl Strategy<Value = Self> {
        let typist = proptest::sample::select(typists);
        let steps = vec(proptest::sample::select(steps), 0..=5);
        let end = proptest::sample::select(ends);
        let script = (typed, typist, steps, end).prop_map(|(typed, typist, steps, end)| Script {
            typed,
            typist,
            steps,
            end,
        });
        script.prop_filter("a client would wait for ever", Script::ends)
    }

    /// True if a right client comes to the end: the server hears no more than is typed, and does not
    /// wait for a client that waits for its keyboard.
    fn ends(&self) -> bool {
        let heard = self.steps.iter().filter(|step| **step == Step::Hears);
        let finishes = self.typist == Typist::Ends || !self.end.awaits_the_client();
        heard.count() <= self.typed.into() && finishes
    }

    /// The same server, which hears all that is typed.
    pub(super) fn heard_out(self) -> Self {
        let heard = self.steps.iter().filter(|step| **step == Step::Hears);
        let typed = heard.count().try_into().expect("a few steps");
        Script { typed, ..self }
    }

    /// The one with one more line.
    pub(super) fn with_more_typed(&self) -> Vec<Self> {
        let more = self.typed.checked_add(1).map(|typed| Script {
            typed,
            ..self.clone()
        });
        more.into_iter().collect()
    }

    /// The one with one more text, at the beginning.
    pub(super) fn with_more_said(&self) -> Vec<Self> {
        vec![Script {
            steps: [&[Step::Says], &self.steps[..]].concat(),
            ..self.clone()
        }]
    }

    /// Those with one more line, or with one more text.
    pub(super) fn larger(&self) -> Vec<Self> {
        [self.with_more_typed(), self.with_more_said()].concat()
    }

    /// What is typed and said, in words.
    pub(super) fn in_words(&self) -> String {
        let steps = self.steps.iter().map(|step| step.in_words());
        text!(
            "typed: {lines}, then {then}; the server {deeds}",
            lines = counted(self.typed, noun!("line")),
            then = self.typist.in_words(),
            deeds = joined(steps.chain([self.end.in_words()]), ", ")
        )
    }
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: String = self.steps.iter().map(|step| step.letter()).collect();
        let (typist, end) = (self.typist.letter(), self.end.letter());
        write!(f, "{}{typist}/{steps}{end}", self.typed)
    }
}

impl FromStr for Script {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let script = text.split_once('/').and_then(|(typed, said)| {
            let typist = typed.chars().next_back()?;
            let end = said.chars().next_back()?;
            let steps = said.strip_suffix(end)?.chars();
            Some(Script {
                typed: typed.strip_suffix(typist)?.parse().ok()?,
                typist: of(&Typist::ALL, Typist::letter, typist)?,
                steps: steps
                    .map(|step| of(&Step::ALL, Step::letter, step))
                    .collect::<Option<_>>()?,
                end: of(&End::ALL, End::letter, end)?,
            })
        });
        script.filter(Script::ends).ok_or_else(|| {
            let expected = text!("what is typed, and what the server does");
            not_a_workload(text, expected, "2e/t?f")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(
            script in Script::any(0..=5, &Typist::ALL, &Step::ALL, &End::ALL),
        ) {
            prop_assert_eq!(script.to_string().parse(), Ok(script));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        // The last ones would wait for ever, whatever the client does.
        for text in [
            "", "1", "1e", "1e/", "1x/f", "e/f", "-1e/f", "256e/f", "1e/x", "1e/ff", "1e/t/f",
            "é/é", "0s/?f", "1e/??c", "0s/q", "1s/w",
        ] {
            let error = text.parse::<Script>().unwrap_err();
            assert!(error.contains("such as `2e/t?f`"), "{text}: {error}");
        }
    }

    #[test]
    fn a_script_is_told_with_what_is_typed_and_what_the_server_does() {
        for (script, words) in [
            (
                "2e/t?pF",
                "typed: two lines, then the end; the server says a text, hears a line, \
                 waits until that is printed, says `FIN`",
            ),
            (
                "0s/nc",
                "typed: no lines, then nothing for ever; the server says nearly `fin`, closes",
            ),
        ] {
            assert_eq!(script.parse::<Script>().unwrap().in_words(), words);
        }
    }

    #[test]
    fn scripts_grow_by_a_line_or_by_a_text() {
        let script: Script = "1e/?w".parse().unwrap();
        assert_eq!(joined(script.larger(), " "), "2e/?w 1e/t?w");
    }

    #[test]
    fn a_server_that_hears_all_hears_as_many_lines_as_are_typed() {
        for (script, heard_out) in [("5s/t?tf", "1s/t?tf"), ("2e/c", "0e/c")] {
            let script: Script = script.parse().unwrap();
            assert_eq!(script.heard_out().to_string(), heard_out);
        }
    }
}
