//! "Nobody has woken us: there is nothing to do." But the poll has brought a waker, perhaps
//! another one than before, and that is left with nobody.

slip! {
    SkipsPollsForNothing,
    caught_by: the_last_waker_is_used,
    engine: OneThread,
    loom: OneThread,
}

use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Has no look at the waker of a poll that it skips.
struct SkipsPollsForNothing;

/// Wakes the task, and notes that it was woken.
struct Wakes {
    is_woken: AtomicBool,
    task: Mutex<Waker>,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, SeqCst);
        let task = self.task.lock().clone();
        task.wake();
    }
}

impl Timeout for SkipsPollsForNothing {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        let (mut future, mut timer) = (pin!(future), pin!(timer));
        let wakes = Arc::new(Wakes {
            is_woken: AtomicBool::new(true),
            task: Mutex::new(Waker::noop().clone()),
        });
        let race = poll_fn(|context| {
            if !wakes.is_woken.swap(false, SeqCst) {
                return Poll::Pending;
            }
            wakes.task.lock().clone_from(context.waker());
            let waker = Waker::from(Arc::clone(&wakes));
            let context = &mut Context::from_waker(&waker);
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            timer.as_mut().poll(context).map(|()| Err(Elapsed))
        });
        race.await
    }
}
