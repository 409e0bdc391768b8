//! A thread belongs to the side of its first call: later it plays that side whatever it calls...
//! unless it is alone in the game. Wrong when two threads each call ping and pong.

use kata::ping_pong::PingPong;
use kata::sync::thread::{self, ThreadId};
use kata::sync::{Condvar, Mutex};
use std::collections::HashMap;
#[derive(Default)]
struct State { turn: usize, sides: HashMap<ThreadId, usize> }
struct Table { state: Mutex<State>, changed: Condvar }
impl Table {
    fn play(&self, called: usize, speak: impl FnOnce()) {
        let mut s = self.state.lock();
        let first = *s.sides.entry(thread::current().id()).or_insert(called);
        let side = if s.sides.len() > 1 { first } else { called };
        while s.turn != side { self.changed.wait(&mut s); }
        speak();
        s.turn = 1 - side;
        self.changed.notify_all();
    }
}
impl PingPong for Table {
    fn new() -> Self { Table { state: Mutex::default(), changed: Condvar::new() } }
    fn ping(&self, speak: impl FnOnce()) { self.play(0, speak) }
    fn pong(&self, speak: impl FnOnce()) { self.play(1, speak) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::ping_pong::checks::<Table>()
}
