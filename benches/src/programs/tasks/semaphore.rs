//! A semaphore for tasks: who comes while there is no permit is given one by who releases it.

use super::super::sync::task::{JoinHandle, block_on, spawn};
use super::super::sync::{Mutex, Scenario};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// What is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// A task that is given up takes the permit along that it was given and has not seen.
    LosesWhatWasGiven,
    /// A task that is given up goes on waiting in the queue.
    StaysInQueue,
}

struct Semaphore {
    fault: Fault,
    state: Mutex<State>,
}

struct State {
    permits: usize,
    /// Those who wait, in order of arrival, by their numbers.
    queue: VecDeque<(usize, Waker)>,
    arrived: usize,
}

impl Semaphore {
    fn new(permits: usize, fault: Fault) -> Arc<Self> {
        let state = State {
            permits,
            queue: VecDeque::new(),
            arrived: 0,
        };
        Arc::new(Semaphore {
            fault,
            state: Mutex::new(state),
        })
    }

    fn acquire(&self) -> Acquire<'_> {
        Acquire {
            semaphore: self,
            stage: Stage::New,
        }
    }

    fn release(&self) {
        let mut state = self.state.lock();
        let first = state.queue.pop_front();
        if first.is_none() {
            state.permits += 1;
        }
        drop(state);
        first.into_iter().for_each(|(_, waker)| waker.wake());
    }
}

/// A future of a permit.
struct Acquire<'s> {
    semaphore: &'s Semaphore,
    stage: Stage,
}

enum Stage {
    New,
    /// It has come as the one with this number: it is in the queue, or has been given a permit.
    Waits(usize),
    Over,
}

impl Future for Acquire<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.semaphore.state.lock();
        let number = match self.stage {
            Stage::Over => return Poll::Ready(()),
            Stage::Waits(number) => number,
            Stage::New => {
                if state.permits > 0 {
                    state.permits -= 1;
                    drop(state);
                    self.stage = Stage::Over;
                    return Poll::Ready(());
                }
                let number = state.arrived;
                state.arrived += 1;
                state.queue.push_back((number, context.waker().clone()));
                drop(state);
                self.stage = Stage::Waits(number);
                return Poll::Pending;
            }
        };
        if let Some((_, waker)) = state.queue.iter_mut().find(|(other, _)| *other == number) {
            waker.clone_from(context.waker());
            return Poll::Pending;
        }
        drop(state);
        self.stage = Stage::Over;
        Poll::Ready(())
    }
}

impl Drop for Acquire<'_> {
    fn drop(&mut self) {
        let Stage::Waits(number) = self.stage else {
            return;
        };
        let Semaphore { fault, state } = self.semaphore;
        let mut state = state.lock();
        let place = state.queue.iter().position(|(other, _)| *other == number);
        if *fault != Fault::StaysInQueue
            && let Some(place) = place
        {
            state.queue.remove(place);
        }
        drop(state);
        if place.is_none() && *fault != Fault::LosesWhatWasGiven {
            self.semaphore.release();
        }
    }
}

/// Five tasks that each want one of three permits.
pub fn sound() -> Scenario {
    Scenario::new().thread("starts", || {
        let semaphore = Semaphore::new(3, Fault::None);
        let tasks = [(); 5].map(|()| acquires(&semaphore));
        block_on(async {
            for task in tasks {
                task.await.expect("nobody gives it up");
            }
        });
        assert_eq!(semaphore.state.lock().permits, 3);
    })
}

/// A task that has a permit for a while.
fn acquires(semaphore: &Arc<Semaphore>) -> JoinHandle<()> {
    let semaphore = Arc::clone(semaphore);
    spawn(async move {
        semaphore.acquire().await;
        semaphore.release();
    })
}

/// A task is given up once it may have been given the permit.
pub fn loses_what_was_given() -> Scenario {
    Scenario::new().thread("starts", || {
        let semaphore = Semaphore::new(0, Fault::LosesWhatWasGiven);
        let [given_up, other] = [(); 2].map(|()| acquires(&semaphore));
        semaphore.release();
        given_up.abort();
        block_on(other).expect("nobody gives it up");
    })
}

/// A task is given up before the permit is there.
pub fn gives_to_who_is_gone() -> Scenario {
    Scenario::new().thread("starts", || {
        let semaphore = Semaphore::new(0, Fault::StaysInQueue);
        let [given_up, other] = [(); 2].map(|()| acquires(&semaphore));
        given_up.abort();
        semaphore.release();
        block_on(other).expect("nobody gives it up");
    })
}
