//! Each future has a slot for its waker; the task knows the slots as long as their futures are there.

use kata::sync::Mutex;
use kata::task_result::{TaskResult, Value};
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Waker};

/// What is checked.
pub type Solution = Slots<Value>;

type Slot = Mutex<Option<Waker>>;

/// The result, or else the slots of those who wait.
pub struct Slots<T> {
    state: Mutex<State<T>>,
}

enum State<T> {
    Runs(Vec<Weak<Slot>>),
    Done(T),
}

impl<T: Clone + Send + 'static> TaskResult<T> for Slots<T> {
    fn new() -> Self {
        Slots {
            state: Mutex::new(State::Runs(Vec::new())),
        }
    }

    fn complete(&self, result: T) {
        let before = mem::replace(&mut *self.state.lock(), State::Done(result));
        if let State::Runs(slots) = before {
            for slot in slots.iter().filter_map(Weak::upgrade) {
                let waker = slot.lock().take();
                waker.into_iter().for_each(Waker::wake);
            }
        }
    }

    fn done(&self) -> bool {
        matches!(*self.state.lock(), State::Done(_))
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        Waits {
            task: self,
            slot: Arc::default(),
            is_known: false,
        }
    }
}

struct Waits<'a, T> {
    task: &'a Slots<T>,
    slot: Arc<Slot>,
    is_known: bool,
}

impl<T: Clone> Future for Waits<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let task = self.task;
        let mut state = task.state.lock();
        let slots = match &mut *state {
            State::Done(result) => return Poll::Ready(result.clone()),
            State::Runs(slots) => slots,
        };
        if !mem::replace(&mut self.is_known, true) {
            // Those of futures that are gone make room.
            slots.retain(|slot| slot.strong_count() > 0);
            slots.push(Arc::downgrade(&self.slot));
        }
        let earlier = self.slot.lock().replace(context.waker().clone());
        drop(state);
        drop(earlier);
        Poll::Pending
    }
}
