//! Direct hand-over with park: the turn is *given* to the first who waits (turn stays "taken"),
//! so nobody can barge in; but park is not in a loop: it relies on park returning only by our
//! unpark. std's park may return spuriously. (Documented as a blind spot.)

use kata::ping_pong::PingPong;
use kata::sync::thread::{self, Thread};
use kata::sync::Mutex;
use std::collections::VecDeque;
#[derive(Default)]
struct State { lying: Option<usize>, waiting: [VecDeque<Thread>; 2] }
struct Table(Mutex<State>);
impl Table {
    fn play(&self, side: usize, speak: impl FnOnce()) {
        let mut s = self.0.lock();
        if s.lying == Some(side) { s.lying = None; drop(s); }
        else {
            s.waiting[side].push_back(thread::current());
            drop(s);
            thread::park();
        }
        speak();
        let mut s = self.0.lock();
        match s.waiting[1 - side].pop_front() {
            Some(t) => t.unpark(),
            None => s.lying = Some(1 - side),
        }
    }
}
impl PingPong for Table {
    fn new() -> Self { Table(Mutex::new(State { lying: Some(0), waiting: Default::default() })) }
    fn ping(&self, speak: impl FnOnce()) { self.play(0, speak) }
    fn pong(&self, speak: impl FnOnce()) { self.play(1, speak) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::ping_pong::checks::<Table>()
}
