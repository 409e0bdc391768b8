//! Players that one might take for something else: for the end, or for one who has been before.

use super::scenarios::{Delivered, Run, run_seen, source};
use crate::curriculum::sentinel::contract::{Deliver, Job, Player};
use crate::curriculum::words::number;
use crate::explore::scenario::Scenario;
use crate::text;
use std::sync::Arc;

/// What one might take for the end, in each column.
const SPECIAL: [&str; 8] = ["", "fin", "FIN", "end", "END", "stop", "STOP", "sentinel"];

/// The same of years of birth.
const SPECIAL_YEARS: [u16; 4] = [0, 1, 9_999, u16::MAX];

/// How many players there are that one might take for the end.
const SPECIAL_PLAYERS: u8 = 3 * SPECIAL.len() as u8 + SPECIAL_YEARS.len() as u8;

/// With how many players the check is made: with each of these, and with two that are alike.
pub(super) const NUMBER: u8 = SPECIAL_PLAYERS + 1;

/// One of them, who is like an empty one but for that, and what is special about it.
fn special(which: u8) -> (Player, String) {
    let which = usize::from(which);
    let (column, word) = (which / SPECIAL.len(), SPECIAL[which % SPECIAL.len()]);
    let text = word.to_owned();
    let usual = Player::default();

    match column {
        0 => (
            Player {
                name: text,
                ..usual
            },
            text!("the name “{word}”", word),
        ),
        1 => (
            Player {
                club: text,
                ..usual
            },
            text!("the club “{word}”", word),
        ),
        2 => (
            Player {
                position: text,
                ..usual
            },
            text!("the position “{word}”", word),
        ),
        _ => {
            let birth_year = SPECIAL_YEARS[which % SPECIAL_YEARS.len()];
            let what = text!("the year of birth {year}", year = number(birth_year));
            (
                Player {
                    birth_year,
                    ..usual
                },
                what,
            )
        }
    }
}

/// The players of such a job, in words.
pub(super) fn in_words(which: u8) -> String {
    match which {
        SPECIAL_PLAYERS => text!("two players who are alike in everything").to_owned(),
        _ => text!("two players with {what}", what = special(which).1),
    }
}

pub(super) fn no_player_is_special(run: Run, which: u8) -> Scenario {
    let (special, _) = special(which);
    // Two players can be alike but for one thing, or in everything.
    let differs = u16::from(which < SPECIAL_PLAYERS) * 2;
    Scenario::new().thread("main", move || {
        let wanted = vec![
            special.clone(),
            Player {
                birth_year: special.birth_year ^ differs,
                ..special
            },
        ];
        let delivered = Delivered::new(1);
        let notes = Arc::clone(&delivered);
        let deliver: Deliver = Arc::new(move |reader, player| notes.note(reader, player));
        let job = Job {
            sources: vec![source(wanted.clone())],
            nation: String::new(),
            readers: 1,
            capacity: 1,
            deliver,
        };
        run_seen(run, job);
        delivered.expect(&[wanted]);
    })
}
