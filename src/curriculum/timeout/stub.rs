//! The timeout: a future has so much time, and is given up when that is over.
//!
//! In this version the time is never over. Change `Limit` so that it keeps the contract of
//! `kata::timeout::Timeout`; you need no more than `std::future`, `std::pin` and `std::task`, and
//! everything in `kata::sync` is yours as well.
//!
//!     cargo kata check timeout    checks this file, and draws what goes wrong
//!     cargo kata brief timeout    explains the problem
//!     cargo kata                  shows where you stand

use kata::timeout::{Elapsed, Timeout};

struct Limit;

impl Timeout for Limit {
    async fn timeout<F, T>(future: F, timer: T) -> Result<F::Output, Elapsed>
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        // Nobody looks at it: poll both, until one of them is ready.
        drop(timer);
        Ok(future.await)
    }
}

fn main() -> std::process::ExitCode {
    kata::timeout::check::<Limit>()
}
