//! "There is room as long as no more than so many are inside." With three permits and three inside
//! that is still true, and a fourth one goes in.

slip! {
    OneTooMany,
    caught_by: permits_are_counted,
    engine: OneThread,
    loom: OneThread,
}

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use std::future::poll_fn;
use std::mem;
use std::num::NonZeroU16;
use std::task::{Poll, Waker};

/// Counts who is inside, and looks at that too generously.
struct OneTooMany {
    most: u16,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    inside: u16,
    waiting: Vec<Waker>,
}

/// One of the permits.
struct Permit<'a>(&'a OneTooMany);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock();
        state.inside -= 1;
        let waiting = mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl AsyncSemaphore for OneTooMany {
    type Permit<'a> = Permit<'a>;

    fn new(permits: NonZeroU16) -> Self {
        OneTooMany {
            most: permits.get(),
            state: Mutex::default(),
        }
    }

    async fn acquire(&self) -> Permit<'_> {
        poll_fn(|context| {
            let mut state = self.state.lock();
            if state.inside <= self.most {
                state.inside += 1;
                return Poll::Ready(Permit(self));
            }
            state.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}
