//! The program `players`: who of a list plays for one nation, by a writer, a queue and a reader.

use crate::curriculum::sentinel::solution::Sentinels;
use crate::curriculum::sentinel::{Job, Pipeline, Player};
use crate::sync::channel::{self, Sender};
use crate::sync::thread;
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// The file that is read unless another is named.
pub const DEFAULT_FILE: &str = "foot_2020.txt";

/// A list of players for those who have no file: invented names, real clubs.
pub const SAMPLE: &str = include_str!("../../katas/foot_2020.txt");

/// How many players may wait to be printed.
const CAPACITY: usize = 16;

/// What comes out of a line.
enum Report {
    Player(Player),
    Malformed(String),
    Unreadable(io::Error),
}

/// Prints the players of `nation` in `lines`, as `name, club, AGE ans`.
///
/// A line is `name:club:position:birth_year:nation`, in UTF-8. One that is not goes to `errors`
/// with its number, and nothing else is lost. Ages are those reached in `this_year`.
///
/// # Errors
/// Those of `lines`, `out` and `errors`.
pub fn run(
    nation: &str,
    lines: impl BufRead + Send + 'static,
    this_year: u16,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> io::Result<()> {
    let (sender, reports) = channel::bounded(CAPACITY);
    let to_print = sender.clone();
    // When nobody prints any more, there is nobody to tell.
    let job = Job {
        sources: vec![Box::new(players(lines, sender))],
        nation: nation.to_owned(),
        readers: 1,
        capacity: CAPACITY,
        deliver: Arc::new(move |_, player| drop(to_print.send(Report::Player(player)))),
    };
    thread::scope(|scope| {
        scope.spawn(|| Sentinels::run(job));
        for report in reports {
            match report {
                Report::Player(Player {
                    name,
                    club,
                    birth_year,
                    ..
                }) => {
                    let age = i32::from(this_year) - i32::from(birth_year);
                    writeln!(out, "{name}, {club}, {age} ans")?;
                }
                Report::Malformed(what) => writeln!(errors, "{what}")?,
                Report::Unreadable(error) => return Err(error),
            }
        }
        Ok(())
    })
}

/// The players in these lines; what is none is reported.
fn players(
    lines: impl BufRead + Send + 'static,
    reports: Sender<Report>,
) -> impl Iterator<Item = Player> + Send {
    let numbered = (1..).zip(lines.split(b'\n'));
    let read = numbered.map_while(move |(number, line)| match line {
        Ok(line) => Some(match parse(number, &line) {
            Ok(player) => Some(player),
            Err(why) => {
                let what = format!("line {number} is skipped: {why}");
                let _ = reports.send(Report::Malformed(what));
                None
            }
        }),
        Err(error) => {
            let _ = reports.send(Report::Unreadable(error));
            None
        }
    });
    read.flatten()
}

fn parse(number: u64, line: &[u8]) -> Result<Player, String> {
    let line = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
    let line = line.strip_suffix('\r').unwrap_or(line);
    // Some editors begin a file with a mark.
    let line = line
        .strip_prefix('\u{feff}')
        .filter(|_| number == 1)
        .unwrap_or(line);
    let columns: Vec<&str> = line.split(':').collect();
    let &[name, club, position, birth_year, nation] = &columns[..] else {
        return Err(format!(
            "expected name:club:position:birth_year:nation, found {} of these 5",
            columns.len()
        ));
    };
    let Ok(birth_year) = birth_year.trim().parse() else {
        return Err(format!("the birth year `{birth_year}` is no year"));
    };
    Ok(Player {
        name: name.to_owned(),
        club: club.to_owned(),
        position: position.to_owned(),
        birth_year,
        nation: nation.to_owned(),
    })
}

/// The present year, in UTC.
pub fn this_year() -> u16 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    year_of_day(since.map_or(0, |since| since.as_secs() / 86_400))
}

/// The year of a day that is counted from 1 January 1970.
fn year_of_day(mut day: u64) -> u16 {
    let mut year = 1970_u16;
    loop {
        let is_leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = 365 + u64::from(is_leap);
        if day < days || year == u16::MAX {
            return year;
        }
        day -= days;
        year += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;
    use std::io::{BufReader, Cursor, Read};

    /// What is printed of these lines in 2020, and what is complained about.
    fn output(nation: &str, lines: impl Into<Vec<u8>>) -> [String; 2] {
        let lines = Cursor::new(lines.into());
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        run(nation, lines, 2020, &mut out, &mut errors).unwrap();
        [out, errors].map(|text| String::from_utf8(text).unwrap())
    }

    #[track_caller]
    fn check(nation: &str, lines: impl Into<Vec<u8>>, out: &str, errors: &[&str]) {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        let [printed, complaints] = output(nation, lines);
        assert_eq!(printed, out);
        assert_eq!(complaints.lines().count(), errors.len(), "{complaints}");
        for (line, text) in complaints.lines().zip(errors) {
            assert!(line.contains(text), "{line}");
        }
    }

    #[test]
    fn the_players_of_a_nation_are_printed_in_their_order() {
        let lines = "A:X:Gardien:1990:France\nB:Y:Milieu:2000:Italie\nC:Z:Attaquant:1985:France\n";
        check("France", lines, "A, X, 30 ans\nC, Z, 35 ans\n", &[]);
        check("Italie", lines, "B, Y, 20 ans\n", &[]);
        check("Espagne", lines, "", &[]);
        check("France", "", "", &[]);
    }

    #[test]
    fn the_nation_is_compared_exactly_and_to_the_last_column_only() {
        let lines = "France:France:France:1990:Italie\nA:X:Y:1990:france\nB:X:Y:1990:France ";
        check("France", lines, "", &[]);
        check("Franc", "A:X:Y:1990:France", "", &[]);
        check("", "A:X:Y:1990:\n", "A, X, 30 ans\n", &[]);
    }

    #[test]
    fn a_malformed_line_is_reported_with_its_number_and_loses_nothing_else() {
        let lines = b"A:X:P:1990:F\nno player\nB:X:P:199O:F\nC:X:P:1991:F:G\n\xff:X:P:1990:F\n\
            \nD:X:P:1992:F\r\nE:X:P:-1:F\nF:X:P:1993:F";
        check(
            "F",
            lines,
            "A, X, 30 ans\nD, X, 28 ans\nF, X, 27 ans\n",
            &[
                "line 2 is skipped: expected name:club:",
                "line 3 is skipped: the birth year `199O`",
                "line 4 is skipped: expected",
                "line 5 is skipped: it is not UTF-8",
                "line 6 is skipped: expected",
                "line 8 is skipped: the birth year `-1`",
            ],
        );
        check("F", "\u{feff}A:X:P:1990:F", "A, X, 30 ans\n", &[]);
    }

    #[test]
    fn many_players_go_through_a_small_queue() {
        let lines = "A:X:P:1990:F\nB:X:P:1990:G\n".repeat(10 * CAPACITY);
        check("F", lines, &"A, X, 30 ans\n".repeat(10 * CAPACITY), &[]);
    }

    #[test]
    fn a_file_that_cannot_be_read_on_is_an_error() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        let lines = BufReader::new(Cursor::new(b"A:X:P:1990:F\n").chain(Broken));
        let error = run("F", lines, 2020, &mut Vec::new(), &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "broken");
    }

    #[test]
    fn the_sample_is_well_formed_and_has_several_nations() {
        let numbered = (1..).zip(SAMPLE.lines());
        let players: Result<Vec<Player>, String> = numbered
            .map(|(number, line)| parse(number, line.as_bytes()))
            .collect();
        let players = players.unwrap();
        for nation in ["France", "Italie", "Brésil"] {
            let count = players
                .iter()
                .filter(|player| player.nation == nation)
                .count();
            assert!(count > 1, "{nation}: {count}");
        }
    }

    #[test]
    fn a_year_ends_on_its_last_day() {
        let days = [
            (0, 1970),
            (364, 1970),
            (365, 1971),
            (10_956, 1999),
            (10_957, 2000),
        ];
        for (day, year) in days
            .into_iter()
            .chain([(11_322, 2000), (11_323, 2001), (20_453, 2025)])
        {
            assert_eq!(year_of_day(day), year, "{day}");
        }
    }
}
