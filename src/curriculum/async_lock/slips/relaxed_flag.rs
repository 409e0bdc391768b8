//! "An atomic exchange is atomic, whatever its ordering." Who takes the lock that way gets it alone,
//! but need not see what was done with it before. Only weak memory shows it.

slip! {
    RelaxedFlag,
    caught_by: one_holder_at_a_time,
    loom: SeenTooLate,
}

use kata::async_lock::AsyncLock;
use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::Relaxed;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Says that it is free, and nothing with it.
#[derive(Default)]
struct RelaxedFlag {
    is_held: AtomicBool,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<(u64, Waker)>,
    given: Option<u64>,
    next: u64,
}

impl RelaxedFlag {
    fn try_lock(&self) -> Option<Guard<'_>> {
        let set = self.is_held.compare_exchange(false, true, Relaxed, Relaxed);
        set.ok().map(|_| Guard(self))
    }

    fn give_back(&self) {
        let mut queue = self.queue.lock();
        let first = queue.waiting.pop_front();
        queue.given = first.as_ref().map(|(number, _)| *number);
        match first {
            None => self.is_held.store(false, Relaxed),
            Some((_, waker)) => {
                drop(queue);
                waker.wake();
            }
        }
    }
}

/// Holds the lock.
struct Guard<'a>(&'a RelaxedFlag);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

struct Lock<'a> {
    lock: &'a RelaxedFlag,
    number: Option<u64>,
}

impl<'a> Future for Lock<'a> {
    type Output = Guard<'a>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<'a>> {
        let lock = self.lock;
        let Some(own) = self.number else {
            if let Some(guard) = lock.try_lock() {
                return Poll::Ready(guard);
            }
            let mut queue = lock.queue.lock();
            // It may have been given back meanwhile, with nobody in the queue.
            if let Some(guard) = lock.try_lock() {
                return Poll::Ready(guard);
            }
            let number = queue.next;
            queue.next += 1;
            queue.waiting.push_back((number, context.waker().clone()));
            self.number = Some(number);
            return Poll::Pending;
        };
        let mut queue = lock.queue.lock();
        if queue.given == Some(own) {
            queue.given = None;
            self.number = None;
            return Poll::Ready(Guard(lock));
        }
        for (number, waker) in &mut queue.waiting {
            if *number == own {
                waker.clone_from(context.waker());
            }
        }
        Poll::Pending
    }
}

impl Drop for Lock<'_> {
    fn drop(&mut self) {
        let Some(own) = self.number else {
            return;
        };
        let mut queue = self.lock.queue.lock();
        if queue.given == Some(own) {
            drop(queue);
            self.lock.give_back();
        } else {
            queue.waiting.retain(|(number, _)| *number != own);
        }
    }
}

impl AsyncLock for RelaxedFlag {
    type Guard<'a> = Guard<'a>;

    fn new() -> Self {
        RelaxedFlag::default()
    }

    fn lock(&self) -> impl Future<Output = Guard<'_>> + Send {
        Lock {
            lock: self,
            number: None,
        }
    }
}
