//! What the two parties of a dialogue promise, and what they are given.

/// What the server says first.
pub const WELCOME: &str = "Vous êtes connecté au serveur Marcel. Envoyez vos messages.";

/// What ends a dialogue.
pub const FIN: &str = "fin";

/// The two parties of a dialogue, who speak in turn: the server, the client, the server, and so on.
///
/// Each party is a thread of its own, with its end of a wire, and with a console at which somebody sits.
/// A turn is one text. Who has said one listens until the other has answered.
pub trait Dialogue: 'static {
    /// The server's part. It speaks first:
    ///
    /// - It says [`WELCOME`]. From then on what it says are the lines that are typed, one a turn, as they
    ///   are typed.
    /// - It shows each text that it hears, once, before it asks for a line to answer with.
    /// - A line that is empty is no text: it asks for another one.
    /// - Three things end the dialogue: the client says `fin`, in capitals or small letters, and nothing
    ///   besides; the wire is closed, which is shown as an empty text; or no line will be typed any more.
    /// - What the server says itself does not end it, not even `fin`.
    /// - At the end the server asks for no line. It says `fin` once, whoever has ended the dialogue and
    ///   whether or not the client is still there. Then it closes the wire, and returns.
    fn serve(wire: &dyn Wire, console: &dyn Console);

    /// The client's part. It listens first:
    ///
    /// - It shows each text that it hears, once, and then answers with the line that is typed, as it is
    ///   typed.
    /// - A line that is empty is no text: it asks for another one.
    /// - Three things end the dialogue: the server says `fin`, in capitals or small letters, and nothing
    ///   besides; the wire is closed; or no line will be typed any more. None of them is shown.
    /// - What the client says itself does not end it: who says `fin` listens to the answer.
    /// - At the end the client asks for no line and says nothing. It closes the wire, and returns.
    fn call(wire: &dyn Wire, console: &dyn Console);
}

/// A party's end of the wire: a connection, as the party sees it.
pub trait Wire: Send + Sync {
    /// Sends a text, and does not wait. An empty text is nothing: it does not arrive.
    ///
    /// # Errors
    /// If the wire is closed, here or at the other end. Nobody hears the text then.
    fn send(&self, text: &str) -> Result<(), Closed>;

    /// Waits for what the other party has said, one text after the other. `None` is the end: the wire is
    /// closed, and all has been heard that was said before.
    fn receive(&self) -> Option<String>;

    /// Closes the wire. What has been said before still arrives, and then the end. To close it again has
    /// no effect.
    fn close(&self);
}

/// The wire is closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closed;

/// Where somebody sits: a keyboard and a screen.
pub trait Console: Send + Sync {
    /// Asks for a line, and waits until it is typed. `None` if none will be typed any more.
    fn ask(&self) -> Option<String>;

    /// Shows what the other party has said.
    fn show(&self, text: &str);
}
