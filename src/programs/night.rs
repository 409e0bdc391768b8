//! The program `night`: somebody sleeps, phase after phase, and beside it a clock snores.

use super::kit::speed::Speed;
use super::kit::threads::no_room;
use crate::curriculum::background::solution::Woken;
use crate::sync::channel::{self, Receiver};
use crate::sync::time::{Duration, Instant};
use std::io::{self, Write};

/// How often somebody goes through all phases.
const CYCLES: usize = 3;

/// The phases of sleep, and how long each of them lasts.
const PHASES: [(&str, Duration); 4] = [
    ("phase de sommeil léger", Duration::from_millis(2500)),
    ("phase de sommeil lent profond", Duration::from_millis(3500)),
    ("phase de sommeil paradoxal", Duration::from_millis(2000)),
    ("phase intermédiaire", Duration::from_millis(1000)),
];

/// How often the clock snores.
const BREATH: Duration = Duration::from_secs(1);

/// The date and the time, as they are printed.
pub type Date = fn() -> String;

/// What becomes of the clock when the night is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Morning {
    /// It ends with the program, as a daemon does.
    Ends,
    /// The program waits for it, and it goes on.
    GoesOn,
}

/// Sleeps through a night, beside a clock in the background.
///
/// # Errors
/// Those of `out`, the only end of a clock that goes on; that of a system which has no room for the
/// clock's thread, before anything is printed.
pub fn run(speed: Speed, date: Date, morning: Morning, out: &mut impl Write) -> io::Result<()> {
    // If nobody has printed the last breath yet, the next one is left out.
    let (sender, breaths) = channel::bounded(1);
    let tick = Box::new(move || {
        let _ = sender.try_send(());
    });
    let clock = Woken::try_start(speed.interval(BREATH), tick).map_err(no_room)?;
    let mut screen = Screen { out, date, breaths };
    screen.print("Endormissement")?;
    for _ in 0..CYCLES {
        screen.print("Cycle 1")?;
        for (phase, pause) in PHASES {
            screen.print(phase)?;
            screen.snore_for(speed.of(pause))?;
        }
    }
    screen.print("DRINGGG ! Reveil")?;
    if morning == Morning::GoesOn {
        screen.snore_for(Duration::MAX)?;
    }
    drop(clock);
    Ok(())
}

/// What the clock snores is printed here, between the phases, so that no line comes into another.
struct Screen<'a, W> {
    out: &'a mut W,
    date: Date,
    breaths: Receiver<()>,
}

impl<W: Write> Screen<'_, W> {
    fn print(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }

    /// Prints what is snored in this time.
    fn snore_for(&mut self, time: Duration) -> io::Result<()> {
        let start = Instant::now();
        loop {
            let rest = time.saturating_sub(start.elapsed());
            if rest.is_zero() || self.breaths.recv_timeout(rest).is_err() {
                return Ok(());
            }
            let date = (self.date)();
            self.print(&format!("zzzzzzzzzz.....\t\t{date}"))?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;
    use std::io::ErrorKind;

    const SNORE: &str = "zzzzzzzzzz.....\t\tSat Nov  7 04:05:06 2026";

    /// Paper that has room for so many lines after the alarm.
    struct Paper {
        lines: Vec<String>,
        open: String,
        room: usize,
    }

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room == 0 {
                return Err(ErrorKind::StorageFull.into());
            }
            self.open += str::from_utf8(bytes).expect("whole characters");
            if let Some(line) = self.open.strip_suffix('\n') {
                let is_morning = self.lines.iter().any(|line| line.starts_with("DRINGGG"));
                self.room -= usize::from(is_morning);
                self.lines.push(line.to_owned());
                self.open.clear();
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The lines of a night, on paper with room for so many after the alarm; and how it ended.
    fn night(speed: &str, morning: Morning, room: usize) -> (Vec<String>, io::Result<()>) {
        let mut paper = Paper {
            lines: Vec::new(),
            open: String::new(),
            room,
        };
        let date: Date = || "Sat Nov  7 04:05:06 2026".to_owned();
        let result = run(speed.parse().unwrap(), date, morning, &mut paper);
        (paper.lines, result)
    }

    #[test]
    fn a_night_has_three_cycles_and_the_clock_ends_with_it() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        let cycle = [
            "Cycle 1",
            "phase de sommeil léger",
            "phase de sommeil lent profond",
            "phase de sommeil paradoxal",
            "phase intermédiaire",
        ];
        let cycles = [cycle, cycle, cycle].concat();
        let expected = [&["Endormissement"], &cycles[..], &["DRINGGG ! Reveil"]].concat();
        for speed in ["500", "1e9"] {
            let (mut lines, result) = night(speed, Morning::Ends, 1);
            result.unwrap();
            assert_eq!(lines.last().unwrap(), "DRINGGG ! Reveil");
            lines.retain(|line| line != SNORE);
            assert_eq!(lines, expected);
        }
    }

    #[test]
    fn a_clock_that_goes_on_snores_until_nothing_can_be_printed() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        let (lines, result) = night("1e9", Morning::GoesOn, 3);
        assert_eq!(result.unwrap_err().kind(), ErrorKind::StorageFull);
        let after = lines.iter().skip_while(|line| !line.starts_with("DRINGGG"));
        let after: Vec<&String> = after.skip(1).collect();
        assert_eq!(after, [SNORE; 3]);
    }
}
