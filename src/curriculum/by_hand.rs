//! What tasks await and hold, whatever its type is, and futures that a check polls itself: for locks and
//! semaphores of async code.

use crate::curriculum::seen::{Operations, called, called_back, called_back_as, must_be_seen};
use crate::sync::Mutex;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::Relaxed;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What tasks await, and hold for a while.
pub trait Resource: Send + Sync + 'static {
    /// A call of the solution: a future that comes to what is held.
    fn acquire(&self) -> Acquire<'_>;
}

/// Something that is held, in a box: its type is the solution's.
type Boxed<'a> = Box<dyn Send + 'a>;

/// The solution's future. Each poll is a call, of which the explorer must see something, unless it has seen
/// something of the call that made it.
#[must_use = "it does nothing unless it is awaited"]
pub struct Acquire<'a> {
    call: &'static str,
    has_been_seen: bool,
    /// `None` once it is ready, or dropped.
    future: Option<Pin<Box<dyn Future<Output = Boxed<'a>> + Send + 'a>>>,
}

impl<'a> Acquire<'a> {
    /// The future that the call returns.
    pub fn of<F>(call: &'static str, future: impl FnOnce() -> F) -> Self
    where
        F: Future<Output: Send + 'a> + Send + 'a,
    {
        let before = Operations::now();
        let future = called(call, future);
        let boxed = async move { Box::new(future.await) as Boxed<'a> };
        Acquire {
            call,
            has_been_seen: before.since() > 0,
            future: Some(Box::pin(boxed)),
        }
    }
}

impl<'a> Future for Acquire<'a> {
    type Output = Held<'a>;

    /// # Panics
    /// Panics if it is polled after completion.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Held<'a>> {
        let (call, has_been_seen) = (self.call, self.has_been_seen);
        let future = self.future.as_mut();
        let future = future.expect("a future was polled after completion");
        let poll = || future.as_mut().poll(context);
        let polled = if has_been_seen {
            called(call, poll)
        } else {
            must_be_seen(call, poll)
        };
        let held = std::task::ready!(polled);
        self.future = None;
        Poll::Ready(Held(Some(held)))
    }
}

impl Drop for Acquire<'_> {
    fn drop(&mut self) {
        if let Some(future) = self.future.take() {
            called("drop", || drop(future));
        }
    }
}

/// What is held: whoever drops it gives it back, and that is a call of the solution.
pub struct Held<'a>(Option<Boxed<'a>>);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        called("drop", || drop(self.0.take()));
    }
}

/// A future that the check polls itself, as a rule each time with another waker.
pub struct ByHand<'a> {
    acquire: Acquire<'a>,
    /// What the waker of the last poll rings.
    bell: Arc<Bell>,
}

impl<'a> ByHand<'a> {
    /// One that has not been polled.
    pub fn new(resource: &'a dyn Resource) -> Self {
        ByHand {
            acquire: resource.acquire(),
            bell: Arc::default(),
        }
    }

    /// Polls it; `None` if it is pending.
    pub fn poll(&mut self) -> Option<Held<'a>> {
        self.poll_with(Arc::default())
    }

    /// Polls it with the waker of another one's last poll: one task awaits both.
    pub fn poll_beside(&mut self, other: &ByHand<'_>) -> Option<Held<'a>> {
        self.poll_with(Arc::clone(&other.bell))
    }

    fn poll_with(&mut self, bell: Arc<Bell>) -> Option<Held<'a>> {
        self.bell = bell;
        let waker = Waker::from(Arc::clone(&self.bell));
        let mut context = Context::from_waker(&waker);
        match Pin::new(&mut self.acquire).poll(&mut context) {
            Poll::Ready(held) => Some(held),
            Poll::Pending => None,
        }
    }

    /// True if the waker of the last poll was used.
    pub fn is_woken(&self) -> bool {
        // Relaxed: who uses the waker is on this thread.
        self.bell.0.load(Relaxed)
    }
}

/// Wakes nobody, and notes that it was used.
#[derive(Default)]
struct Bell(AtomicBool);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        called_back_as(
            || "wake".to_owned(),
            |()| None,
            || self.0.store(true, Relaxed),
        );
    }
}

/// A task that is polled at once by whoever wakes it.
pub struct PolledByItsWaker(Mutex<Option<Task>>);

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

impl PolledByItsWaker {
    /// Polls it for the first time.
    pub fn start(task: impl Future<Output = ()> + Send + 'static) {
        Arc::new(PolledByItsWaker(Mutex::new(Some(Box::pin(task))))).poll();
    }

    fn poll(self: Arc<Self>) {
        // Nothing is locked while it is polled.
        let taken = self.0.lock().take();
        let Some(mut task) = taken else {
            return;
        };
        let waker = Waker::from(Arc::clone(&self));
        let polled = task.as_mut().poll(&mut Context::from_waker(&waker));
        if polled.is_pending() {
            *self.0.lock() = Some(task);
        }
    }
}

impl Wake for PolledByItsWaker {
    fn wake(self: Arc<Self>) {
        called_back(|| self.poll());
    }
}
