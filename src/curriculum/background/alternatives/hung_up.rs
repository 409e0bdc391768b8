//! Two channels over which nothing is sent: the end of one stops the clock, the end of the other
//! one says that it has stopped.

use kata::background::{Clock, Tick};
use kata::sync::Mutex;
use kata::sync::channel::{self, Receiver, RecvTimeoutError, Sender};
use kata::sync::thread::{self, ThreadId};
use kata::sync::time::{Duration, Instant};

/// What is checked.
pub type Solution = HungUp;

/// Waits for a message that never comes, and no longer than until the next tick.
#[derive(Debug)]
pub struct HungUp {
    goes_on: Mutex<Option<Sender<()>>>,
    has_ended: Receiver<()>,
    own: ThreadId,
}

impl Clock for HungUp {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let (goes_on, stopped) = channel::bounded::<()>(1);
        let (ends, has_ended) = channel::bounded(1);
        let handle = thread::spawn(move || {
            let _ends: Sender<()> = ends;
            let mut next = interval;
            let rest = |next: Duration| next.saturating_sub(start.elapsed());
            while stopped.recv_timeout(rest(next)) == Err(RecvTimeoutError::Timeout) {
                tick();
                next += interval * missed(start.elapsed().saturating_sub(next), interval);
            }
        });
        HungUp {
            goes_on: Mutex::new(Some(goes_on)),
            has_ended,
            own: handle.thread().id(),
        }
    }

    fn stop(&self) {
        drop(self.goes_on.lock().take());
        if thread::current().id() != self.own {
            let ended = self.has_ended.recv();
            assert!(ended.is_err(), "nobody sends");
        }
    }
}

/// How many intervals further the next tick is, if the one before has ended so late.
fn missed(late: Duration, interval: Duration) -> u32 {
    let intervals = late.as_nanos().div_ceil(interval.as_nanos());
    u32::try_from(intervals).map_or(u32::MAX, |intervals| intervals.max(1))
}

impl Drop for HungUp {
    fn drop(&mut self) {
        self.stop();
    }
}
