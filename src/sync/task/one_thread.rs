//! An executor of one thread.

use super::polling;
use super::turns::{OneThread, enter};
use std::panic::Location;
use std::sync::Arc;

/// Runs a future, and all tasks that it and they start, on this thread alone.
///
/// When the future is ready, the tasks that are left are given up, as by [`JoinHandle::abort`](super::JoinHandle::abort).
///
/// ```
/// # extern crate engine as kata;
/// use kata::sync::task;
///
/// # if kata::sync::BACK_ENDS.contains(&kata::explore::BackEnd::Loom) { return }
/// let name = task::on_one_thread(async {
///     task::spawn(async { "one" }).await.unwrap()
/// });
/// assert_eq!(name, "one");
/// ```
#[track_caller]
pub fn on_one_thread<F: Future>(future: F) -> F::Output {
    let location = Location::caller();
    let one = Arc::new(OneThread::new(location));
    let entered = enter(Arc::clone(&one));
    let output = one.run(future, |future| polling::run(future, location));
    one.end();
    drop(entered);
    output
}
