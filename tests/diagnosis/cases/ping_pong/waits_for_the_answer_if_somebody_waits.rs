//! After a ping, if a pong is waiting already, ping returns only when that pong has spoken ("a
//! call returns once it has spoken; it waits for nobody to answer"). If the pong's `speak` waits
//! for something that the ping's thread does after its call: deadlock.

use kata::ping_pong::PingPong;
use kata::sync::{Condvar, Mutex};
#[derive(Default)]
struct State { turns: u64, waiting_pongs: u64 }
struct Table { state: Mutex<State>, changed: Condvar }
impl PingPong for Table {
    fn new() -> Self { Table { state: Mutex::default(), changed: Condvar::new() } }
    fn ping(&self, speak: impl FnOnce()) {
        let mut s = self.state.lock();
        while s.turns % 2 != 0 {
            self.changed.wait(&mut s);
        }
        speak();
        s.turns += 1;
        self.changed.notify_all();
        let mine = s.turns;
        while s.turns == mine && s.waiting_pongs > 0 {
            self.changed.wait(&mut s);
        }
    }
    fn pong(&self, speak: impl FnOnce()) {
        let mut s = self.state.lock();
        s.waiting_pongs += 1;
        while s.turns % 2 != 1 {
            self.changed.wait(&mut s);
        }
        s.waiting_pongs -= 1;
        speak();
        s.turns += 1;
        self.changed.notify_all();
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::ping_pong::checks::<Table>()
}
