//! The result is in a cell that is set once; under a lock there are wakers and nothing else. Who has left its
//! waker looks again.

use kata::sync::{Mutex, OnceLock};
use kata::task_result::{TaskResult, Value};
use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// What is checked.
pub type Solution = SetOnce<Value>;

/// To ask for the result takes no lock.
pub struct SetOnce<T> {
    result: OnceLock<T>,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    wakers: BTreeMap<u64, Waker>,
    next: u64,
}

impl<T: Clone + Send + Sync + 'static> TaskResult<T> for SetOnce<T> {
    fn new() -> Self {
        SetOnce {
            result: OnceLock::new(),
            waiting: Mutex::new(Waiting::default()),
        }
    }

    fn complete(&self, result: T) {
        // The task calls it once: the cell is empty.
        let _ = self.result.set(result);
        let wakers = mem::take(&mut self.waiting.lock().wakers);
        wakers.into_values().for_each(Waker::wake);
    }

    fn done(&self) -> bool {
        self.result.get().is_some()
    }

    fn result(&self) -> impl Future<Output = T> + Send {
        Waits {
            task: self,
            place: None,
        }
    }
}

struct Waits<'a, T> {
    task: &'a SetOnce<T>,
    place: Option<u64>,
}

impl<T> Waits<'_, T> {
    fn leave(&mut self) {
        if let Some(place) = self.place.take() {
            let waker = self.task.waiting.lock().wakers.remove(&place);
            drop(waker);
        }
    }

    fn wait(&mut self, waker: &Waker) {
        let mut waiting = self.task.waiting.lock();
        let place = *self.place.get_or_insert_with(|| {
            waiting.next += 1;
            waiting.next
        });
        let earlier = waiting.wakers.insert(place, waker.clone());
        drop(waiting);
        drop(earlier);
    }
}

impl<T: Clone> Future for Waits<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        if self.task.result.get().is_none() {
            self.wait(context.waker());
        }
        // Whoever sets it from here on finds the waker.
        let Some(result) = self.task.result.get().cloned() else {
            return Poll::Pending;
        };
        self.leave();
        Poll::Ready(result)
    }
}

impl<T> Drop for Waits<'_, T> {
    fn drop(&mut self) {
        self.leave();
    }
}
