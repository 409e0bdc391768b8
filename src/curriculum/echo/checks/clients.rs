//! Workloads: who comes to the server, what each of them says, and how it ends.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{joined, list, not_a_workload};
use crate::{noun, text};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Those who come, in the order in which they do: `2e+0s` is one who says two texts and then `exit`, and
/// one who says nothing and stays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Clients(pub(super) Vec<Client>);

/// Somebody who comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Client {
    /// How many texts it says first.
    pub(super) texts: u8,
    /// What it does then.
    pub(super) end: End,
}

/// What a client does when it has said its texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// It says `exit`.
    Exits,
    /// It leaves without a word.
    Leaves,
    /// Its connection breaks.
    Breaks,
    /// It stays, and says nothing more.
    Stays,
    /// It stays, says nothing more, and does not read what it is told.
    StaysDeaf,
    /// It has not even come in: it says nothing.
    IsGone,
}

impl End {
    const ALL: [End; 6] = [
        End::Exits,
        End::Leaves,
        End::Breaks,
        End::Stays,
        End::StaysDeaf,
        End::IsGone,
    ];

    fn letter(self) -> char {
        match self {
            End::Exits => 'e',
            End::Leaves => 'l',
            End::Breaks => 'b',
            End::Stays => 's',
            End::StaysDeaf => 'd',
            End::IsGone => 'g',
        }
    }

    /// Who ends like that.
    fn in_words(self) -> &'static str {
        match self {
            End::Exits => text!("one client who exits"),
            End::Leaves => text!("one client who leaves"),
            End::Breaks => text!("one client whose connection breaks"),
            End::Stays => text!("one client who stays"),
            End::StaysDeaf => text!("one client who stays and reads nothing"),
            End::IsGone => text!("one client who does not come in"),
        }
    }
}

impl Clients {
    /// Up to so many clients with these ends, of whom at least one comes in: until then the server may not
    /// have begun. Shrinks towards few who say little.
    pub(super) fn any(
        clients: RangeInclusive<usize>,
        texts: RangeInclusive<u8>,
        ends: &'static [End],
    ) -> impl Strategy<Value = Self> {
        let end = proptest::sample::select(ends);
        let client = (texts, end).prop_map(|(texts, end)| match end {
            End::IsGone => Client { texts: 0, end },
            end => Client { texts, end },
        });
        let comes_in = |all: &Vec<Client>| all.iter().any(|client| client.end != End::IsGone);
        let all = vec(client, clients).prop_filter("nobody comes in", comes_in);
        all.prop_map(Clients)
    }

    /// Those with one more text.
    pub(super) fn who_say_more(&self) -> Vec<Self> {
        let one_more = |index: usize| {
            let mut all = self.0.clone();
            let texts = all[index].texts.checked_add(1)?;
            all[index].texts = texts;
            (all[index].end != End::IsGone).then_some(Clients(all))
        };
        (0..self.0.len()).filter_map(one_more).collect()
    }

    /// Those with one more text, or with one more client, who leaves.
    pub(super) fn larger(&self) -> Vec<Self> {
        let newcomer = Client {
            texts: 0,
            end: End::Leaves,
        };
        let mut all = self.who_say_more();
        all.push(Clients([&self.0[..], &[newcomer]].concat()));
        all
    }

    /// Who comes, in words.
    pub(super) fn in_words(&self) -> String {
        let client = |client: &Client| {
            let who = client.end.in_words();
            match client.texts {
                0 => who.to_owned(),
                texts => text!(
                    "{who} after {texts}",
                    who,
                    texts = counted(texts, noun!("text"))
                ),
            }
        };
        joined(self.0.iter().map(client), text!("; "))
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.texts, self.end.letter())
    }
}

impl FromStr for Client {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let letter = text.chars().next_back().ok_or(())?;
        let number = text.strip_suffix(letter).ok_or(())?;
        let mut all = End::ALL.into_iter();
        let end = all.find(|end| end.letter() == letter).ok_or(())?;
        let texts = number.parse().map_err(|_| ())?;
        let is_one = texts == 0 || end != End::IsGone;
        is_one.then_some(Client { texts, end }).ok_or(())
    }
}

impl fmt::Display for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&self.0, "+"))
    }
}

impl FromStr for Clients {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = text!("how many texts each client says, and how it ends");
        let clients = list(text, '+').map(Clients);
        clients.ok_or_else(|| not_a_workload(text, expected, "2e+0s"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(clients in Clients::any(1..=4, 0..=9, &End::ALL)) {
            prop_assert_eq!(clients.to_string().parse(), Ok(clients));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "e", "2", "2x", "2e+", "256e", "1g", "-1e", "é"] {
            let error = text.parse::<Clients>().unwrap_err();
            assert!(error.contains("such as `2e+0s`"), "{text}: {error}");
        }
    }

    #[test]
    fn clients_are_told_with_what_they_say_and_how_they_end() {
        for (clients, words) in [
            ("0e", "one client who exits"),
            (
                "1b+2s",
                "one client whose connection breaks after one text; \
                 one client who stays after two texts",
            ),
            ("0g", "one client who does not come in"),
        ] {
            assert_eq!(clients.parse::<Clients>().unwrap().in_words(), words);
        }
    }
}
