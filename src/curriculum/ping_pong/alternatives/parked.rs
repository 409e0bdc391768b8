//! Who must wait leaves word who it is and parks; the turn is passed to one of these.

use kata::ping_pong::PingPong;
use kata::sync::Mutex;
use kata::sync::thread::{self, Thread};

/// What is checked.
pub type Solution = Parked;

/// Whose turn it is, and who waits for it.
#[derive(Default)]
struct Waiting {
    is_pongs_turn: bool,
    is_speaking: bool,
    /// Those of ping's side, and those of pong's.
    threads: [Vec<Thread>; 2],
}

/// Threads that park until it is their turn.
pub struct Parked {
    state: Mutex<Waiting>,
}

impl Parked {
    fn take_turn(&self, is_pong: bool) -> bool {
        let mut state = self.state.lock();
        let may_speak = state.is_pongs_turn == is_pong && !state.is_speaking;
        if may_speak {
            state.is_speaking = true;
        } else {
            state.threads[usize::from(is_pong)].push(thread::current());
        }
        may_speak
    }

    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        while !self.take_turn(is_pong) {
            thread::park();
        }
        speak();
        let mut state = self.state.lock();
        state.is_pongs_turn = !is_pong;
        state.is_speaking = false;
        // All of them: who is unparked may find that another one has been faster.
        for thread in state.threads[usize::from(!is_pong)].drain(..) {
            thread.unpark();
        }
    }
}

impl PingPong for Parked {
    fn new() -> Self {
        Parked {
            state: Mutex::new(Waiting::default()),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(false, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(true, speak);
    }
}
