//! Tasks outside explorations: on the threads of an executor.

use crate::sync::Mutex;
use crate::sync::task::{
    Builder, Elapsed, JoinError, block_on, on_one_thread, sleep, spawn, timeout, yield_now,
};
use crate::sync::thread;
use crate::sync::time::{Duration, Instant};
use std::future::{pending, ready};
use std::sync::Arc;

const HOUR: Duration = Duration::from_secs(3_600);
const MOMENT: Duration = Duration::from_millis(2);

#[test]
fn tasks_come_to_their_values_and_wait_for_each_other() {
    let sum = block_on(async {
        let handles: Vec<_> = (0..100)
            .map(|number| {
                spawn(async move {
                    for _ in 0..number % 5 {
                        yield_now().await;
                    }
                    let inner = spawn(ready(number));
                    inner.await.unwrap()
                })
            })
            .collect();
        let mut sum = 0;
        for handle in handles {
            sum += handle.await.unwrap();
        }
        sum
    });
    assert_eq!(sum, 4_950);
}

#[test]
fn a_result_is_there_once_the_task_is_done() {
    let mut handle = Builder::new().name("five".to_owned()).spawn(ready(5));
    block_on(async {
        while !handle.done() {
            yield_now().await;
        }
    });
    assert_eq!(handle.result().map(Result::unwrap), Some(5));
    assert!(handle.done());
    assert!(handle.result().is_none());
}

#[test]
fn a_panic_is_told_to_who_awaits_the_task() {
    let end: Result<(), JoinError> = block_on(spawn(async {
        yield_now().await;
        panic!("broken");
    }));
    let error = end.unwrap_err();
    assert!(error.is_panic() && !error.is_cancelled());
    assert_eq!(error.to_string(), "the task panicked");
    let payload = error.try_into_panic().unwrap();
    assert_eq!(*payload.downcast::<&str>().unwrap(), "broken");
}

#[test]
fn a_task_that_is_given_up_drops_what_it_has() {
    let held = Arc::new(());
    let its = Arc::clone(&held);
    let handle = spawn(async move {
        let _its = its;
        pending::<()>().await;
    });
    handle.abort();
    let error = block_on(handle).unwrap_err();
    assert!(error.is_cancelled());
    assert_eq!(Arc::strong_count(&held), 1);
    assert!(error.try_into_panic().is_err());
}

#[test]
fn a_task_that_is_done_is_not_given_up() {
    let handle = spawn(ready(1));
    block_on(async {
        while !handle.done() {
            yield_now().await;
        }
    });
    handle.abort();
    assert_eq!(block_on(handle).unwrap(), 1);
}

#[test]
fn sleeps_last_as_long_as_they_say_wherever_they_are_awaited() {
    let start = Instant::now();
    let slept = || async {
        sleep(MOMENT).await;
        start.elapsed() >= MOMENT
    };
    assert!(block_on(slept()), "on this thread");
    let start = Instant::now();
    let in_a_task = spawn(async move {
        sleep(MOMENT).await;
        start.elapsed() >= MOMENT
    });
    assert!(block_on(in_a_task).unwrap());
    assert!(
        futures_block_on(slept()),
        "by an executor that knows nothing of timers"
    );
}

/// Somebody else's executor.
fn futures_block_on<F: Future>(future: F) -> F::Output {
    use std::pin::pin;
    use std::task::{Context, Poll, Wake};
    struct Unparks(thread::Thread);
    impl Wake for Unparks {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let mut future = pin!(future);
    let waker = Arc::new(Unparks(thread::current())).into();
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        thread::park();
    }
}

#[test]
fn a_timeout_ends_what_takes_longer_and_nothing_else() {
    assert_eq!(block_on(timeout(HOUR, ready(1))), Ok(1));
    assert_eq!(block_on(timeout(MOMENT, pending::<()>())), Err(Elapsed));
    assert_eq!(block_on(timeout(Duration::ZERO, ready(1))), Ok(1));
    let both = spawn(timeout(MOMENT, sleep(HOUR)));
    assert_eq!(block_on(both).unwrap(), Err(Elapsed));
}

#[test]
fn an_earlier_timer_is_not_held_up_by_a_later_one() {
    let later = spawn(sleep(HOUR));
    let order = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = [3, 1, 2]
        .map(|number| {
            let order = Arc::clone(&order);
            spawn(async move {
                sleep(MOMENT * number).await;
                order.lock().push(number);
            })
        })
        .into();
    block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
    let mut all = order.lock().clone();
    all.sort_unstable();
    assert_eq!(all, [1, 2, 3]);
    later.abort();
    assert!(block_on(later).unwrap_err().is_cancelled());
}

#[test]
fn one_future_can_be_run_within_another() {
    let sum = block_on(async {
        let inner = block_on(async { spawn(ready(1)).await.unwrap() + 1 });
        spawn(async move { inner + 1 }).await.unwrap()
    });
    assert_eq!(sum, 3);
}

#[test]
fn on_one_thread_all_tasks_run_on_this_one() {
    let here = thread::current().id();
    let sum = on_one_thread(async move {
        let tasks: Vec<_> = (0..20)
            .map(|number| {
                spawn(async move {
                    yield_now().await;
                    sleep(MOMENT / 10).await;
                    assert_eq!(thread::current().id(), here);
                    number
                })
            })
            .collect();
        let mut sum = 0;
        for task in tasks {
            sum += task.await.unwrap();
        }
        sum
    });
    assert_eq!(sum, 190);
}

#[test]
fn what_is_left_when_the_future_of_one_thread_ends_is_given_up() {
    let held = Arc::new(());
    let [left] = on_one_thread(async {
        let its = Arc::clone(&held);
        let left = spawn(async move {
            let _its = its;
            pending::<()>().await;
        });
        yield_now().await;
        [left]
    });
    assert_eq!(Arc::strong_count(&held), 1);
    assert!(block_on(left).unwrap_err().is_cancelled());
}
