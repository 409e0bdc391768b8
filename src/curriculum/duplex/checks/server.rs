//! The server of the checks, which is no thread: it goes on whenever the client has done something.

use super::script::{End, Script, Step};
use crate::sync::channel::{self, Receiver, Sender};
use std::collections::VecDeque;

/// What it says.
const TEXTS: [&str; 4] = ["bonjour", "", "ça va ?", "*"];

/// What it says that is nearly what ends it.
const NEARLY: [&str; 4] = ["enfin", "fin.", "Thread-1> fin", "fin "];

/// What it says when the client has finished.
const LAST_WORD: &str = "au revoir";

/// A server, and how far the conversation has come.
pub(super) struct Server {
    end: End,
    /// What it has yet to do.
    steps: VecDeque<Step>,
    /// What it has said.
    texts: Vec<String>,
    /// `None` once the connection is closed.
    says: Option<Sender<String>>,
    /// How many lines it has heard.
    heard: usize,
    /// How many of them it has waited for.
    awaited: usize,
    /// How many texts have been printed.
    printed: usize,
    /// The client has said that nothing more comes.
    has_finished: bool,
    /// It has ended the conversation.
    has_ended: bool,
}

impl Server {
    /// One that has said what it says by itself, and where that arrives.
    pub(super) fn new(script: &Script) -> (Self, Receiver<String>) {
        // By this name failures call it.
        let server = channel::unbounded();
        let (says, arriving) = server;
        let mut server = Server {
            end: script.end,
            steps: script.steps.iter().copied().collect(),
            texts: Vec::new(),
            says: Some(says),
            heard: 0,
            awaited: 0,
            printed: 0,
            has_finished: false,
            has_ended: false,
        };
        server.goes_on();
        (server, arriving)
    }

    /// How many lines it has heard.
    pub(super) fn heard(&self) -> usize {
        self.heard
    }

    /// True if it has ended the conversation.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// True if it has been told that nothing more comes.
    pub(super) fn is_told(&self) -> bool {
        self.has_finished
    }

    /// True if the connection is closed, by either side.
    pub(super) fn is_gone(&self) -> bool {
        self.says.is_none()
    }

    /// True if it takes no line any more.
    pub(super) fn is_deaf(&self) -> bool {
        self.has_ended && self.end == End::Deaf
    }

    /// The text that is to be printed next: one that it has said, or would yet say.
    pub(super) fn next_printed(&self) -> Option<&str> {
        let would = self.end == End::LastWord && !self.has_ended;
        let said = self.texts.iter().map(String::as_str);
        said.chain(would.then_some(LAST_WORD)).nth(self.printed)
    }

    /// It hears a line.
    pub(super) fn hears(&mut self) {
        self.heard += 1;
        self.goes_on();
    }

    /// It hears that nothing more comes.
    pub(super) fn hears_the_end(&mut self) {
        self.has_finished = true;
        self.goes_on();
    }

    /// The next text has been printed.
    pub(super) fn is_printed(&mut self) {
        self.printed += 1;
        self.goes_on();
    }

    /// Nothing that it says arrives any more.
    pub(super) fn is_cut_off(&mut self) {
        drop(self.says.take());
    }

    /// Does what it can do by now.
    fn goes_on(&mut self) {
        while let Some(step) = self.steps.front() {
            match step {
                Step::Hears if self.heard == self.awaited => return,
                Step::Hears => self.awaited += 1,
                Step::IsPrinted if self.printed < self.texts.len() => return,
                Step::IsPrinted => {}
                Step::Says => self.says(TEXTS[self.texts.len() % TEXTS.len()]),
                Step::Nearly => self.says(NEARLY[self.texts.len() % NEARLY.len()]),
            }
            self.steps.pop_front();
        }
        if !self.has_ended && (self.has_finished || !self.end.awaits_the_client()) {
            self.has_ended = true;
            self.ends();
        }
    }

    fn says(&mut self, text: &str) {
        self.texts.push(text.to_owned());
        if let Some(says) = &self.says {
            says.send(text.to_owned()).expect("the stage receives");
        }
    }

    fn ends(&mut self) {
        match self.end {
            End::Quiet | End::Closes => self.is_cut_off(),
            End::LastWord => {
                self.says(LAST_WORD);
                self.is_cut_off();
            }
            End::Small | End::Deaf => self.says("fin"),
            End::Capital => self.says("FIN"),
            End::Mixed => self.says("Fin"),
        }
    }
}
