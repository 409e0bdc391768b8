//! The program `schedule-once`: an addition that is made three seconds after it was asked for.

use super::kit::speed::Speed;
use super::kit::threads::no_room;
use crate::curriculum::scheduler::solution::Sorted;
use crate::curriculum::scheduler::{Action, Scheduler};
use crate::sync::channel::{self, Sender};
use crate::sync::thread;
use crate::sync::time::{Duration, Instant};
use std::io::{self, Write};
use std::panic;
use std::sync::Arc;

/// How long after it is entered the event is due.
const DELAY: Duration = Duration::from_secs(3);

/// What is added up.
const NUMBERS: [u32; 2] = [10, 20];

/// The date and the time, as they are printed.
pub type Date = fn() -> String;

/// What the addition prints.
struct Sum {
    date: String,
    /// How long the program has been running, by the clock that the scheduler goes by.
    time: Duration,
    result: u32,
}

/// Enters an event, runs it, and prints when all that is.
///
/// # Errors
/// Those of `out`, and then nobody waits for the event; that of a system which has no room for the
/// thread that runs it, after the event is entered.
pub fn run(speed: Speed, date: Date, out: &mut impl Write) -> io::Result<()> {
    let start = Instant::now();
    let mut print = |line: &str| {
        writeln!(out, "{line}")?;
        out.flush()
    };
    print(&format!("Start Time :  {}\n", date()))?;
    let scheduler = Sorted::new();
    let (sender, sums) = channel::bounded(1);
    let event = scheduler.enter(speed.of(DELAY), 1, addition(start, date, sender));
    print(&format!("Event Created :  {event:?}"))?;
    // A thread of its own runs the event: this one prints.
    let runs = thread::Builder::new().spawn(move || scheduler.run());
    let runs = runs.map_err(no_room)?;
    for sum in sums {
        print(&format!("Inside Addition :  {}", sum.date))?;
        print(&format!("Time :  {}", sum.time.as_secs_f64()))?;
        print(&format!("Result :  {}", sum.result))?;
    }
    runs.join().unwrap_or_else(|it| panic::resume_unwind(it));
    print(&format!("End Time :  {}", date()))
}

/// Adds up, and tells of it. Nobody hears of that once nobody prints any more.
fn addition(start: Instant, date: Date, sums: Sender<Sum>) -> Action {
    Arc::new(move || {
        let sum = Sum {
            date: date(),
            time: start.elapsed(),
            result: NUMBERS.iter().sum(),
        };
        let _ = sums.send(sum);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;
    use std::io::ErrorKind;

    fn date() -> String {
        "2026-11-07 04:05:06.000007".to_owned()
    }

    /// The lines, and the time among them.
    fn printed(speed: &str) -> (String, f64) {
        let mut out = Vec::new();
        run(speed.parse().unwrap(), date, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (before, rest) = text.split_once("\nTime :  ").unwrap();
        let (time, after) = rest.split_once('\n').unwrap();
        let text = format!("{before}\nTime :  …\n{after}");
        (text, time.parse().unwrap())
    }

    #[test]
    fn the_addition_is_made_after_its_delay_and_the_times_stand_around_it() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        for speed in ["1e9", "100"] {
            let (text, time) = printed(speed);
            assert!(time >= 3.0 / speed.parse::<f64>().unwrap(), "{time}");
            assert_eq!(
                text,
                "Start Time :  2026-11-07 04:05:06.000007\n\
                 \n\
                 Event Created :  Event(1)\n\
                 Inside Addition :  2026-11-07 04:05:06.000007\n\
                 Time :  …\n\
                 Result :  30\n\
                 End Time :  2026-11-07 04:05:06.000007\n"
            );
        }
    }

    /// Paper on which nothing can be printed after so many bytes.
    struct Paper(usize);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let room = self.0.checked_sub(bytes.len());
            self.0 = room.ok_or(ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn who_cannot_print_waits_for_no_event() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        // It would be due in a century.
        let result = run("1e-9".parse().unwrap(), date, &mut Paper(50));
        assert_eq!(result.unwrap_err().kind(), ErrorKind::StorageFull);
    }
}
