//! The kata `relay`: what one client says all others hear, in one order, and a slow one harms nobody.

pub mod alternatives;
mod judge;
mod notes;
mod script;
pub mod slips;
pub mod solution;
mod stage;

use super::Kata;
use crate::diagnosis::Label;
use crate::explore::check::Check;
use notes::Notes;
use script::Script;
use stage::play;
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
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Departure {
    /// It left.
    Left,
    /// It was dropped: its outbox was full when something was said.
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
/// What is done must not depend on chance: go through clients in an order that is the same in every
/// execution, such as a `BTreeMap`'s, and not a `HashMap`'s.
///
/// A client is served by two threads. One listens to it: it calls `join`, `say` and `leave`, none
/// of which ever waits for a client. The other one is in `deliver`.
pub trait Relay: Send + Sync + 'static {
    /// A relay without clients, each of whom will have an outbox that holds at least `capacity`
    /// texts, and at least one.
    fn new(capacity: usize) -> Self;

    /// Lets a client in, and gives it the next name: 1, 2, 3 and so on, none of them twice.
    ///
    /// The first text in its outbox is [`WELCOME`]. Writing it is up to `deliver`.
    fn join(&self, wire: Arc<dyn Wire>) -> Name;

    /// Puts `SPEAKER> TEXT` into the outboxes of all other clients; what a client says that has
    /// departed is heard by nobody.
    ///
    /// A client whose outbox is full is dropped: it departs as [`Stalled`](Departure::Stalled), and
    /// its wire is cut. Nobody is dropped for whom no more than `capacity` texts wait that have not
    /// been written, the welcome included; and of those for whom more than twice as many wait,
    /// everyone is.
    fn say(&self, speaker: Name, text: &str);

    /// The client departs: what is said from now on it does not hear. What waits in its outbox it
    /// still does. If it has departed already, nothing happens.
    fn leave(&self, client: Name);

    /// Writes to the client what comes into its outbox, in order, and returns once it has departed
    /// and all has been written, or once its wire is broken: then it departs as
    /// [`Lost`](Departure::Lost). Says which of its departures came first.
    ///
    /// Is called once for each client, and nothing else writes to its wire. While it writes, which
    /// may take for ever, everybody else can join, speak, leave and hear.
    fn deliver(&self, client: Name) -> Departure;
}

/// The kata.
pub const KATA: Kata = Kata {
    number: 6,
    name: "relay",
    title: "The chat relay",
    summary: "What one client says all others hear, in one order; a slow one harms nobody.",
    brief: include_str!("brief.md"),
    hints: [
        "Who may see the table of clients between two steps of yours? Think of one that joins \
         there, one that leaves, and one that speaks.",
        "Let one lock be the order: join, say and leave each hold it from beginning to end. That \
         is only possible if nothing under it ever waits for a client, so messages go into an \
         outbox there, and somebody else writes them.",
        "`Mutex<BTreeMap<Name, Sender<Text>>>`, with a `channel::bounded` for each client. `say` \
         locks, and calls `try_send`: an error means that the outbox is full. `leave` drops the \
         sender, which ends the loop in `deliver` after the last text. Never write with the lock \
         held: take the receiver out of the table first.",
    ],
    hints_for: &[
        (Label::LostUpdate, 1),
        (Label::CheckThenAct, 1),
        (Label::WaitsHoldingLock, 2),
        (Label::HeldUp, 1),
        (Label::SleepsHoldingLock, 2),
        (Label::QueueStaysFull, 2),
        (Label::QueueNeverEnds, 2),
        (Label::NotExclusive, 1),
        (Label::LockOrder, 1),
    ],
    hint_otherwise: Some(0),
    stub: "06_relay.rs",
    original: include_str!("stub.rs"),
    solution: checks::<solution::Switchboard>,
    alternatives: alternatives::ALL,
    slips: slips::ALL,
};

/// Texts that can wait, where nobody is to be slow: more than are ever said.
const PLENTY: usize = 16;

/// Texts that can wait, where somebody is.
const FEW: usize = 2;

/// Texts that can wait, where nothing is said of it.
const NONE: usize = 0;

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        scripted(
            make,
            "others_hear_and_the_speaker_does_not",
            "What one client says all others hear, and it does not hear itself.",
            [
                &["2/s1", "2/s1.s2.l1.d1", "3/s1.l2.s1"],
                &["2/s1", "2/s1.s2.l1.d1"],
            ],
            PLENTY,
            judge::messages,
        ),
        scripted(
            make,
            "names_are_never_used_again",
            "Clients are called 1, 2, 3 and so on, as they come, and no name comes again.",
            [
                &["3/j1.l1.j2.j3", "2/j1+j2", "2/j1.l1+j2"],
                &["3/j1.l1.j2.j3", "2/j1+j2"],
            ],
            PLENTY,
            judge::names,
        ),
        scripted(
            make,
            "the_welcome_comes_first",
            "Everybody is welcomed, and hears nothing before that.",
            [&["2/s1+j2.l2.d2", "2/s1+j2.s2.l2.d2"], &["2/s1+j2.l2.d2"]],
            PLENTY,
            judge::welcomes,
        ),
        scripted(
            make,
            "nothing_is_missed",
            "What is said between its welcome and its departure a client hears, exactly once.",
            [
                &[
                    "3/l1+s3",
                    "3/j1+s2",
                    "2/j1.s2+l2",
                    "3/s1.l1+s2",
                    "2/s1+l1.j2",
                    "3/s1+l2.l3",
                ],
                &[
                    "3/l1+s3",
                    "3/j1+s2",
                    "2/j1.s2+l2",
                    "2/s1+l1.j2",
                    "3/s1+l2.l3",
                ],
            ],
            PLENTY,
            judge::messages,
        ),
        scripted(
            make,
            "all_hear_one_order",
            "All hear what is said in the same order.",
            [&["4/s1+s2", "4/s1.s2+s3"], &["4/s1+s2"]],
            PLENTY,
            judge::order,
        ),
        scripted(
            make,
            "who_leaves_hears_the_rest",
            "A client that leaves hears what was said before, and then `deliver` returns.",
            [
                &["2/s1.l2+d2", "2/l2+d1+d2.l1", "2/s1.l1+s2.l2+d1"],
                &["2/s1.l2+d2", "2/l2+d1+d2.l1"],
            ],
            PLENTY,
            judge::others,
        ),
        scripted(
            make,
            "a_lost_client_harms_nobody",
            "A client whose connection breaks departs, and the others hear each other.",
            [
                &["3/b2.s1+d2", "3/b2.s1.s1+d2", "3/b2.s1+d2+s3"],
                &["3/b2.s1+d2"],
            ],
            PLENTY,
            judge::others,
        ),
        scripted(
            make,
            "nobody_waits_for_a_slow_client",
            "While a text is being written to a client that takes none, the others go on.",
            [
                &[
                    "2/z2.s1.b2+d2",
                    "3/z2.j3.s3.l1.b2+d2",
                    "3/z2.s1.l3.d3.b2+d2",
                ],
                &["2/z2.s1.b2+d2"],
            ],
            PLENTY,
            judge::others,
        ),
        scripted(
            make,
            "a_slow_client_is_dropped",
            "A client that takes nothing is dropped when its outbox is full, and not before.",
            [
                &["2/s1", "2/s1.b2.s1+d2", "2/z2.s1.s1.s1.s1.s1.b2+d2"],
                &["2/s1", "2/s1.b2.s1+d2", "2/z2.s1.s1.s1.s1.s1.b2.d2"],
            ],
            FEW,
            judge::dropped_if_slow,
        ),
        first_cause(make),
        scripted(
            make,
            "a_slow_client_harms_nobody",
            "When one client is dropped, the others, who have room, hear what was said.",
            [
                &["3/s1.j3.s1", "3/s1.s1.l2+d2"],
                &["3/s1.j3.s1", "3/s1.s1.l2+d2"],
            ],
            FEW,
            judge::dropped_if_slow,
        ),
        scripted(
            make,
            "there_is_room_for_one_text",
            "An outbox holds one text at least, even if its capacity is said to be 0.",
            [&["1/j1.l1.d1", "2/j2.s1"], &["1/j1.l1.d1", "2/j2.s1"]],
            NONE,
            judge::dropped_if_slow,
        ),
        every_session(make),
    ]
}

/// A check of these scripts, for the engine and for loom.
fn scripted(
    make: Make,
    name: &'static str,
    promise: &'static str,
    [engine, loom]: [&[&str]; 2],
    capacity: usize,
    judge: fn(&[Notes]),
) -> Check {
    let generated = proptest::sample::select(scripts(engine));
    let scenario = move |script: &Script| play(make, script, capacity, judge);
    Check::new(
        name,
        promise,
        generated,
        scripts(engine),
        scripts(loom),
        scenario,
    )
}

fn first_cause(make: Make) -> Check {
    let sessions: &[&str] = &[
        "2/b1.d1",
        "2/b1.d1.l1",
        "2/l1.b1.d1",
        "2/b1.d1.s1",
        "2/s1.s1.s1.s1.s1.l2.d2",
        "2/s1.s1.s1.s1.s1.s2.l1.d1.d2",
    ];
    scripted(
        make,
        "the_first_cause_counts",
        "`deliver` says what made a client depart first, and then nobody hears it any more.",
        [sessions, sessions],
        FEW,
        judge::causes,
    )
}

fn every_session(make: Make) -> Check {
    Check::new(
        "every_session_is_sound",
        "Whoever joins, speaks, leaves or fails, and whenever, all of this holds.",
        Script::any(),
        scripts(&["2/l1.l1.s1", "2/b2.l2+d2", "3/j1.l1.s1+s2"]),
        scripts(&["2/l1.l1.s1", "2/b2.l2+d2"]),
        move |script| play(make, script, PLENTY, judge::everything),
    )
}

fn scripts(texts: &[&str]) -> Vec<Script> {
    texts.iter().map(|text| Script::of(text)).collect()
}

/// What every relay promises, from the simplest to the most demanding.
pub fn checks<R: Relay>() -> Vec<Check> {
    checks_of(|capacity| Arc::new(R::new(capacity)))
}

/// Makes a relay of this capacity.
type Make = fn(usize) -> Arc<dyn AnyRelay>;

/// A relay of whatever type: so the checks are compiled once for all of them.
trait AnyRelay: Send + Sync {
    fn join(&self, wire: Arc<dyn Wire>) -> Name;
    fn say(&self, speaker: Name, text: &str);
    fn leave(&self, client: Name);
    fn deliver(&self, client: Name) -> Departure;
}

impl<R: Relay> AnyRelay for R {
    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        Relay::join(self, wire)
    }

    fn say(&self, speaker: Name, text: &str) {
        Relay::say(self, speaker, text);
    }

    fn leave(&self, client: Name) {
        Relay::leave(self, client);
    }

    fn deliver(&self, client: Name) -> Departure {
        Relay::deliver(self, client)
    }
}
