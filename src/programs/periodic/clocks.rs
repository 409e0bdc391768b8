//! Clocks, and how to wait for a time on them.

use crate::curriculum::periodic::{Clock, Time};
use crate::sync::atomic::AtomicI64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel::{Receiver, RecvTimeoutError};
use crate::sync::time::Duration;
use jiff::Timestamp;
use std::sync::Arc;

/// A clock that tells the seconds since 1970, and a way to wait for its times.
pub trait Timekeeper {
    /// The clock.
    fn clock(&self) -> Clock;

    /// Waits until this time. False if it is over before.
    fn wait_until(&self, time: Time) -> bool;
}

/// The system's clock, until somebody says that it is over.
pub struct Real {
    end: Receiver<()>,
}

impl Real {
    /// It is over as soon as something comes there.
    pub fn new(end: Receiver<()>) -> Self {
        Real { end }
    }
}

/// How long to wait at most before the clock is looked at again: it may be set meanwhile, and it goes on
/// while the system sleeps, which may not count as waiting.
const LOOK: Duration = Duration::from_secs(60);

impl Timekeeper for Real {
    fn clock(&self) -> Clock {
        Arc::new(|| Timestamp::now().as_second())
    }

    fn wait_until(&self, time: Time) -> bool {
        loop {
            let rest = rest_until(time);
            match self.end.recv_timeout(rest.min(LOOK)) {
                Err(RecvTimeoutError::Timeout) if rest.is_zero() => return true,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

/// How long it is until then: none if it has passed.
fn rest_until(time: Time) -> Duration {
    let now = Timestamp::now().as_duration();
    let whole = jiff::SignedDuration::from_secs(time);
    let rest = whole.checked_sub(now).unwrap_or(jiff::SignedDuration::MAX);
    Duration::try_from(rest).unwrap_or_default()
}

/// A clock that shows the time that somebody waits for, up to an end. No time passes for that.
pub struct Virtual {
    now: Arc<AtomicI64>,
    end: Time,
}

impl Virtual {
    /// From this time to the other, both included.
    pub fn new(start: Time, end: Time) -> Self {
        let now = Arc::new(AtomicI64::new(start));
        Virtual { now, end }
    }
}

impl Timekeeper for Virtual {
    fn clock(&self) -> Clock {
        let now = Arc::clone(&self.now);
        // Relaxed: it orders nothing, it is a number.
        Arc::new(move || now.load(Relaxed))
    }

    fn wait_until(&self, time: Time) -> bool {
        if time > self.end {
            return false;
        }
        // Not back, if the time has passed.
        self.now.fetch_max(time, Relaxed);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::{BACK_ENDS, channel};

    #[test]
    fn a_virtual_clock_goes_where_somebody_waits_for_and_not_beyond_its_end() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return; // In a loom build `kata::sync` works only inside a check.
        }
        let clocks = Virtual::new(-5, 10);
        let clock = clocks.clock();
        assert_eq!(clock(), -5);
        assert!(clocks.wait_until(3));
        assert!(clocks.wait_until(1));
        assert_eq!(clock(), 3);
        assert!(!clocks.wait_until(11));
        assert!(clocks.wait_until(10));
        assert_eq!(clock(), 10);
    }

    #[test]
    fn nobody_waits_any_more_once_it_is_over_nor_for_what_has_passed() {
        if BACK_ENDS.contains(&BackEnd::Loom) {
            return;
        }
        let (end, over) = channel::bounded(1);
        let clocks = Real::new(over);
        assert!(clocks.wait_until(0));
        assert!(clocks.wait_until(clocks.clock()()));
        end.send(()).unwrap();
        assert!(!clocks.wait_until(Time::MAX));
        // Whoever could say it has gone.
        drop(end);
        assert!(!clocks.wait_until(Time::MAX));
        assert!(!clocks.wait_until(0));
    }
}
