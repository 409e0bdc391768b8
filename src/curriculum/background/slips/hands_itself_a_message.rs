//! "`stop` hands the thread a message, and knows then that it has it." The thread takes it between
//! two ticks. A tick that stops the clock waits for somebody who is busy: with that tick.

slip! {
    HandsItselfAMessage,
    caught_by: a_tick_may_stop_it,
    engine: QueueStaysFull,
}

use kata::background::{Clock, Tick};
use kata::sync::Mutex;
use kata::sync::channel::{self, RecvTimeoutError, Sender};
use kata::sync::thread::{self, JoinHandle, ThreadId};
use kata::sync::time::{Duration, Instant};

/// Stops its thread by a message for which there is no room.
struct HandsItselfAMessage {
    end: Sender<()>,
    own: ThreadId,
    handle: Mutex<Option<JoinHandle<()>>>,
}

impl Clock for HandsItselfAMessage {
    fn start(interval: Duration, mut tick: Tick) -> Self {
        let start = Instant::now();
        let (end, ended) = channel::bounded(0);
        let handle = thread::spawn(move || {
            let mut next = interval;
            let rest = |next: Duration| next.saturating_sub(start.elapsed());
            while ended.recv_timeout(rest(next)) == Err(RecvTimeoutError::Timeout) {
                tick();
                next += interval;
                while next < start.elapsed() {
                    next += interval;
                }
            }
        });
        HandsItselfAMessage {
            end,
            own: handle.thread().id(),
            handle: Mutex::new(Some(handle)),
        }
    }

    fn stop(&self) {
        // When nobody takes it any more, it has been stopped before.
        let _ = self.end.send(());
        if thread::current().id() != self.own {
            let mut handle = self.handle.lock();
            if let Some(handle) = handle.take() {
                let _ = handle.join();
            }
        }
    }
}

impl Drop for HandsItselfAMessage {
    fn drop(&mut self) {
        self.stop();
    }
}
