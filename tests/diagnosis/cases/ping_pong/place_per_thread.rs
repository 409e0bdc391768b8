//! Places are given to threads at their first call, and a thread keeps its place for the round:
//! its k-th call waits for round (k-1)*players+place, where players is how many had come when it
//! first called. Right for one player a side, and for several that speak once each; wrong as soon
//! as a thread that speaks twice shares its side with another (2+1): hang.

use kata::ping_pong::PingPong;
use kata::sync::thread::{self, ThreadId};
use kata::sync::{Condvar, Mutex};
use std::collections::HashMap;
#[derive(Default)]
struct State { turn: u64, places: [HashMap<ThreadId, (u64, u64)>; 2] }
struct Table { state: Mutex<State>, changed: Condvar }
impl Table {
    fn play(&self, side: usize, speak: impl FnOnce()) {
        let mut s = self.state.lock();
        let players = s.places[side].len() as u64;
        let me = s.places[side].entry(thread::current().id()).or_insert((players, 0));
        let (place, calls) = *me;
        me.1 += 1;
        let players = s.places[side].len() as u64;
        let mine = 2 * (calls * players + place) + side as u64;
        while s.turn != mine { self.changed.wait(&mut s); }
        speak();
        s.turn += 1;
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
