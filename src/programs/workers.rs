//! The program `workers`: two threads with names, which make five calls each, a second apart.

use super::kit::speed::Speed;
use super::kit::threads::no_room;
use crate::curriculum::workers::solution::Joined;
use crate::curriculum::workers::{Job, Start, Workers};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::thread;
use crate::sync::time::Duration;
use std::io::{self, Write};
use std::panic;
use std::sync::Arc;

/// Who works.
const NAMES: [&str; 2] = ["T1", "T2"];

/// How many calls each of them makes.
const CALLS: u64 = 5;

/// What each of them does after a call.
const PAUSE: Duration = Duration::from_secs(1);

/// The time of day, as it is printed.
pub type Clock = fn() -> String;

/// What is printed: what a worker calls, and how the start of the workers went.
enum Event {
    Called { name: String, number: u64 },
    Started(io::Result<usize>),
}

/// Lets the workers make their calls, each of which prints who makes it, its number and the time.
///
/// # Errors
/// Those of `out`, and then nobody is waited for; that of a system which has no room for the threads,
/// when those that were started have ended.
pub fn run(speed: Speed, clock: Clock, out: &mut impl Write) -> io::Result<()> {
    let threads: fn() -> Start =
        || Box::new(|name, code| thread::Builder::new().name(name.to_owned()).spawn(code));
    run_with(threads, speed, clock, out)
}

/// The same with threads of some kind. A thread of its own waits for them: this one prints.
fn run_with(
    threads: fn() -> Start,
    speed: Speed,
    clock: Clock,
    out: &mut impl Write,
) -> io::Result<()> {
    let (sender, events) = channel::unbounded();
    let ended = sender.clone();
    let pause = speed.of(PAUSE);
    let waiting = thread::Builder::new().spawn(move || Joined::run(job(threads(), pause, &ended)));
    let waiting = match waiting {
        Ok(waiting) => Some(waiting),
        Err(error) => {
            // As if it were one of them. Nobody is left to receive it only if nobody prints.
            let _ = sender.send(Event::Started(Err(error)));
            None
        }
    };
    drop(sender);
    print(events, clock, out)?;
    if let Some(waiting) = waiting {
        waiting.join().unwrap_or_else(|it| panic::resume_unwind(it));
    }
    Ok(())
}

/// What the workers have to do: tell what they do, of which nobody hears once nobody prints any more.
fn job(start: Start, pause: Duration, events: &Sender<Event>) -> Job {
    let (calls, starts) = (events.clone(), events.clone());
    let call = move |name: &str, number| {
        let name = name.to_owned();
        let _ = calls.send(Event::Called { name, number });
    };
    Job {
        names: NAMES.map(str::to_owned).to_vec(),
        calls: CALLS,
        pause,
        start,
        call: Arc::new(call),
        tell: Box::new(move |result| drop(starts.send(Event::Started(result)))),
    }
}

/// Prints what is told until nobody is left to tell anything.
fn print(events: Receiver<Event>, clock: Clock, out: &mut impl Write) -> io::Result<()> {
    let mut result = Ok(());
    for event in events {
        match event {
            Event::Called { name, number } => {
                writeln!(out, "{name} : Appel {number}, {}", clock())?;
            }
            Event::Started(Ok(number)) => writeln!(out, "{number} Threads démarrés")?,
            Event::Started(Err(error)) => {
                writeln!(out, "Error: unable to start threads")?;
                result = Err(no_room(error));
            }
        }
        out.flush()?;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;
    use std::cell::Cell;

    fn output(threads: fn() -> Start) -> (Vec<String>, io::Result<()>) {
        let mut out = Vec::new();
        let speed = "1e9".parse().unwrap();
        let result = run_with(threads, speed, || "17:38:23".to_owned(), &mut out);
        let text = String::from_utf8(out).unwrap();
        (text.lines().map(str::to_owned).collect(), result)
    }

    /// What a worker prints, and what else is printed.
    fn of<'a>(lines: &'a [String], name: &str) -> Vec<&'a str> {
        let own = lines.iter().filter(|line| line.starts_with(name));
        own.map(String::as_str).collect()
    }

    fn calls(name: &str) -> Vec<String> {
        let call = |number| format!("{name} : Appel {number}, 17:38:23");
        (0..CALLS).map(call).collect()
    }

    #[test]
    fn each_worker_prints_its_calls_and_once_it_is_said_that_all_have_started() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        let (lines, result) =
            output(|| Box::new(|name, code| thread::Builder::new().name(name.into()).spawn(code)));
        result.unwrap();
        for name in NAMES {
            assert_eq!(of(&lines, name), calls(name));
        }
        assert_eq!(of(&lines, "2"), ["2 Threads démarrés"]);
        assert_eq!(lines.len(), 11);
    }

    #[test]
    fn a_worker_that_cannot_be_started_is_reported_and_the_other_one_makes_its_calls() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        let (lines, result) = output(|| {
            let has_room = Cell::new(true);
            Box::new(move |name, code| {
                if !has_room.replace(false) {
                    return Err(io::Error::other("too many"));
                }
                thread::Builder::new().name(name.into()).spawn(code)
            })
        });
        let error = result.unwrap_err().to_string();
        assert!(
            error.starts_with("the system has no room for another thread: too many"),
            "{error}"
        );
        assert_eq!(of(&lines, "T1"), calls("T1"));
        assert_eq!(of(&lines, "Error"), ["Error: unable to start threads"]);
        assert_eq!(lines.len(), 6);
    }
}
