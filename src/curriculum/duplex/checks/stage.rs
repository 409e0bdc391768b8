//! What the checks give to a client: a keyboard, a connection and a screen, which know what is due.
//!
//! Whoever waits here waits for one thing, which comes once: so it is one operation, at a channel.

use super::script::{Script, Typist};
use super::server::Server;
use crate::curriculum::duplex::contract::{Closed, Connection, FAREWELL, Keyboard, Screen};
use crate::curriculum::seen::{called, called_back};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::{self, Mutex};
use crate::text;
use std::collections::VecDeque;
use std::sync::Arc;

/// What is checked: the `run` of a client.
pub(super) type Run = fn(Arc<dyn Keyboard>, Arc<dyn Connection>, Arc<dyn Screen>);

/// What is typed, one line after the other: among it what would end it if the server said it.
const LINES: [&str; 4] = ["salut", "fin", "", "à demain"];

/// What a check judges, besides that all return.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Judged {
    /// What is sent and printed.
    Talk,
    /// When the farewell comes.
    Farewell,
    /// How often the connection is closed.
    Closing,
}

/// The lines that are typed.
fn typed(script: &Script) -> impl Iterator<Item = &'static str> {
    LINES.into_iter().cycle().take(script.typed.into())
}

/// All that a client is given.
pub(super) struct Stage {
    script: Script,
    judged: Judged,
    keyboard: Mutex<Typing>,
    /// Ends when the keyboard is stopped.
    stopped: Receiver<()>,
    talk: Mutex<Talk>,
    said: Receiver<String>,
    /// Ends when the connection is closed here.
    closed: Receiver<()>,
}

/// The keyboard's side.
struct Typing {
    lines: VecDeque<String>,
    /// `None` once it is stopped.
    open: Option<Sender<()>>,
}

/// The conversation by now.
struct Talk {
    server: Server,
    /// `None` once the connection is closed here.
    open: Option<Sender<()>>,
    /// How often it has been closed.
    closings: usize,
    /// How often the farewell has been printed.
    farewells: usize,
}

impl Stage {
    /// A conversation that has not begun.
    pub(super) fn new(script: &Script, judged: Judged) -> Self {
        // By these names failures call them.
        let keyboard_stop = channel::unbounded();
        let closing = channel::unbounded();
        let (server, said) = Server::new(script);
        Stage {
            script: script.clone(),
            judged,
            keyboard: Mutex::new(Typing {
                lines: typed(script).map(str::to_owned).collect(),
                open: Some(keyboard_stop.0),
            }),
            stopped: keyboard_stop.1,
            talk: Mutex::new(Talk {
                server,
                open: Some(closing.0),
                closings: 0,
                farewells: 0,
            }),
            said,
            closed: closing.1,
        }
    }

    /// All lines that are typed.
    fn lines(&self) -> impl Iterator<Item = &'static str> {
        typed(&self.script)
    }

    /// True if the client knows, or could know, that no line will be typed any more.
    fn is_all_sent(&self, talk: &Talk) -> bool {
        self.script.typist == Typist::Ends && talk.server.heard() == usize::from(self.script.typed)
    }

    /// Lets a client talk, and judges what has become of it.
    pub(super) fn talks(self: &Arc<Self>, run: Run) {
        let (keyboard, connection, screen) = (Arc::clone(self), Arc::clone(self), Arc::clone(self));
        called("run", || run(keyboard, connection, screen));
        let talk = self.talk.lock();
        match self.judged {
            Judged::Talk => self.must_be_complete(&talk),
            Judged::Farewell => assert!(
                talk.farewells == 1,
                "{}",
                text!("`run` has returned, and the farewell was not printed")
            ),
            Judged::Closing => assert!(
                talk.closings == 1,
                "{}",
                text!("`run` has returned, and the connection is not closed")
            ),
        }
    }

    /// Demands that nobody has ended it but those who may, and that all is printed that the server has
    /// said, or would have.
    fn must_be_complete(&self, talk: &Talk) {
        assert!(
            talk.server.has_ended() || self.is_all_sent(talk),
            "{}",
            text!("`run` has returned, and neither the server nor the keyboard is at its end")
        );
        if let Some(text) = talk.server.next_printed() {
            panic!(
                "{}",
                text!(
                    "`run` has returned, and what the server says is not printed: {text}",
                    text = format!("{text:?}")
                )
            );
        }
    }

    /// Nothing comes after the farewell.
    fn must_not_be_over(&self, talk: &Talk, what: &str) {
        assert!(
            self.judged != Judged::Farewell || talk.farewells == 0,
            "{}",
            text!(
                "the farewell has been printed, and then a thread {what}",
                what
            )
        );
    }

    /// The keyboard has done what it was asked to.
    fn must_be_in_time(&self, what: &str) {
        if self.judged == Judged::Farewell {
            self.must_not_be_over(&self.talk.lock(), what);
        }
    }

    fn next_line(&self) -> Option<String> {
        let mut keyboard = self.keyboard.lock();
        keyboard.open.as_ref()?;
        let line = keyboard.lines.pop_front();
        drop(keyboard);
        if line.is_none() && self.script.typist == Typist::Stays {
            let stopped = sync::on_purpose(|| self.stopped.recv());
            assert!(stopped.is_err(), "nobody sends");
        }
        line
    }

    fn is_sent(&self, line: &str) -> Result<(), Closed> {
        let mut talk = self.talk.lock();
        self.must_not_be_over(&talk, text!("sends a line"));
        if talk.server.is_gone() {
            return Err(Closed);
        }
        if talk.server.is_deaf() {
            drop(talk);
            let closed = self.closed.recv();
            assert!(closed.is_err(), "nobody sends");
            self.must_be_in_time(text!("still waits to send a line"));
            return Err(Closed);
        }
        self.must_be_next(&talk, line);
        talk.server.hears();
        Ok(())
    }

    /// Demands that this is the next line that was typed.
    fn must_be_next(&self, talk: &Talk, line: &str) {
        let sent = format!("{line:?}");
        assert!(
            !talk.server.is_told(),
            "{}",
            text!(
                "{sent} is sent, after it was said that nothing more comes",
                sent
            )
        );
        match self.lines().nth(talk.server.heard()) {
            Some(next) if line == next => {}
            Some(next) => panic!(
                "{}",
                text!(
                    "{sent} is sent, and the next line was {line}",
                    sent,
                    line = format!("{next:?}")
                )
            ),
            None => panic!("{}", text!("{sent} is sent, and was not typed", sent)),
        }
    }

    fn next_text(&self) -> Option<String> {
        let talk = self.talk.lock();
        self.must_not_be_over(&talk, text!("receives"));
        talk.open.as_ref()?;
        drop(talk);
        let text = self.said.recv().ok();
        self.must_be_in_time(text!("still waits for a text"));
        text
    }

    fn is_finished(&self) {
        let mut talk = self.talk.lock();
        if talk.server.has_ended() || talk.open.is_none() {
            return;
        }
        assert!(
            self.is_all_sent(&talk),
            "{}",
            text!("it is said that nothing more comes, and not all that is typed has been sent")
        );
        talk.server.hears_the_end();
    }

    fn is_closed(&self) {
        let mut talk = self.talk.lock();
        talk.closings += 1;
        assert!(
            self.judged != Judged::Closing || talk.closings == 1,
            "{}",
            text!("the connection is closed a second time")
        );
        talk.server.is_cut_off();
        drop(talk.open.take());
    }

    fn is_printed(&self, line: &str) {
        let mut talk = self.talk.lock();
        if line == FAREWELL {
            talk.farewells += 1;
            assert!(
                self.judged != Judged::Farewell || talk.farewells == 1,
                "{}",
                text!("the farewell is printed a second time")
            );
            return;
        }
        self.must_not_be_over(&talk, text!("prints a line"));
        let printed = format!("{line:?}");
        let next = talk.server.next_printed().map(|text| format!("*{text}*"));
        match next {
            Some(next) if line == next => {}
            Some(next) => panic!(
                "{}",
                text!(
                    "{printed} is printed, and the next line was to be {line}",
                    printed,
                    line = format!("{next:?}")
                )
            ),
            None => panic!(
                "{}",
                text!("{printed} is printed, and nothing has arrived", printed)
            ),
        }
        talk.server.is_printed();
    }
}

impl Keyboard for Stage {
    fn line(&self) -> Option<String> {
        called_back(|| {
            let line = self.next_line();
            self.must_be_in_time(text!("still asks for a line"));
            line
        })
    }

    fn stop(&self) {
        called_back(|| drop(self.keyboard.lock().open.take()));
    }
}

impl Connection for Stage {
    fn send(&self, text: &str) -> Result<(), Closed> {
        called_back(|| self.is_sent(text))
    }

    fn receive(&self) -> Option<String> {
        called_back(|| self.next_text())
    }

    fn finish(&self) {
        called_back(|| self.is_finished());
    }

    fn close(&self) {
        called_back(|| self.is_closed());
    }
}

impl Screen for Stage {
    fn print(&self, line: &str) {
        called_back(|| self.is_printed(line));
    }
}
