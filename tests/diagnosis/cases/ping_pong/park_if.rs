//! kaist-cp/cs431#918: may `while locked { park() }` be an `if`? Here in the shape of this kata:
//! a queue of waiters, each with a flag of its own and a thread to unpark; the flag is looked at
//! once.

use kata::ping_pong::PingPong;
use kata::sync::Mutex;
use kata::sync::atomic::{AtomicBool, Ordering::SeqCst};
use kata::sync::thread::{self, Thread};
use std::collections::VecDeque;
use std::sync::Arc;

struct Waiter {
    thread: Thread,
    granted: AtomicBool,
}

struct State {
    turn: usize,
    waiting: [VecDeque<Arc<Waiter>>; 2],
}

struct Table {
    state: Mutex<State>,
}

impl Table {
    fn play(&self, mine: usize, speak: impl FnOnce()) {
        let mut state = self.state.lock();
        if state.turn == mine {
            state.turn = 2;
            drop(state);
        } else {
            let waiter = Arc::new(Waiter { thread: thread::current(), granted: AtomicBool::new(false) });
            state.waiting[mine].push_back(Arc::clone(&waiter));
            drop(state);
            if !waiter.granted.load(SeqCst) {
                thread::park();
            }
        }
        speak();
        let mut state = self.state.lock();
        match state.waiting[1 - mine].pop_front() {
            Some(next) => {
                next.granted.store(true, SeqCst);
                next.thread.unpark();
            }
            None => state.turn = 1 - mine,
        }
    }
}

impl PingPong for Table {
    fn new() -> Self {
        Table { state: Mutex::new(State { turn: 0, waiting: Default::default() }) }
    }
    fn ping(&self, speak: impl FnOnce()) {
        self.play(0, speak);
    }
    fn pong(&self, speak: impl FnOnce()) {
        self.play(1, speak);
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::ping_pong::checks::<Table>()
}
