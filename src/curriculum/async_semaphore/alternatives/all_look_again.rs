//! Whoever gives a permit back wakes all who wait, and they leave their wakers anew: nothing is lost with
//! one who has gone, and many are woken for nothing.

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use std::future::poll_fn;
use std::mem;
use std::num::NonZeroU16;
use std::task::{Poll, Waker};

/// What is checked.
pub type Solution = Bell;

/// A number of permits, and a bell for all who wait.
pub struct Bell {
    state: Mutex<State>,
}

struct State {
    free: u16,
    waiting: Vec<Waker>,
}

/// One of the permits.
pub struct Permit<'a>(&'a Bell);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.free += 1;
        let waiting = mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl AsyncSemaphore for Bell {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        Bell {
            state: Mutex::new(State {
                free: permits.get(),
                waiting: Vec::new(),
            }),
        }
    }

    async fn acquire(&self) -> Permit<'_> {
        poll_fn(|context| {
            let mut state = self.state.lock();
            if state.free == 0 {
                state.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            state.free -= 1;
            Poll::Ready(Permit(self))
        })
        .await
    }
}
