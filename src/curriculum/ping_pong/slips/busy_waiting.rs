//! Asking again and again, in ways that do not work.

use crate::curriculum::ping_pong::PingPong;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::{Mutex, thread};

/// Takes the lock, looks, gives it back, and takes it again.
#[derive(Debug)]
pub struct NeverGivesWay {
    is_pongs_turn: Mutex<bool>,
}

impl NeverGivesWay {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        loop {
            let mut is_pongs_turn = self.is_pongs_turn.lock();
            if *is_pongs_turn == is_pong {
                speak();
                *is_pongs_turn = !is_pong;
                return;
            }
        }
    }
}

impl PingPong for NeverGivesWay {
    fn new() -> Self {
        NeverGivesWay {
            is_pongs_turn: Mutex::new(false),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(false, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(true, speak);
    }
}

/// Hands over the turn, and nothing with it.
#[derive(Debug)]
pub struct RelaxedTurn {
    ping_may_speak: AtomicBool,
    pong_may_speak: AtomicBool,
}

fn take_turn(may_speak: &AtomicBool) {
    while !may_speak.swap(false, Relaxed) {
        thread::yield_now();
    }
}

impl PingPong for RelaxedTurn {
    fn new() -> Self {
        RelaxedTurn {
            ping_may_speak: AtomicBool::new(true),
            pong_may_speak: AtomicBool::new(false),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        take_turn(&self.ping_may_speak);
        speak();
        self.pong_may_speak.store(true, Relaxed);
    }

    fn pong(&self, speak: impl FnOnce()) {
        take_turn(&self.pong_may_speak);
        speak();
        self.ping_may_speak.store(true, Relaxed);
    }
}

/// Keeps the turn where the explorer does not look.
#[derive(Debug)]
pub struct TurnNotSeen {
    #[allow(clippy::disallowed_types)]
    is_pongs_turn: std::sync::atomic::AtomicBool,
}

impl TurnNotSeen {
    fn speak(&self, is_pong: bool, speak: impl FnOnce()) {
        while self.is_pongs_turn.load(std::sync::atomic::Ordering::SeqCst) != is_pong {
            thread::yield_now();
        }
        speak();
        self.is_pongs_turn
            .store(!is_pong, std::sync::atomic::Ordering::SeqCst);
    }
}

impl PingPong for TurnNotSeen {
    fn new() -> Self {
        TurnNotSeen {
            is_pongs_turn: Default::default(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(false, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(true, speak);
    }
}
