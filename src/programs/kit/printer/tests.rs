//! Screens and files that take lines slowly, not at all, or fail.

// What has been printed is looked at after the execution: none waits for it, and none sees it.
#![allow(clippy::disallowed_types)]

use super::{KEPT, MUCH, Printed, Printer, ROOM};
use crate::explore::BackEnd;
use crate::explore::check::Workload;
use crate::explore::outcomes;
use crate::explore::scenario::Scenario;
use crate::harness;
use crate::sync::BACK_ENDS;
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::time::{Duration, Instant};
use std::io::{self, ErrorKind, Write};
use std::sync::Arc;

/// After so long it is not a matter of a slow machine any more.
const TOO_LONG: Duration = Duration::from_secs(30);

/// Takes nothing before the other end of the channel says so, or is gone.
struct Stuck(Receiver<()>);

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.recv();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Full;

impl Write for Full {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// True where `kata::sync` works outside a check.
fn works() -> bool {
    !BACK_ENDS.contains(&BackEnd::Loom)
}

/// What waits to be printed, and all that is ever to come.
fn printed(printer: &Printer) -> String {
    let mut text = Vec::new();
    printer.end();
    printer.print(&mut text, |_| ());
    String::from_utf8(text).expect("UTF-8")
}

#[test]
fn nobody_waits_for_a_screen_that_takes_nothing() {
    if !works() {
        return;
    }
    let (release, released) = channel::unbounded::<()>();
    let printer = Printer::start(Stuck(released), |_| ()).unwrap();
    for _ in 0..500_000 {
        printer.line("un message");
    }
    assert_eq!(printer.close(Instant::now()), Printed::Unread);
    drop(release);
}

#[test]
fn a_full_disk_is_told_once_and_nothing_more_is_kept_for_it() {
    if !works() {
        return;
    }
    let (tell, told): (Sender<io::Error>, _) = channel::unbounded();
    let printer = Printer::start(Full, move |error| tell.send(error).unwrap()).unwrap();
    printer.line("un");
    let error = told.recv().unwrap();
    assert_eq!(error.kind(), ErrorKind::StorageFull);
    assert_eq!(printer.close(Instant::now() + TOO_LONG), Printed::NotAll);
    printer.line("deux");
    assert!(told.recv().is_err(), "it is told once");
    assert_eq!(printed(&printer), "");
}

#[test]
fn what_finds_no_room_is_counted_and_a_long_line_alone_always_does() {
    if !works() {
        return;
    }
    let printer = Printer::with_room(3);
    for line in ["a long line", "x", "y"] {
        printer.line(line);
    }
    let left_out = "a long line\n(2 lignes n'ont pas été affichées.)\n";
    assert_eq!(printed(&printer), left_out);
}

#[test]
fn what_is_being_printed_takes_room_as_well() {
    if !works() {
        return;
    }
    let printer = Printer::with_room(11);
    printer.line("en route");
    let mut text = String::new();
    assert_eq!(printer.take(&mut text), Some(true));
    for line in ["x", "y", "z"] {
        printer.line(line);
    }
    printer.end();
    assert_eq!(printer.take(&mut text), Some(false));
    assert_eq!(text, "x\n(2 lignes n'ont pas été affichées.)\n");
}

#[test]
fn a_flood_leaves_little_room_behind_and_what_follows_takes_turns_in_it() {
    if !works() {
        return;
    }
    let printer = Printer::new();
    let mut text = String::new();
    let mut rooms = Vec::new();
    for length in [ROOM - 1, MUCH, MUCH, MUCH, MUCH] {
        printer.line(&"x".repeat(length));
        assert_eq!(printer.take(&mut text), Some(true));
        rooms.push((text.as_ptr(), text.capacity()));
    }
    let rooms = &rooms[1..];
    assert!(rooms.iter().all(|(_, room)| *room <= KEPT), "{rooms:?}");
    assert!(rooms[0] == rooms[2] && rooms[1] == rooms[3], "{rooms:?}");
}

/// How many lines have been printed, and how many lines say that they have not.
#[test]
fn every_line_is_printed_or_counted_however_slow_the_printer_is() {
    if !works() {
        return;
    }
    let scenario = || {
        // There is room for one line besides the one that always fits.
        let printer = Arc::new(Printer::with_room(4));
        let out = Arc::new(std::sync::Mutex::new(Vec::new()));
        let (it, shown) = (Arc::clone(&printer), Arc::clone(&out));
        let print = move || {
            let mut text = Vec::new();
            it.print(&mut text, |_| ());
            *shown.lock().expect("no panic") = text;
        };
        Scenario::new()
            .thread("printer", print)
            .thread("server", move || {
                for line in ["un", "deux", "trois"] {
                    printer.line(line);
                }
                printer.end();
            })
            .outcome(move || {
                let text = out.lock().expect("no panic").clone();
                String::from_utf8(text).expect("UTF-8")
            })
    };
    let outcomes = outcomes(&Workload::new("printer", scenario), &harness::options());
    assert!(outcomes.is_complete);
    let left_out = |line: &str| match line {
        "(1 ligne n'a pas été affichée.)" => 1,
        "(2 lignes n'ont pas été affichées.)" => 2,
        _ => 0,
    };
    for text in outcomes.counts.keys() {
        let omitted: usize = text.lines().map(left_out).sum();
        let printed: Vec<&str> = text.lines().filter(|line| left_out(line) == 0).collect();
        assert_eq!(printed.len() + omitted, 3, "{text}");
        let rest = ["un", "deux", "trois"]
            .iter()
            .filter(|it| printed.contains(it));
        assert_eq!(printed, rest.copied().collect::<Vec<_>>(), "{text}");
    }
    let all = outcomes.counts.contains_key("un\ndeux\ntrois\n");
    let some = outcomes.counts.keys().any(|text| text.contains('('));
    assert!(all && some, "both can happen");
}
