//! What `timeout` promises.

/// The time was over before the future was ready.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Elapsed;

/// Gives a future so much time, and no more.
pub trait Timeout: 'static {
    /// Awaits a future and a timer, and answers with what comes first.
    ///
    /// - The timer may be any future: it is ready when the time is over.
    /// - To call it polls nothing.
    /// - Its first poll polls the future, and the timer as well if the future is pending.
    /// - Each later poll polls those of the two that have been woken, or both.
    /// - If the future is ready, its output is the answer of that poll, even if the timer is ready too.
    /// - If the timer is ready and the future is not, the answer of that poll is `Elapsed`.
    /// - So `Elapsed` says that the future was never ready: nothing that it has taken is lost.
    /// - Neither of the two is polled any more once it was ready.
    /// - A poll waits for nothing: while both are pending, so is it.
    /// - It is woken when one of the two is, be it in the middle of a poll: by the waker of its last poll.
    /// - It is woken for nothing else.
    /// - Both are polled by whoever polls it: it starts no thread and no task.
    /// - When it answers, both have been dropped.
    /// - If it is dropped without an answer, so are both.
    /// - If the poll of one of them panics, so does its own, with the same payload, and then both are
    ///   dropped with it.
    fn timeout<F, T>(
        future: F,
        timer: T,
    ) -> impl Future<Output = Result<F::Output, Elapsed>> + Send
    where
        F: Future<Output: Send> + Send + 'static,
        T: Future<Output = ()> + Send + 'static;
}
