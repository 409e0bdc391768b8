//! Workloads: a party, and another one that goes away without a word.

use super::party::Role;
use super::wire::End;
use crate::curriculum::dialogue::contract::WELCOME;
use crate::curriculum::words::counted;
use crate::curriculum::workload::not_a_workload;
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// Who stays, and after how many texts of its own the other one goes away: `server-1` is a server whose
/// client says one text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Departure {
    pub(super) stays: Role,
    pub(super) texts: u8,
}

impl Departure {
    /// Shrinks towards a server whose client says nothing.
    pub(super) fn any() -> impl Strategy<Value = Self> {
        let stays = proptest::sample::select(&Role::BOTH[..]);
        (stays, 0..=3_u8).prop_map(|(stays, texts)| Departure { stays, texts })
    }

    /// Who goes away.
    pub(super) fn leaves(self) -> Role {
        match self.stays {
            Role::Server => Role::Client,
            Role::Client => Role::Server,
        }
    }

    /// What is typed at the console of the one who stays: an answer to each text.
    pub(super) fn lines(self) -> impl Iterator<Item = String> {
        (1..=self.texts).map(|number| format!("réponse {number}"))
    }

    /// What the one does who goes away: it keeps its turns, and goes right after its last text.
    pub(super) fn talks(self, end: &End) {
        let speaks_first = self.leaves() == Role::Server;
        for number in 0..self.texts {
            let is_first = number == 0;
            if !(is_first && speaks_first) && end.receive().is_none() {
                break;
            }
            let text = if is_first && speaks_first {
                WELCOME.to_owned()
            } else {
                format!("texte {number}")
            };
            // The one who stays may have ended it.
            let _ = end.send(&text);
        }
        end.close();
    }

    /// Who it is, in words.
    pub(super) fn in_words(&self) -> String {
        let texts = counted(self.texts, noun!("text"));
        match self.stays {
            Role::Server => text!("a server, whose client leaves after {texts}", texts),
            Role::Client => text!("a client, whose server leaves after {texts}", texts),
        }
    }
}

impl fmt::Display for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.stays.name(), self.texts)
    }
}

impl FromStr for Departure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let departure = text.split_once('-').and_then(|(name, texts)| {
            let mut roles = Role::BOTH.into_iter();
            Some(Departure {
                stays: roles.find(|role| role.name() == name)?,
                texts: texts.parse().ok()?,
            })
        });
        departure.ok_or_else(|| {
            let expected = text!("who stays, and after how many texts the other one leaves");
            not_a_workload(text, expected, "server-1")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(departure in Departure::any()) {
            prop_assert_eq!(departure.to_string().parse(), Ok(departure));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "",
            "server",
            "server-",
            "server--1",
            "guest-1",
            "client-256",
        ] {
            let error = text.parse::<Departure>().unwrap_err();
            assert!(error.contains("such as `server-1`"), "{text}: {error}");
        }
    }

    #[test]
    fn who_leaves_is_told_with_what_it_has_said() {
        for (departure, words) in [
            ("server-0", "a server, whose client leaves after no texts"),
            ("client-1", "a client, whose server leaves after one text"),
        ] {
            assert_eq!(departure.parse::<Departure>().unwrap().in_words(), words);
        }
    }
}
