//! The programs `sequential`, `tasks` and `gather`: two people are made welcome, one after the other or
//! both at the same time, and how long that has taken.

use super::screen::{self, Screen};
use crate::curriculum::gather::solution::Solution;
use crate::curriculum::gather::{Gather, Job};
use crate::programs::kit::speed::Speed;
use crate::sync::task;
use crate::sync::time::{Duration, Instant};
use std::io::{self, Write};

/// What is said, after a pause.
pub(super) const WELCOME: &str = "Bienvenue en Python";

pub(super) const PAUSE: Duration = Duration::from_secs(2);

/// How many are made welcome.
const GUESTS: usize = 2;

/// In which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// One after the other: it takes as long as all pauses together.
    Sequential,
    /// Each by a task, which are started and then waited for.
    Tasks,
    /// Each by a job, which are gathered by the kata's solution.
    Gather,
}

/// Makes all of them welcome, and says how long it has taken.
///
/// # Errors
/// Those of `out`; that of a system which has no room for the thread that polls.
pub fn run(way: Way, speed: Speed, out: &mut impl Write) -> io::Result<()> {
    screen::run(out, move |screen| async move {
        let start = Instant::now();
        match way {
            Way::Sequential => {
                for _ in 0..GUESTS {
                    welcome(screen.clone(), speed).await;
                }
            }
            Way::Tasks => {
                let tasks = [(); GUESTS].map(|()| task::spawn(welcome(screen.clone(), speed)));
                for task in tasks {
                    task.await.expect("it neither panics nor is aborted");
                }
            }
            Way::Gather => {
                let jobs = [(); GUESTS].map(|()| job(welcome(screen.clone(), speed)));
                Solution::gather(jobs.into()).await;
            }
        }
        screen.print(as_by_timedelta(start.elapsed()));
    })
}

async fn welcome(screen: Screen, speed: Speed) {
    task::sleep(speed.of(PAUSE)).await;
    screen.print(WELCOME);
}

/// A job that cannot fail.
fn job(code: impl Future<Output = ()> + Send + 'static) -> Job<()> {
    Box::pin(async {
        code.await;
        Ok(())
    })
}

/// A time as Python's `timedelta` tells it: `0:00:04.014359`, and `0:00:04` if there is nothing after
/// the seconds.
fn as_by_timedelta(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let whole = format!("{hours}:{minutes:02}:{seconds:02}");
    match time.subsec_micros() {
        0 => whole,
        microseconds => format!("{whole}.{microseconds:06}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_as_python_tells_it() {
        for (microseconds, told) in [
            (0, "0:00:00"),
            (4_014_359, "0:00:04.014359"),
            (2_000_001, "0:00:02.000001"),
            (3_723_000_000, "1:02:03"),
        ] {
            assert_eq!(as_by_timedelta(Duration::from_micros(microseconds)), told);
        }
    }
}
