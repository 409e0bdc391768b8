//! One state of three under a lock, so that nobody is notified who does not wait: as in `pollster`.

use kata::block_on::BlockOn;
use kata::sync::{Condvar, Mutex};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What is checked.
pub type Solution = ThreeStates;

/// Keeps the future on the heap.
#[derive(Debug)]
pub struct ThreeStates;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// It polls, and nobody has woken it since.
    Polls,
    Waits,
    Woken,
}

struct Signal {
    state: Mutex<State>,
    woken: Condvar,
}

impl Signal {
    fn wait(&self) {
        let mut state = self.state.lock();
        if *state == State::Polls {
            *state = State::Waits;
            while *state == State::Waits {
                self.woken.wait(&mut state);
            }
        }
        *state = State::Polls;
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut state = self.state.lock();
        if *state == State::Waits {
            self.woken.notify_one();
        }
        *state = State::Woken;
    }
}

impl BlockOn for ThreeStates {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future: Pin<Box<F>> = Box::pin(future);
        let signal = Arc::new(Signal {
            state: Mutex::new(State::Polls),
            woken: Condvar::new(),
        });
        let waker = Waker::from(Arc::clone(&signal));
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => return output,
                Poll::Pending => signal.wait(),
            }
        }
    }
}
