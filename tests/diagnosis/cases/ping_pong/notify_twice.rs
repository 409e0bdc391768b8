//! One condvar; notify_one twice "so that one of them is of the right side". Both may go to pings
//! that wait while a pong sleeps: needs five pings and a pong.

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};
struct Table { pong: Mutex<bool>, changed: Condvar }
impl Table {
    fn play(&self, side: bool, speak: impl FnOnce()) {
        let mut pong = self.pong.lock();
        while *pong != side {
            self.changed.wait(&mut pong);
        }
        speak();
        *pong = !side;
        self.changed.notify_one();
        self.changed.notify_one();
    }
}
impl PingPong for Table {
    fn new() -> Self { Table { pong: Mutex::new(false), changed: Condvar::new() } }
    fn ping(&self, speak: impl FnOnce()) { self.play(false, speak) }
    fn pong(&self, speak: impl FnOnce()) { self.play(true, speak) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::ping_pong::checks::<Table>()
}
