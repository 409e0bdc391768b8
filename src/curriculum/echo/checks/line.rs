//! The sockets of the checks: where clients come in, and the way to each of them.
//!
//! Whoever waits here waits for one thing, which comes once: so it is one operation, at a channel.

use super::clients::{Client, End};
use crate::curriculum::echo::contract::{Broken, Connection, Listener, NotAccepted};
use crate::curriculum::seen::{called_back_as, shown};
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::{self, Mutex, MutexGuard};
use crate::text;
use std::collections::VecDeque;
use std::sync::Arc;

/// What clients say, one text after the other: among it what is not quite `exit`.
const TEXTS: [&str; 9] = [
    "Exit",
    "bonjour",
    "",
    " exit",
    "exit ",
    "FIN",
    "EXIT",
    "echo : ça va ?",
    "exit exit",
];

/// What ends a client.
const EXIT: &str = "exit";

/// Where the clients of a check come in.
pub(super) struct Entry {
    state: Mutex<EntryState>,
    closing: Receiver<()>,
}

struct EntryState {
    coming: VecDeque<Arc<Line>>,
    /// `None` once it is closed: then `closing` ends.
    open: Option<Sender<()>>,
}

/// What has returned.
#[derive(Default)]
pub(super) struct Returned {
    stop: AtomicBool,
    serve: AtomicBool,
}

/// A client's socket.
pub(super) struct Line {
    /// What it is called: `client-1`.
    name: String,
    end: End,
    state: Mutex<LineState>,
    closing: Receiver<()>,
    /// Comes when the server has done for the client what it must do without being stopped, with what it
    /// should have told it and has not.
    due: Receiver<Option<String>>,
    tells: Sender<Option<String>>,
    returned: Arc<Returned>,
}

struct LineState {
    /// What it has yet to say.
    says: VecDeque<String>,
    /// What it is to be told for what it has said, and has not been told yet.
    awaits: VecDeque<String>,
    /// It has come in.
    is_inside: bool,
    /// The server waits for it, which does nothing.
    is_waited_for: bool,
    /// `None` once it is closed: then `closing` ends.
    open: Option<Sender<()>>,
    /// `due` has come.
    has_its_due: bool,
}

impl LineState {
    fn is_closed(&self) -> bool {
        self.open.is_none()
    }

    /// What it would be told next.
    fn next_answer(&self) -> Option<String> {
        let awaited = self.awaits.front().cloned();
        awaited.or_else(|| self.says.front().map(|text| answer(text)))
    }
}

impl Entry {
    /// Where these will come in.
    pub(super) fn new(coming: impl IntoIterator<Item = Arc<Line>>) -> Self {
        let (open, closing) = channel::unbounded();
        Entry {
            state: Mutex::new(EntryState {
                coming: coming.into_iter().collect(),
                open: Some(open),
            }),
            closing,
        }
    }

    /// Demands that nobody can come in any more.
    pub(super) fn must_be_closed(&self) {
        assert!(
            self.state.lock().open.is_none(),
            "{}",
            text!("`serve` has returned, and the listener is not closed")
        );
    }

    fn accepts(&self) -> Result<Arc<Line>, NotAccepted> {
        let mut state = self.state.lock();
        if state.open.is_none() {
            return Err(NotAccepted::Closed);
        }
        let next = state.coming.pop_front();
        drop(state);
        let Some(line) = next else {
            let closed = self.closing.recv();
            assert!(closed.is_err(), "nobody sends");
            return Err(NotAccepted::Closed);
        };
        if line.end == End::IsGone {
            return Err(NotAccepted::Gone);
        }
        line.state.lock().is_inside = true;
        Ok(line)
    }
}

impl Listener for Entry {
    fn accept(&self) -> Result<Arc<dyn Connection>, NotAccepted> {
        let answer = |accepted: &Result<Arc<Line>, NotAccepted>| match accepted {
            Ok(line) => Some(format!("Ok({})", line.name)),
            Err(why) => Some(format!("Err({why:?})")),
        };
        let name = || "listener.accept()".to_owned();
        Ok(called_back_as(name, answer, || self.accepts())?)
    }

    fn close(&self) {
        let name = || "listener.close()".to_owned();
        called_back_as(name, |_| None, || drop(self.state.lock().open.take()));
    }
}

impl Returned {
    /// Whoever has not been answered by now need not be: `stop` has returned.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    /// The server has done with all clients: `serve` has returned.
    pub(super) fn serve(&self) {
        self.serve.store(true, Ordering::SeqCst);
    }
}

impl Line {
    /// The socket of this client, which is the n-th, from 0.
    pub(super) fn new(number: usize, client: Client, returned: &Arc<Returned>) -> Self {
        // Each begins elsewhere: what is another's is seen.
        let texts = TEXTS.iter().cycle().skip(number).take(client.texts.into());
        let exit = (client.end == End::Exits).then_some(&EXIT);
        let (open, closing) = channel::unbounded();
        let (tells, due) = channel::unbounded();
        Line {
            name: format!("client-{}", number + 1),
            end: client.end,
            state: Mutex::new(LineState {
                says: texts.chain(exit).map(|text| (*text).to_owned()).collect(),
                awaits: VecDeque::new(),
                is_inside: false,
                is_waited_for: false,
                open: Some(open),
                has_its_due: false,
            }),
            closing,
            due,
            tells,
            returned: Arc::clone(returned),
        }
    }

    /// Waits until the server has done for the client what it must do without being stopped.
    pub(super) fn awaits_its_due(&self) {
        // One that does not come in has nothing to wait for.
        if self.end == End::IsGone {
            return;
        }
        let name = || self.call("is_served()");
        let due = called_back_as(name, |_| None, || sync::on_purpose(|| self.due.recv()));
        if let Some(answer) = due.expect("it comes before it ends") {
            panic!(
                "{}",
                text!(
                    "the connection of {client} is closed, and it was not told {answer}",
                    client = self.name,
                    answer = format!("{answer:?}")
                )
            );
        }
    }

    /// Tells whoever waits for that, once the server has done what it must do.
    fn tells(&self, mut state: MutexGuard<'_, LineState>) {
        let is_due = match self.end {
            End::IsGone => false,
            End::StaysDeaf => state.is_waited_for,
            End::Stays => state.is_waited_for && state.awaits.is_empty(),
            End::Exits | End::Leaves | End::Breaks => state.is_closed(),
        };
        let comes = is_due && !state.has_its_due;
        state.has_its_due |= is_due;
        let can_be_told = matches!(self.end, End::Exits | End::Leaves);
        let missing = state.next_answer().filter(|_| can_be_told);
        drop(state);
        if comes {
            self.tells.send(missing).expect("this has the receiver");
        }
    }

    /// Demands that the server has done with the client: `serve` has returned.
    pub(super) fn must_be_over(&self) {
        let state = self.state.lock();
        assert!(
            state.is_closed() || !state.is_inside,
            "{}",
            text!(
                "`serve` has returned, and the connection of {client} is not closed",
                client = self.name
            )
        );
    }

    /// What the server does with a client that it has done with is wrong. By then all connections are
    /// closed, so only those need to look.
    fn must_be_served(&self) {
        assert!(
            !self.returned.serve.load(Ordering::SeqCst),
            "{}",
            text!(
                "`serve` has returned, and a thread goes on with {client}",
                client = self.name
            )
        );
    }

    /// Lets the server wait until it closes the connection.
    fn does_nothing(&self, mut state: MutexGuard<'_, LineState>) {
        state.is_waited_for = true;
        self.tells(state);
        let closed = sync::on_purpose(|| self.closing.recv());
        assert!(closed.is_err(), "nobody sends");
        self.must_be_served();
    }

    fn receives(&self) -> Result<Option<String>, Broken> {
        let mut state = self.state.lock();
        if state.is_closed() {
            self.must_be_served();
            return Ok(None);
        }
        if let Some(text) = state.says.pop_front() {
            if self.end != End::Breaks || !state.says.is_empty() {
                state.awaits.push_back(answer(&text));
            }
            return Ok(Some(text));
        }
        match self.end {
            End::Leaves | End::IsGone => Ok(None),
            End::Breaks => Err(Broken),
            End::Exits => panic!(
                "{}",
                text!(
                    "{client} has said `exit`, and more is read of it",
                    client = self.name
                )
            ),
            End::Stays | End::StaysDeaf => {
                self.does_nothing(state);
                Ok(None)
            }
        }
    }

    fn is_sent(&self, text: &str) -> Result<(), Broken> {
        let mut state = self.state.lock();
        if state.is_closed() {
            self.must_be_served();
            return Err(Broken);
        }
        if self.end == End::Breaks && state.says.is_empty() {
            return Err(Broken);
        }
        if self.end == End::StaysDeaf {
            self.does_nothing(state);
            return Err(Broken);
        }
        assert!(
            !self.returned.stop.load(Ordering::SeqCst),
            "{}",
            text!(
                "`stop` has returned, and {client} is told {text}",
                client = self.name,
                text = format!("{text:?}")
            )
        );
        match state.awaits.pop_front() {
            Some(expected) => assert!(
                text == expected,
                "{}",
                text!(
                    "{client} is told {text}, and should be told {expected}",
                    client = self.name,
                    text = format!("{text:?}"),
                    expected = format!("{expected:?}")
                )
            ),
            None => panic!(
                "{}",
                text!(
                    "{client} is told {text}, and waits for no answer",
                    client = self.name,
                    text = format!("{text:?}")
                )
            ),
        }
        self.tells(state);
        Ok(())
    }

    /// That is never wrong.
    fn is_closed_now(&self) {
        let mut state = self.state.lock();
        drop(state.open.take());
        self.tells(state);
    }

    /// A call of this method, in a drawing.
    fn call(&self, method: &str) -> String {
        format!("{}.{method}", self.name)
    }
}

/// What the server is to say to this.
fn answer(text: &str) -> String {
    if text == EXIT {
        return "FIN".to_owned();
    }
    format!("echo : {text}")
}

impl Connection for Line {
    fn receive(&self) -> Result<Option<String>, Broken> {
        called_back_as(|| self.call("receive()"), shown, || self.receives())
    }

    fn send(&self, text: &str) -> Result<(), Broken> {
        let name = || self.call(&format!("send({text:?})"));
        called_back_as(name, shown, || self.is_sent(text))
    }

    fn close(&self) {
        called_back_as(|| self.call("close()"), |_| None, || self.is_closed_now());
    }
}
