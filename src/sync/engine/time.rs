//! The real clock, or an execution's own: it moves when nothing else can happen, or early.

use crate::explore::runtime::schedule_point;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::sync::LazyLock;
use std::time;
pub use std::time::Duration;

/// The point of the real clock that stands for the start of every execution.
static START: LazyLock<time::Instant> = LazyLock::new(time::Instant::now);

/// A point of the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(time::Instant);

impl Instant {
    /// The present.
    pub fn now() -> Self {
        Instant(match schedule_point::now() {
            Some(since_start) => *START + since_start,
            None => time::Instant::now(),
        })
    }

    /// The time since then.
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    /// The time since an earlier point; zero if it is not earlier.
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.0.saturating_duration_since(earlier.0)
    }

    /// The same as [`duration_since`](Self::duration_since).
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }

    /// `self + duration`, or `None` on overflow.
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_add(duration).map(Instant)
    }

    /// The same point of the real clock.
    pub(super) fn real(self) -> time::Instant {
        self.0
    }

    /// The same point of the running execution's clock.
    pub(super) fn since_start(self) -> Duration {
        self.0.saturating_duration_since(*START)
    }
}

/// Where on the running execution's clock a timed operation gives up, if the clock goes that far.
pub(super) fn deadline(timeout: Duration) -> Option<Duration> {
    let instant = Instant::now().checked_add(timeout);
    instant.map(Instant::since_start)
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        Instant(self.0 + duration)
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        self.0 += duration;
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;

    fn sub(self, duration: Duration) -> Instant {
        Instant(self.0 - duration)
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, duration: Duration) {
        self.0 -= duration;
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }
}
