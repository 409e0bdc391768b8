//! Who plays: the threads of either side, and how often each of them speaks.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, in_words, not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `1+1/2` is two pings, who speak once each, and a pong who speaks twice.
///
/// Ping begins, so that there are as many turns of ping as of pong, or one more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Teams {
    /// Those who call ping.
    pub pings: PerThread,
    /// Those who call pong.
    pub pongs: PerThread,
}

impl Teams {
    /// One player a side, who now and then speaks often, or some who speak once each; shrinks towards one
    /// who says nothing.
    pub fn any() -> impl Strategy<Value = Self> {
        let once = (2..=6usize).prop_map(|players| vec![1; players]);
        let alone = |most: u16| (0..=most).prop_map(|turns| vec![turns]);
        prop_oneof![8 => alone(3), 1 => alone(30), 8 => once].prop_map(|team| Teams {
            pings: PerThread::new(team.clone()),
            pongs: PerThread::new(team),
        })
    }

    /// Those with one more turn, of ping and pong in turn.
    pub fn larger(&self) -> Vec<Self> {
        let Teams { pings, pongs } = self;
        if pings.total() == pongs.total() {
            let with = |pings| Teams {
                pings,
                pongs: pongs.clone(),
            };
            pings.larger().into_iter().map(with).collect()
        } else {
            let with = |pongs| Teams {
                pings: pings.clone(),
                pongs,
            };
            pongs.larger().into_iter().map(with).collect()
        }
    }

    /// One round more, of one player.
    pub fn one_more_round(&self) -> Vec<Self> {
        let rounds = u16::try_from(self.pongs.total() + 1).ok();
        let team = |rounds| PerThread::new([rounds]);
        let teams = rounds.map(|rounds| Teams {
            pings: team(rounds),
            pongs: team(rounds),
        });
        teams.into_iter().collect()
    }

    /// Who plays, and how often.
    pub fn in_words(&self) -> String {
        in_words(
            &[(noun!("ping"), &self.pings), (noun!("pong"), &self.pongs)],
            noun!("turn"),
        )
    }

    /// The same of one player, who plays both.
    pub fn rounds_in_words(&self) -> String {
        [counted(1, "player"), counted(self.pongs.total(), "round")].join(", ")
    }

    fn can_play(&self) -> bool {
        let (pings, pongs) = (self.pings.total(), self.pongs.total());
        pings == pongs || pings == pongs + 1
    }
}

impl fmt::Display for Teams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.pings, self.pongs)
    }
}

impl FromStr for Teams {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let teams = pair(text, "/").map(|(pings, pongs)| Teams { pings, pongs });
        teams.filter(Teams::can_play).ok_or_else(|| {
            let expected =
                text!("how often each ping and each pong speaks, as often on either side");
            not_a_workload(text, expected, "1+1/2")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(teams in Teams::any()) {
            prop_assert_eq!(teams.to_string().parse(), Ok(teams));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "",
            "2",
            "2+1",
            "1/2",
            "3/1",
            "1+1/",
            "-1/-1",
            "65536/65536",
            "two/two",
        ] {
            let error = text.parse::<Teams>().unwrap_err();
            assert!(error.contains("such as `1+1/2`"), "{text}: {error}");
        }
    }
}
