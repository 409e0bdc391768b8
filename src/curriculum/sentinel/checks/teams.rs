//! Workloads: which players the sources give, and how many readers there are.

use crate::curriculum::sentinel::contract::Player;
use crate::curriculum::words::{counted, number};
use crate::curriculum::workload::{joined, list_of, not_a_workload};
use crate::{noun, text};
use proptest::collection::vec;
use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The nation whose players are looked for.
pub(super) const NATION: &str = "France";

/// The most readers that there are.
const MOST_READERS: usize = 9;

/// Which players the sources give, how many readers there are, and how many players may wait: `fp+0/2` is
/// a source with a foreign player and one that is looked for, an empty one, and two readers, with room for
/// one player in between; with `,room2` behind it there is room for two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Teams {
    /// For each source, whether each player is one that is looked for.
    sources: Vec<Vec<bool>>,
    pub(super) readers: usize,
    pub(super) capacity: usize,
}

impl Teams {
    /// Any workload within these bounds; shrinks towards few sources with few players.
    pub(super) fn any(
        sources: RangeInclusive<usize>,
        players: RangeInclusive<usize>,
        readers: RangeInclusive<usize>,
    ) -> impl Strategy<Value = Self> {
        // True is what shrinking leads to: a foreign player only where it matters.
        let player = proptest::bool::weighted(0.3).prop_map(|is_foreign| !is_foreign);
        let sources = vec(vec(player, players), sources);
        // Room for more than one is rarely needed to see what is wrong.
        let capacity = prop_oneof![3 => Just(1_usize), 1 => 2..=3_usize];
        (sources, readers, capacity).prop_map(|(sources, readers, capacity)| Teams {
            sources,
            readers,
            capacity,
        })
    }

    /// The same with more room.
    pub(super) fn roomier(&self) -> Vec<Self> {
        let capacity = self.capacity + 1;
        let mut all = self.larger();
        all.push(Teams {
            capacity,
            ..self.clone()
        });
        all
    }

    /// Those with a player more, with another source, or with another reader. Of foreign players there
    /// are never two in a row: they are all alike.
    pub(super) fn larger(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for is_wanted in [true, false] {
            for (index, source) in self.sources.iter().enumerate() {
                if !is_wanted && source.last() == Some(&false) {
                    continue;
                }
                let mut larger = self.clone();
                larger.sources[index].push(is_wanted);
                all.push(larger);
            }
        }
        let mut larger = self.clone();
        larger.sources.push(Vec::new());
        all.push(larger);
        if self.readers < MOST_READERS {
            let readers = self.readers + 1;
            all.push(Teams {
                readers,
                ..self.clone()
            });
        }
        all
    }

    /// The players that each source gives.
    pub(super) fn players(&self) -> Vec<Vec<Player>> {
        let source = |(source, players): (usize, &Vec<bool>)| {
            let player = |(number, &is_wanted)| player(source, number, is_wanted);
            players.iter().enumerate().map(player).collect()
        };
        self.sources.iter().enumerate().map(source).collect()
    }

    /// Each source with its players, in their order, and how many readers there are.
    pub(super) fn in_words(&self) -> String {
        let readers = counted(self.readers, "reader");
        let sources = counted(self.sources.len(), "source");
        let held: Vec<String> = self.sources.iter().map(|source| held(source)).collect();
        let held = match &held[..] {
            [] => String::new(),
            [only] => text!(" with {only}", only),
            [first, ..] if held.iter().all(|other| other == first) => {
                text!(" with {first} each", first)
            }
            several => several
                .iter()
                .map(|players| text!(", one with {players}", players))
                .collect(),
        };
        let room = match self.capacity {
            1 => String::new(),
            more => text!("; room for {room}", room = number(more)),
        };
        text!(
            "{sources}{held}; {readers}{room}",
            sources,
            held,
            readers,
            room
        )
    }

    /// Those that are looked for.
    pub(super) fn wanted(&self) -> Vec<Vec<Player>> {
        let mut players = self.players();
        for source in &mut players {
            source.retain(|player| player.nation == NATION);
        }
        players
    }
}

/// What a source has, in words.
fn held(players: &[bool]) -> String {
    let alike = players.chunk_by(|is_wanted, next| is_wanted == next);
    let counted = |alike: &[bool]| {
        let kind = if alike[0] {
            noun!("French player")
        } else {
            noun!("foreign player")
        };
        counted(alike.len(), kind)
    };
    match players {
        [] => text!("no players").to_owned(),
        _ => alike
            .map(counted)
            .collect::<Vec<_>>()
            .join(text!(", then ")),
    }
}

/// Nations that are another one, though their names are alike.
const OTHER_NATIONS: [&str; 4] = ["Franceville", "france", "France ", "Fran"];

/// Players differ in their names only: `b2` is the second one of the second source.
fn player(source: usize, number: usize, is_wanted: bool) -> Player {
    let source = char::from(b'a' + source as u8 % 26);
    Player {
        name: format!("{source}{}", number + 1),
        club: "Racing".to_owned(),
        position: "Gardien".to_owned(),
        birth_year: 1990,
        nation: if is_wanted {
            NATION.to_owned()
        } else {
            OTHER_NATIONS[number % OTHER_NATIONS.len()].to_owned()
        },
    }
}

impl fmt::Display for Teams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = |players: &Vec<bool>| -> String {
            let letter = |&is_wanted: &bool| if is_wanted { 'p' } else { 'f' };
            match players.len() {
                0 => "0".to_owned(),
                _ => players.iter().map(letter).collect(),
            }
        };
        let sources = if self.sources.is_empty() {
            "-".to_owned()
        } else {
            joined(self.sources.iter().map(source), "+")
        };
        write!(f, "{sources}/{}", self.readers)?;
        match self.capacity {
            1 => Ok(()),
            more => write!(f, ",room{more}"),
        }
    }
}

impl FromStr for Teams {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let source = |players: &str| -> Option<Vec<bool>> {
            let letter = |letter| match letter {
                'p' => Some(true),
                'f' => Some(false),
                _ => None,
            };
            match players {
                "" => None,
                "0" => Some(Vec::new()),
                _ => players.chars().map(letter).collect(),
            }
        };
        let parsed = || {
            let (sources, readers) = text.split_once('/')?;
            let (readers, capacity) = readers.split_once(",room").unwrap_or((readers, "1"));
            let capacity = capacity.parse().ok().filter(|capacity| *capacity > 0)?;
            let sources = match sources {
                "-" => Vec::new(),
                _ => list_of(sources, '+', source)?,
            };
            let readers = readers
                .parse()
                .ok()
                .filter(|readers| (1..=MOST_READERS).contains(readers))?;
            Some(Teams {
                sources,
                readers,
                capacity,
            })
        };
        parsed().ok_or_else(|| {
            let expected = "for each source its players (p: looked for, f: foreign, 0: none) or \
                            `-` for no source, the number of readers, and the room";
            not_a_workload(text, expected, "pfp+0/2")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(teams in Teams::any(0..=3, 0..=3, 1..=3)) {
            prop_assert_eq!(teams.to_string().parse(), Ok(teams));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "",
            "p",
            "/1",
            "p/",
            "p/0",
            "p+/1",
            "x/1",
            "p/1/1",
            "p/10",
            "p/1,room0",
        ] {
            let error = text.parse::<Teams>().unwrap_err();
            assert!(error.contains("such as `pfp+0/2`"), "{text}: {error}");
        }
    }

    #[test]
    fn sources_are_told_with_their_players_in_order() {
        for (teams, words) in [
            ("-/1", "no sources; one reader"),
            (
                "fp/1",
                "one source with one foreign player, then one French player; one reader",
            ),
            (
                "pp+pp/2",
                "two sources with two French players each; two readers",
            ),
            (
                "p/1,room3",
                "one source with one French player; one reader; room for three",
            ),
            (
                "p+0/1",
                "two sources, one with one French player, one with no players; one reader",
            ),
        ] {
            assert_eq!(teams.parse::<Teams>().unwrap().in_words(), words);
        }
    }

    #[test]
    fn only_players_of_exactly_that_nation_are_wanted() {
        let names = |players: Vec<Vec<Player>>| -> Vec<String> {
            players
                .concat()
                .into_iter()
                .map(|player| player.name)
                .collect()
        };
        let teams: Teams = "pf+0+p/1".parse().unwrap();
        assert_eq!(names(teams.players()), ["a1", "a2", "c1"]);
        assert_eq!(names(teams.wanted()), ["a1", "c1"]);
    }
}
