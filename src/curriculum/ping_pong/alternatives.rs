//! Other right solutions of `ping_pong`: the contract asks for no style.

use super::{PingPong, checks};
use crate::curriculum::{EVERY_BACK_END, Solution};
use crate::explore::BackEnd;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::thread::{self, Thread};
use crate::sync::{Condvar, Mutex};

/// All of them.
pub const ALL: &[Solution] = &[
    Solution {
        name: "one_condvar",
        how: "All wait at one condvar; after each turn all are woken, and look again.",
        checks: checks::<OneCondvar>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "a_ball",
        how: "A message is the ball: each side waits at its channel, and sends to the other's.",
        checks: checks::<Ball>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "two_semaphores",
        how: "Each side has a semaphore, made by hand: wait at one's own, post the other's.",
        checks: checks::<TwoSemaphores>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "spin_and_yield",
        how: "Tries to take the turn by an exchange, and gives way as long as that fails.",
        checks: checks::<SpinAndYield>,
        // Each look is a step: for loom there are too many executions to try them all.
        back_ends: &[BackEnd::Generated, BackEnd::Exhaustive],
    },
    Solution {
        name: "parked",
        how: "Who must wait leaves word who it is and parks; the turn is passed to one of these.",
        checks: checks::<Parked>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "tickets",
        how: "Each call draws a number, speaks when it is up, and calls the next.",
        checks: checks::<Tickets>,
        back_ends: EVERY_BACK_END,
    },
];

/// One condvar for both sides.
#[derive(Debug)]
pub struct OneCondvar {
    turns: Mutex<u64>,
    changed: Condvar,
}

impl OneCondvar {
    /// Every turn of its own is an even one for ping, an odd one for pong.
    fn speak(&self, parity: u64, speak: impl FnOnce()) {
        let mut turns = self.turns.lock();
        while *turns % 2 != parity {
            self.changed.wait(&mut turns);
        }
        speak();
        *turns += 1;
        self.changed.notify_all();
    }
}

impl PingPong for OneCondvar {
    fn new() -> Self {
        OneCondvar {
            turns: Mutex::new(0),
            changed: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(0, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(1, speak);
    }
}

/// The way to one side: there is at most one ball, so that sending never waits.
struct Court {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Court {
    fn new() -> Self {
        let (sender, receiver) = channel::bounded(1);
        Court { sender, receiver }
    }

    fn serve(&self) {
        assert!(self.sender.send(()).is_ok(), "both ends live as long");
    }
}

/// A ball that goes to and fro.
pub struct Ball {
    pings: Court,
    pongs: Court,
}

fn play(own: &Court, other: &Court, speak: impl FnOnce()) {
    own.receiver.recv().expect("both ends live as long");
    speak();
    other.serve();
}

impl PingPong for Ball {
    fn new() -> Self {
        let [pings, pongs] = [(); 2].map(|()| Court::new());
        pings.serve();
        Ball { pings, pongs }
    }

    fn ping(&self, speak: impl FnOnce()) {
        play(&self.pings, &self.pongs, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        play(&self.pongs, &self.pings, speak);
    }
}

/// A semaphore: a number of permits, and a way to wait for one.
#[derive(Debug)]
struct Semaphore {
    permits: Mutex<usize>,
    posted: Condvar,
}

impl Semaphore {
    fn new(permits: usize) -> Self {
        Semaphore {
            permits: Mutex::new(permits),
            posted: Condvar::new(),
        }
    }

    fn wait(&self) {
        let mut permits = self.permits.lock();
        while *permits == 0 {
            self.posted.wait(&mut permits);
        }
        *permits -= 1;
    }

    fn post(&self) {
        *self.permits.lock() += 1;
        self.posted.notify_one();
    }
}

/// One permit, which goes from one semaphore to the other.
#[derive(Debug)]
pub struct TwoSemaphores {
    pings: Semaphore,
    pongs: Semaphore,
}

impl PingPong for TwoSemaphores {
    fn new() -> Self {
        TwoSemaphores {
            pings: Semaphore::new(1),
            pongs: Semaphore::new(0),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.pings.wait();
        speak();
        self.pongs.post();
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.pongs.wait();
        speak();
        self.pings.post();
    }
}

/// Whose turn it is, or that somebody speaks, in an atomic.
#[derive(Debug)]
pub struct SpinAndYield {
    turn: AtomicU8,
}

const PING: u8 = 0;
const PONG: u8 = 1;
const SPEAKING: u8 = 2;

impl SpinAndYield {
    fn speak(&self, own: u8, next: u8, speak: impl FnOnce()) {
        // Acquire pairs with the Release below: who takes the turn sees what was said before.
        // Relaxed: one that fails learns nothing that it uses.
        while self
            .turn
            .compare_exchange(own, SPEAKING, Acquire, Relaxed)
            .is_err()
        {
            thread::yield_now();
        }
        speak();
        // Release pairs with the Acquire above.
        self.turn.store(next, Release);
    }
}

impl PingPong for SpinAndYield {
    fn new() -> Self {
        SpinAndYield {
            turn: AtomicU8::new(PING),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(PING, PONG, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(PONG, PING, speak);
    }
}

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

/// What has been drawn, and what is up.
#[derive(Debug, Default)]
struct Numbers {
    /// The next number of each side: ping's are even, pong's are odd.
    to_draw: [u64; 2],
    up: u64,
}

/// Calls of a side speak in the order in which they came.
#[derive(Debug)]
pub struct Tickets {
    numbers: Mutex<Numbers>,
    next: Condvar,
}

impl Tickets {
    fn speak(&self, side: usize, speak: impl FnOnce()) {
        let own = {
            let mut numbers = self.numbers.lock();
            let own = numbers.to_draw[side];
            numbers.to_draw[side] += 2;
            self.next
                .wait_while(&mut numbers, |numbers| numbers.up != own);
            own
        };
        // Without the lock: the number is nobody else's.
        speak();
        self.numbers.lock().up = own + 1;
        self.next.notify_all();
    }
}

impl PingPong for Tickets {
    fn new() -> Self {
        Tickets {
            numbers: Mutex::new(Numbers {
                to_draw: [0, 1],
                up: 0,
            }),
            next: Condvar::new(),
        }
    }

    fn ping(&self, speak: impl FnOnce()) {
        self.speak(0, speak);
    }

    fn pong(&self, speak: impl FnOnce()) {
        self.speak(1, speak);
    }
}
