//! What a relay promises, and what it is given.

use crate::sync::time::Duration;
use std::fmt;
use std::sync::Arc;

/// What every client is told first.
pub const WELCOME: &str = "Vous êtes connecté. Envoyez vos messages.";

/// A text on its way to clients. All of them share it.
pub type Text = Arc<str>;

/// What clients are called: the first one to arrive is `Thread-1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name(
    /// How many had arrived by then, this one included.
    pub u64,
);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Thread-{}", self.0)
    }
}

/// The way to one client: its socket, as the relay sees it.
pub trait Wire: Send + Sync + 'static {
    /// Sends the texts, in this order. This takes as long as the client likes.
    ///
    /// # Errors
    /// The connection has ended, and some of the texts have not arrived. So it is from now on.
    fn write(&self, texts: &[Text]) -> Result<(), Broken>;

    /// Ends the connection, so that a [`write`](Self::write) that waits fails. Does not wait.
    fn cut(&self);
}

/// A connection has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken;

/// Why a client is no longer there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Departure {
    /// It left.
    Left,
    /// It was dropped: it took nothing while others waited for room in its outbox.
    Stalled,
    /// Its connection broke.
    Lost,
}

/// What passes on to all clients what one of them says.
///
/// Joining, speaking and leaving happen one at a time, each at some moment of its call: so there is
/// *one order*, and whatever had returned before another call began comes before it. A client
/// hears, in that order and once each, what *the others* say after it joined and before it departed.
///
/// What depends on chance cannot be verified: go through clients in an order that is the same in every
/// execution, such as a `BTreeMap`'s, and not a `HashMap`'s.
///
/// A client is served by two threads. One listens to it: it calls `join`, `say` and `leave`. The
/// other one is in `deliver`.
///
/// Who speaks faster than the others read has to wait for them, in `say`. Nothing else ever waits
/// for a client but its own `deliver`, and nobody waits for ever for one that takes nothing.
pub trait Relay: Send + Sync + 'static {
    /// An empty relay. Each client gets an outbox for at least `capacity` texts; a capacity of 0
    /// counts as 1. One that takes nothing for `patience` can be dropped, as [`say`](Self::say)
    /// tells; with `Duration::MAX` nobody ever is.
    fn new(capacity: usize, patience: Duration) -> Self
    where
        Self: Sized;

    /// Lets a client in, and gives it the next name: 1, 2, 3 and so on, in the order in which they
    /// join, none of them twice.
    ///
    /// The first text in its outbox is [`WELCOME`]. Writing it is up to `deliver`.
    fn join(&self, wire: Arc<dyn Wire>) -> Name;

    /// Waits until all other clients have room, and then puts `SPEAKER> TEXT` into all their
    /// outboxes, at one moment, whatever the text is. What a client says that has departed is heard
    /// by nobody. May also wait for those who waited before it.
    ///
    /// Let `n` be the texts that wait for a client and are not written yet, the welcome included.
    /// With `n` below `capacity` there is room; with `n` at `2 * capacity` there is none; in
    /// between is up to you. Nobody waits for room at a client that has departed.
    ///
    /// A client is dropped if somebody waits for room at it and nothing is written to it for
    /// `patience`: it departs as [`Stalled`](Departure::Stalled), and its wire is cut. It is not
    /// dropped before `patience` is over, and it is before twice `patience` is.
    fn say(&self, speaker: Name, text: &str);

    /// The client departs: it hears nothing that is said from now on, but still hears what waits
    /// in its outbox. A second call has no effect.
    fn leave(&self, client: Name);

    /// Writes to the client what comes into its outbox, in order, and returns once it has departed
    /// and all has been written, or once its wire is broken: then it departs as
    /// [`Lost`](Departure::Lost). Says which of its departures came first.
    ///
    /// Is called once for each client. Nothing else writes to its wire. While it writes, which
    /// may take for ever, everybody else can join, leave and hear; and speak, as long as there is
    /// room.
    fn deliver(&self, client: Name) -> Departure;
}
