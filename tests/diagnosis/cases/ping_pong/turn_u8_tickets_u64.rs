//! Tickets are u64, the turn is a u8 that wraps: from turn 256 on (128 rounds) nobody's ticket
//! comes up. Deadlock.

use kata::ping_pong::PingPong;
use kata::sync::atomic::{AtomicU64, AtomicU8, Ordering::SeqCst};
use kata::sync::thread;
struct Table { tickets: [AtomicU64; 2], turn: AtomicU8 }
impl Table {
    fn play(&self, side: u64, speak: impl FnOnce()) {
        let mine = 2 * self.tickets[side as usize].fetch_add(1, SeqCst) + side;
        while u64::from(self.turn.load(SeqCst)) != mine {
            thread::yield_now();
        }
        speak();
        self.turn.fetch_add(1, SeqCst);
    }
}
impl PingPong for Table {
    fn new() -> Self { Table { tickets: Default::default(), turn: AtomicU8::new(0) } }
    fn ping(&self, speak: impl FnOnce()) { self.play(0, speak) }
    fn pong(&self, speak: impl FnOnce()) { self.play(1, speak) }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::ping_pong::checks::<Table>()
}
