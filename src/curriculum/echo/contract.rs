//! What an echo server promises, and what it is given.

use std::sync::Arc;

/// A server that answers clients, each of which it serves by a thread of its own.
///
/// It is served from one thread, and may be stopped from any other one.
pub trait EchoServer: Send + Sync + 'static {
    /// A server that serves nobody yet.
    fn new() -> Self
    where
        Self: Sized;

    /// Lets clients in, one after the other, and serves all of them at the same time:
    ///
    /// - A client that says `TEXT` is answered `echo : TEXT`, whatever the text is. It hears the answers
    ///   to its own texts, one for each and in their order, and nothing else.
    /// - A client that says exactly `exit` is answered `FIN`, and that is its end: nothing more is read
    ///   of it.
    /// - A client that leaves without a word, or whose connection breaks, has come to its end, too.
    /// - At a client's end its connection is closed. Nobody else notices.
    /// - A client that does not come in after all keeps nobody else out.
    /// - A client may say nothing for ever, or not read what it is told. Nobody else waits for that.
    ///
    /// Returns once nobody comes in any more and all threads that it has started have ended: from then on
    /// it uses no connection, and all are closed. Is called once.
    fn serve(&self, listener: Arc<dyn Listener>);

    /// Stops the server: it closes the listener, and the connections of all who are inside, whatever
    /// they are about. Then `serve` returns, without waiting for any client.
    ///
    /// When it returns, all these are closed, and whoever comes in later is closed and not answered. It
    /// may be called at any time, also before `serve`, and more than once.
    fn stop(&self);
}

/// Where clients come in: a socket that listens, as the server sees it.
pub trait Listener: Send + Sync + 'static {
    /// Waits for the next client.
    ///
    /// # Errors
    /// If this one does not come in, or nobody does any more.
    fn accept(&self) -> Result<Arc<dyn Connection>, NotAccepted>;

    /// Lets nobody in any more; an [`accept`](Self::accept) that waits ends, too. Does not wait.
    fn close(&self);
}

/// Why nobody comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAccepted {
    /// The client has gone before it was inside. The next one may come.
    Gone,
    /// The listener is closed.
    Closed,
}

/// A client that is inside: its socket, as the server sees it.
pub trait Connection: Send + Sync + 'static {
    /// Waits for the next text. `None` is the end: the client has left, or the connection has been
    /// closed here.
    ///
    /// # Errors
    /// If the connection is broken.
    fn receive(&self) -> Result<Option<String>, Broken>;

    /// Sends a text. This takes as long as the client likes.
    ///
    /// # Errors
    /// If the connection is broken, or has been closed here.
    fn send(&self, text: &str) -> Result<(), Broken>;

    /// Closes the connection; a [`receive`](Self::receive) or [`send`](Self::send) that waits ends, too.
    /// Does not wait. To close it again has no effect.
    fn close(&self);
}

/// A connection does not work any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken;
