//! A list of players, line by line.

use crate::curriculum::sentinel::Player;
use crate::programs::kit::visible::visible;
use std::io::{self, BufRead, Read};
use std::ops::RangeInclusive;

/// The longest line in bytes. What has no line ends at all must not fill the memory.
const MAX_LINE: usize = 64 * 1024;

/// How old a player can be. Lists go back to those who played long ago.
const AGES: RangeInclusive<i32> = 0..=150;

/// Reads lines `name:club:position:birth_year:nation`.
pub(super) struct List<R> {
    lines: R,
    /// In which nobody is born after that.
    this_year: u16,
    /// How many lines have been read.
    number: u64,
    line: Vec<u8>,
}

impl<R: BufRead> List<R> {
    pub(super) fn new(lines: R, this_year: u16) -> Self {
        List {
            lines,
            this_year,
            number: 0,
            line: Vec::new(),
        }
    }

    /// The player in the next line, or what is wrong with it. `None` at the end.
    ///
    /// # Errors
    /// If the list cannot be read on.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<Player, String>>> {
        self.line.clear();
        let longest = MAX_LINE as u64 + 1;
        let mut part = self.lines.by_ref().take(longest);
        if part.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let player = if self.line.strip_suffix(b"\n").unwrap_or(&self.line).len() > MAX_LINE {
            self.lines.skip_until(b'\n')?;
            Err(format!("it is longer than {MAX_LINE} bytes"))
        } else {
            parse(&self.line, self.this_year)
        };
        let number = self.number;
        Ok(Some(
            player.map_err(|why| format!("line {number} is skipped: {why}")),
        ))
    }
}

/// Some editors begin a file with a mark, which is in the middle once files are put together.
fn without_mark(line: &str) -> &str {
    line.strip_prefix('\u{feff}').unwrap_or(line)
}

fn parse(line: &[u8], this_year: u16) -> Result<Player, String> {
    let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
    let unended = text.strip_suffix('\n').unwrap_or(text);
    let unmarked = without_mark(unended.strip_suffix('\r').unwrap_or(unended));
    let mut columns = unmarked.split(':');
    let mut next = || columns.next();
    let (Some(name), Some(club), Some(position), Some(birth_year), Some(nation), None) =
        (next(), next(), next(), next(), next(), next())
    else {
        return Err(format!(
            "expected name:club:position:birth_year:nation, found {} of these 5",
            unmarked.split(':').count()
        ));
    };
    Ok(Player {
        name: name.to_owned(),
        club: club.to_owned(),
        position: position.to_owned(),
        birth_year: year(birth_year, this_year)?,
        nation: nation.to_owned(),
    })
}

/// The year that was written, if a player can be born in it.
fn year(text: &str, this_year: u16) -> Result<u16, String> {
    let shown = visible(text);
    let Ok(year) = text.trim().parse::<u16>() else {
        return Err(format!("the birth year `{shown}` is no year"));
    };
    let age = i32::from(this_year) - i32::from(year);
    if AGES.contains(&age) {
        Ok(year)
    } else if age < 0 {
        Err(format!("the birth year `{shown}` is yet to come"))
    } else {
        Err(format!("the birth year `{shown}` is {age} years ago"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list that ships.
    const SHIPPED: &str = include_str!("../../../katas/foot_2020.txt");

    /// Names and complaints, in 2020.
    fn read(lines: &[u8]) -> Vec<Result<String, String>> {
        let mut list = List::new(lines, 2020);
        std::iter::from_fn(|| list.next().unwrap())
            .map(|line| line.map(|player| player.name))
            .collect()
    }

    #[track_caller]
    fn check_complaints(lines: &[u8], complaints: &[&str]) {
        let read = read(lines);
        let said: Vec<&String> = read.iter().filter_map(|line| line.as_ref().err()).collect();
        assert_eq!(said.len(), complaints.len(), "{said:?}");
        for (said, text) in said.iter().zip(complaints) {
            assert!(said.contains(text), "{said}");
        }
    }

    #[test]
    fn the_list_that_ships_is_well_formed_and_has_several_nations() {
        let mut list = List::new(SHIPPED.as_bytes(), 2020);
        let players: Vec<Player> =
            std::iter::from_fn(|| list.next().unwrap().map(|line| line.unwrap())).collect();
        for nation in ["fr", "it", "br"] {
            let count = players
                .iter()
                .filter(|player| player.nation == nation)
                .count();
            assert!(count > 1, "{nation}: {count}");
        }
    }

    #[test]
    fn a_malformed_line_is_told_with_its_number() {
        check_complaints(
            b"A:X:P:1990:F\nno player\nB:X:P:199O:F\nC:X:P:1991:F:G\n\xff:X:P:1990:F\n\
              \nD:X:P:1992:F\r\nE:X:P:-1:F\nF:X:P:19\x1b93:F",
            &[
                "line 2 is skipped: expected name:club:",
                "line 3 is skipped: the birth year `199O` is no year",
                "line 4 is skipped: expected name:club:position:birth_year:nation, found 6 of",
                "line 5 is skipped: it is not UTF-8",
                "line 6 is skipped: expected",
                "line 8 is skipped: the birth year `-1`",
                "line 9 is skipped: the birth year `19␛93`",
            ],
        );
    }

    #[test]
    fn nobody_is_born_in_the_future_nor_in_antiquity() {
        check_complaints(
            b"A:X:P:2021:F\nB:X:P:65535:F\nC:X:P:0:F\nD:X:P:1869:F\nE:X:P:2020:F\nF:X:P:1870:F",
            &[
                "line 1 is skipped: the birth year `2021` is yet to come",
                "line 2 is skipped: the birth year `65535` is yet to come",
                "line 3 is skipped: the birth year `0` is 2020 years ago",
                "line 4 is skipped: the birth year `1869` is 151 years ago",
            ],
        );
    }

    #[test]
    fn a_mark_at_the_beginning_is_no_part_of_a_name_on_any_line() {
        let lines = "\u{feff}A:X:P:1990:F\n\u{feff}B:X:P:1990:F\r\n";
        assert_eq!(
            read(lines.as_bytes()),
            [Ok("A".to_owned()), Ok("B".to_owned())]
        );
    }

    #[test]
    fn a_line_without_end_is_skipped_and_fills_no_memory() {
        let longest = format!("{}:X:P:1990:F", "a".repeat(MAX_LINE - 11));
        let lines = [
            b"A:X:P:1990:F\n".to_vec(),
            vec![b'a'; 3 * MAX_LINE],
            format!("\n{longest}\n{longest}b\nB:X:P:1990:F\n").into_bytes(),
        ];
        let read = read(&lines.concat());
        assert_eq!(read.len(), 5);
        assert_eq!(read[0], Ok("A".to_owned()));
        assert!(read[1].as_ref().unwrap_err().contains("line 2 is skipped"));
        assert!(read[2].is_ok());
        assert!(read[3].as_ref().unwrap_err().contains("longer than 65536"));
        assert_eq!(read[4], Ok("B".to_owned()));
    }
}
