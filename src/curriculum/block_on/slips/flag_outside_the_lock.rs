//! "The flag is atomic, so it needs no lock." Between the look and the wait it is set and notified,
//! and then there is nobody who waits yet.

slip! {
    FlagOutsideTheLock,
    caught_by: waits_until_it_is_woken,
    engine: LostWakeUp,
    loom: LostWakeUp,
}

use kata::block_on::BlockOn;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::{Condvar, Mutex};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Has a lock only because the condvar asks for one.
struct FlagOutsideTheLock;

#[derive(Default)]
struct Signal {
    is_given: AtomicBool,
    lock: Mutex<()>,
    given: Condvar,
}

impl Signal {
    fn take(&self) {
        let mut held = self.lock.lock();
        while !self.is_given.swap(false, SeqCst) {
            self.given.wait(&mut held);
        }
    }
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.is_given.store(true, SeqCst);
        self.given.notify_one();
    }
}

impl BlockOn for FlagOutsideTheLock {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let signal = Arc::new(Signal::default());
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            signal.take();
        }
    }
}
