//! `block_on`: a thread polls a future until it is ready, and sleeps in between.
//!
//! In this version nobody can wake the thread, and so it polls again and again. Change `Runner` so
//! that it keeps the contract of `kata::block_on::BlockOn`; everything in `kata::sync` is yours:
//! `Mutex`, `Condvar`, `atomic`, `channel`, `thread`, ...
//!
//!     cargo kata check block_on    checks this file, and draws what goes wrong
//!     cargo kata brief block_on    explains the problem
//!     cargo kata                   shows where you stand

use kata::block_on::BlockOn;
use kata::sync::thread;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct Runner;

impl BlockOn for Runner {
    fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        // A waker that wakes nobody.
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            // Not yet: wait here until somebody uses the waker.
            thread::yield_now();
        }
    }
}

fn main() -> std::process::ExitCode {
    kata::block_on::check::<Runner>()
}
