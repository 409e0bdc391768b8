//! Three tasks, and one that awaits all of them at once.

use super::super::sync::Scenario;
use super::super::sync::task::{JoinHandle, block_on, spawn, yield_now};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// The program.
pub fn of_3() -> Scenario {
    Scenario::new().thread("gathers", || {
        let sum: u32 = block_on(async {
            let tasks = [1, 2, 3].map(|number| {
                spawn(async move {
                    yield_now().await;
                    number
                })
            });
            gather(tasks).await.iter().sum()
        });
        assert_eq!(sum, 6);
    })
}

/// What the tasks come to, once all have. Each poll asks those that have not been heard of.
async fn gather<const N: usize>(mut tasks: [JoinHandle<u32>; N]) -> Vec<u32> {
    let mut results = [None; N];
    poll_fn(move |context| {
        for (task, result) in tasks.iter_mut().zip(&mut results) {
            if result.is_none()
                && let Poll::Ready(done) = Pin::new(task).poll(context)
            {
                *result = Some(done.expect("nobody gives it up"));
            }
        }
        let all: Option<Vec<u32>> = results.into_iter().collect();
        all.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}
