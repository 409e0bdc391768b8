//! What a task's result promises.

/// The result of a running task, for all who wait for it.
///
/// The task and those who wait share it. Any number of threads and tasks may use it at the same time; none of
/// its calls waits for another one, nor does any poll.
pub trait TaskResult<T: Clone + Send + 'static>: Send + Sync + 'static {
    /// The result of a task that runs.
    fn new() -> Self
    where
        Self: Sized;

    /// Says what the task has come to: the task calls it once, at its end.
    ///
    /// - All who wait are woken, whoever they are, and each by the waker of its last poll.
    /// - What is woken may do anything with this result at once, within the call of the waker.
    fn complete(&self, result: T);

    /// True once the result is there.
    ///
    /// - Who has seen `true` gets the result in the first poll.
    /// - It also sees what the task did before `complete`.
    fn done(&self) -> bool;

    /// A future of the result.
    ///
    /// - It is pending until the task has completed, and then ready.
    /// - It is woken for the result, and for nothing else.
    /// - Each future gets the result: several at the same time, and those that are made later.
    /// - It may be polled as often as somebody likes, and by another waker each time: of these wakers the last
    ///   one is kept, and no other.
    /// - Once it is ready or has been dropped, no waker of it is kept.
    /// - If it is dropped, be it at the moment of the result, the others are woken all the same.
    fn result(&self) -> impl Future<Output = T> + Send;
}

/// What the tasks of the checks come to.
pub type Value = u64;
