//! The program `players`: who of a list plays for one nation, by a writer, a queue and a reader.

mod calendar;
mod list;

use crate::curriculum::sentinel::solution::{end, read, write};
use crate::curriculum::sentinel::{Deliver, Player};
use crate::programs::kit::threads::no_room;
use crate::programs::kit::visible::visible;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::thread;
use list::List;
use std::fmt::Write as _;
use std::io::{self, BufRead, Write};
use std::iter;
use std::panic;
use std::sync::Arc;

pub use calendar::this_year;

/// The file that is read unless another is named.
pub const DEFAULT_FILE: &str = "foot_2020.txt";

/// How many players may wait in each of the queues. Where there is room for few, each of them
/// costs two switches between threads.
const CAPACITY: usize = 1024;

/// What comes out of the list.
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
/// Those of `lines`, in the end; of `out` and `errors`, at once: then nothing waits for a line that
/// is still to come. That of a system which has no more threads.
pub fn run(
    nation: &str,
    lines: impl BufRead + Send + 'static,
    this_year: u16,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> io::Result<()> {
    let (sender, reports) = channel::bounded(CAPACITY);
    let to_print = sender.clone();
    let is_over = Arc::new(AtomicBool::new(false));
    let source = Source {
        list: List::new(lines, this_year),
        reports: sender,
        is_over: Arc::clone(&is_over),
    };
    // When nobody prints any more, there is nobody to tell.
    let deliver: Deliver = Arc::new(move |_, player| drop(to_print.send(Report::Player(player))));
    let (queue, players) = channel::bounded(CAPACITY);
    let reader = thread::Builder::new()
        .spawn(move || read(0, &players, &deliver))
        .map_err(no_room)?;
    // If this one cannot be started, the queue goes, and with it the reader.
    let nation = nation.to_owned();
    let writer = thread::Builder::new()
        .spawn(move || {
            write(Box::new(source), &nation, &queue);
            end(1, &queue);
        })
        .map_err(no_room)?;
    let printed = print(reports, this_year, out, errors);
    is_over.store(true, Ordering::SeqCst);
    let result = printed?;
    for thread in [writer, reader] {
        thread.join().unwrap_or_else(|it| panic::resume_unwind(it));
    }
    result
}

/// The players of a list; what is none is reported.
struct Source<R> {
    list: List<R>,
    reports: Sender<Report>,
    /// Nobody prints any more.
    is_over: Arc<AtomicBool>,
}

impl<R: BufRead> Iterator for Source<R> {
    type Item = Player;

    fn next(&mut self) -> Option<Player> {
        while !self.is_over.load(Ordering::SeqCst) {
            let report = match self.list.next() {
                Ok(Some(Ok(player))) => return Some(player),
                Ok(Some(Err(what))) => Report::Malformed(what),
                Ok(None) => return None,
                Err(error) => {
                    let _ = self.reports.send(Report::Unreadable(error));
                    return None;
                }
            };
            self.reports.send(report).ok()?;
        }
        None
    }
}

/// Prints what is reported: what is there already in one go, what is not there is not waited for.
/// Returns whether the list could be read.
fn print(
    reports: Receiver<Report>,
    this_year: u16,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> io::Result<io::Result<()>> {
    let (mut lines, mut complaints) = (String::new(), String::new());
    let mut is_readable = Ok(());
    while let Ok(first) = reports.recv() {
        let waiting = reports.try_iter().take(CAPACITY);
        for report in iter::once(first).chain(waiting) {
            match report {
                Report::Player(player) => describe(&player, this_year, &mut lines),
                Report::Malformed(what) => complaints.extend([&what, "\n"]),
                Report::Unreadable(error) => is_readable = Err(error),
            }
        }
        out.write_all(lines.as_bytes())?;
        out.flush()?;
        lines.clear();
        errors.write_all(complaints.as_bytes())?;
        complaints.clear();
    }
    Ok(is_readable)
}

fn describe(player: &Player, this_year: u16, lines: &mut String) {
    let (name, club) = (visible(&player.name), visible(&player.club));
    let age = this_year - player.birth_year;
    // Writing to memory does not fail.
    let _ = writeln!(lines, "{name}, {club}, {age} ans");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;
    use std::io::{BufReader, Cursor, ErrorKind, Read};

    /// What is printed of these lines in 2020, and what is complained about.
    fn output(nation: &str, lines: impl Into<Vec<u8>>) -> [String; 2] {
        let lines = Cursor::new(lines.into());
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        run(nation, lines, 2020, &mut out, &mut errors).unwrap();
        [out, errors].map(|text| String::from_utf8(text).unwrap())
    }

    #[track_caller]
    fn check(nation: &str, lines: impl Into<Vec<u8>>, out: &str, errors: &str) {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        assert_eq!(output(nation, lines), [out, errors]);
    }

    #[test]
    fn the_players_of_a_nation_are_printed_in_their_order() {
        let lines = "A:X:Gardien:1990:France\nB:Y:Milieu:2000:Italie\nC:Z:Attaquant:1985:France\n";
        check("France", lines, "A, X, 30 ans\nC, Z, 35 ans\n", "");
        check("Italie", lines, "B, Y, 20 ans\n", "");
        check("Espagne", lines, "", "");
        check("France", "", "", "");
    }

    #[test]
    fn the_nation_is_compared_exactly_and_to_the_last_column_only() {
        let lines = "France:France:France:1990:Italie\nA:X:Y:1990:france\nB:X:Y:1990:France ";
        check("France", lines, "", "");
        check("Franc", "A:X:Y:1990:France", "", "");
        check("", "A:X:Y:1990:\n", "A, X, 30 ans\n", "");
    }

    #[test]
    fn a_malformed_line_is_reported_and_loses_nothing_else() {
        check(
            "F",
            "A:X:P:1990:F\nB:X:P:199O:F\nC:X:P:1992:F",
            "A, X, 30 ans\nC, X, 28 ans\n",
            "line 2 is skipped: the birth year `199O` is no year\n",
        );
    }

    #[test]
    fn a_name_cannot_command_the_terminal() {
        check("F", "A\x1b[2J:X\x07:P:1990:F", "A␛[2J, X␇, 30 ans\n", "");
    }

    #[test]
    fn more_players_than_the_queues_hold_go_through_them() {
        let lines = "A:X:P:1990:F\nB:X:P:1990:G\n".repeat(4 * CAPACITY);
        check("F", lines, &"A, X, 30 ans\n".repeat(4 * CAPACITY), "");
    }

    /// Fails to be read, and to be written.
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("broken"))
        }
    }

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_on_is_an_error_after_what_was_read() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        let lines = BufReader::new(Cursor::new(b"A:X:P:1990:F\n").chain(Broken));
        let mut out = Vec::new();
        let error = run("F", lines, 2020, &mut out, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "broken");
        assert_eq!(out, b"A, X, 30 ans\n");
    }

    #[test]
    fn nothing_is_read_on_when_nobody_reads_what_is_printed() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        // Without end, and a player in each line, or in none.
        for endless in ["A:X:P:1990:F\n", "nobody\n"] {
            let lines = BufReader::new(Endless(endless.bytes().cycle()));
            let ended = run("F", lines, 2020, &mut Broken, &mut Broken);
            assert_eq!(ended.unwrap_err().kind(), ErrorKind::BrokenPipe);
        }
    }

    /// What these bytes say.
    struct Endless<I>(I);

    impl<I: Iterator<Item = u8>> Read for Endless<I> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let bytes = buffer.iter_mut().zip(&mut self.0);
            Ok(bytes.map(|(place, byte)| *place = byte).count())
        }
    }
}
