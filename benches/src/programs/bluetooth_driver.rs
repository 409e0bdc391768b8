//! A driver that is stopped while a request comes in.
//!
//! A request looks whether the driver is stopping, and if not counts itself; the stop waits for
//! the count to become zero. Between a request's look and its count the stop can finish, and the
//! request works on a driver that is gone. Found by KISS (Qadeer and Wu, PLDI 2004) in the
//! Bluetooth driver of Windows; SCTBench's CS set (`bluetooth_driver_bad`).

use super::sync::{AtomicBool, AtomicI32, Scenario, SeqCst};
use std::sync::Arc;

struct Device {
    /// Requests in progress, and one for the driver itself.
    pending: AtomicI32,
    stopping: AtomicBool,
    stop_event: AtomicBool,
    stopped: AtomicBool,
}

impl Device {
    fn increment(&self) -> bool {
        if self.stopping.load(SeqCst) {
            return false;
        }
        self.pending.fetch_add(1, SeqCst);
        true
    }

    fn decrement(&self) {
        if self.pending.fetch_sub(1, SeqCst) == 1 {
            self.stop_event.store(true, SeqCst);
        }
    }

    fn stop(&self) {
        self.stopping.store(true, SeqCst);
        self.decrement();
        if self.stop_event.load(SeqCst) {
            self.stopped.store(true, SeqCst);
        }
    }

    fn add(&self) {
        if self.increment() {
            assert!(!self.stopped.load(SeqCst), "the driver is gone");
        }
        self.decrement();
    }
}

/// The program.
pub fn scenario() -> Scenario {
    let device = Arc::new(Device {
        pending: AtomicI32::new(1),
        stopping: AtomicBool::new(false),
        stop_event: AtomicBool::new(false),
        stopped: AtomicBool::new(false),
    });
    let other = Arc::clone(&device);
    Scenario::new()
        .thread("add", move || device.add())
        .thread("stop", move || other.stop())
}
