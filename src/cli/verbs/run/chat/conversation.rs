//! What a chat's screen shows, and what keys do to it. Without a terminal.

use crate::cli::services::widgets::field::Field;
use crate::cli::services::widgets::keys::{Meaning, meaning};
use crate::cli::services::widgets::messages::Messages;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use kata::programs::kit::framing::MAX_MESSAGE;

/// How the connection stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConnectionState {
    Connected,
    /// The server takes nothing at the moment.
    Busy,
    /// What was typed is still being sent.
    Leaving,
}

/// What a key asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// These messages.
    Send(Vec<String>),
    Quit,
    /// Everything again: something else has written on the screen.
    Redraw,
}

/// A chat as its client sees it.
pub struct Conversation {
    pub address: String,
    pub state: ConnectionState,
    pub line: Field,
    pub messages: Messages,
}

impl Conversation {
    pub fn new(address: &str) -> Self {
        Conversation {
            address: address.to_owned(),
            state: ConnectionState::Connected,
            line: Field::new("> ", MAX_MESSAGE),
            messages: Messages::default(),
        }
    }

    /// Does what a key asks for, or says what is to be done.
    pub fn press(&mut self, key: KeyEvent) -> Option<Wish> {
        match meaning(key) {
            Meaning::Quit => Some(Wish::Quit),
            Meaning::Redraw => Some(Wish::Redraw),
            Meaning::Act => self.send(),
            Meaning::Other if self.is_end(key) => Some(Wish::Quit),
            // There is one line to type in.
            Meaning::Next | Meaning::Previous | Meaning::Other => {
                if !self.messages.press(key) {
                    self.line.entry.press(key);
                }
                None
            }
        }
    }

    /// The end of what is typed, as terminals know it.
    fn is_end(&self, key: KeyEvent) -> bool {
        let with_control = key.modifiers.contains(KeyModifiers::CONTROL);
        key.code == KeyCode::Char('d') && with_control && self.line.entry.is_empty()
    }

    /// A message for each line. None of them is empty: that would end the session.
    fn send(&self) -> Option<Wish> {
        let lines: Vec<String> = self.line.entry.lines().map(str::to_owned).collect();
        (!lines.is_empty()).then_some(Wish::Send(lines))
    }

    /// The first so many lines of the entry have been handed over.
    pub fn sent(&mut self, lines: usize) {
        let entry = &mut self.line.entry;
        let sent: Vec<String> = entry.lines().take(lines).map(str::to_owned).collect();
        entry.leave_out(lines);
        for line in sent {
            self.messages.add(&format!("> {line}"));
        }
        self.messages.follow();
    }
}
