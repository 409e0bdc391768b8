//! What a chat client promises, and what it is given.

use std::sync::Arc;

/// By what a server ends a conversation, in capitals or small letters.
pub const FIN: &str = "fin";

/// What is printed at the end.
pub const FAREWELL: &str = "Client arrêté. Connexion interrompue.";

/// A chat client, which does two things at the same time: it sends what is typed, and it prints what
/// arrives.
pub trait Duplex: 'static {
    /// Talks to a server until the end:
    ///
    /// - Each line is sent as it is typed, in order, and right away: also while nothing arrives.
    /// - What is typed ends nothing, not even `fin`.
    /// - Each text that arrives is printed as `*TEXT*`, in order, and right away: also while nothing is
    ///   typed, or while the server does not take a line.
    /// - Two things end it: the server says `fin`, in capitals or small letters, and nothing besides; or
    ///   the connection is at its end.
    /// - Then nobody waits for another line any more, nor for the server to take one.
    /// - When no line will be typed any more, [`finish`](Connection::finish) tells the server. What it
    ///   still says is printed, too, until one of these two things ends it.
    /// - At the end the connection is closed, once.
    /// - The last thing is [`FAREWELL`]: it is printed once, whatever has ended it, when all threads that
    ///   were started have done their work. Nothing comes after it.
    ///
    /// Then it returns.
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>);
}

/// Where somebody types.
pub trait Keyboard: Send + Sync + 'static {
    /// Waits until a line is typed. `None` if none will be typed any more, or if the keyboard has been
    /// stopped.
    fn line(&self) -> Option<String>;

    /// Nobody is to wait for a line any more: a [`line`](Self::line) that waits ends, and so does each
    /// later one. Does not wait. To stop it again has no effect.
    fn stop(&self);
}

/// The way to the server, and back: a socket, which may be used from two threads at the same time.
pub trait Connection: Send + Sync + 'static {
    /// Sends a text. This takes as long as the server likes.
    ///
    /// # Errors
    /// If the connection is closed, here or by the server.
    fn send(&self, text: &str) -> Result<(), Closed>;

    /// Waits for the next text. `None` is the end: the server has closed the connection, and all that it
    /// said before has been received; or the connection has been closed here.
    fn receive(&self) -> Option<String>;

    /// Tells the server that nothing more will be sent. The server then says what it still has to say,
    /// and closes the connection. Does not wait.
    fn finish(&self);

    /// Closes the connection: a [`receive`](Self::receive) or [`send`](Self::send) that waits ends, and
    /// what has arrived and was not received is lost. Does not wait.
    fn close(&self);
}

/// The connection is closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closed;

/// What somebody looks at.
pub trait Screen: Send + Sync + 'static {
    /// Prints a line.
    fn print(&self, line: &str);
}
