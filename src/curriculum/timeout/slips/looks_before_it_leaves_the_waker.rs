//! "See who was woken, poll those, and then leave the waker for the next time." A wake-up between
//! the look and that line uses the waker of the poll before, which may wake nobody any more.

slip! {
    LooksBeforeItLeavesTheWaker,
    caught_by: a_wake_up_may_come_in_a_poll,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::sync::Mutex;
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::timeout::{Elapsed, Timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Leaves its waker when it has looked.
struct LooksBeforeItLeavesTheWaker;

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

impl Timeout for LooksBeforeItLeavesTheWaker {
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
        let race = poll_fn(|of_task| {
            let is_woken = wakes.is_woken.swap(false, SeqCst);
            wakes.task.lock().clone_from(of_task.waker());
            if !is_woken {
                return Poll::Pending;
            }
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
