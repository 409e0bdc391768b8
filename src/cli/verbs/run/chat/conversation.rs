//! What a chat's screen shows, and what keys do to it. Without a terminal.

use crate::cli::services::entry::Entry;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use kata::programs::kit::framing::MAX_MESSAGE;
use ratatui::style::Style;
use ratatui::text::Span;
use std::collections::VecDeque;

/// Messages that are kept; older ones are forgotten.
const KEPT: usize = 1000;

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
    pub entry: Entry,
    messages: VecDeque<String>,
    /// How many have been forgotten.
    forgotten: usize,
    /// The messages, cut to the width; each with its message's number.
    rows: VecDeque<(usize, String)>,
    width: u16,
    height: u16,
    /// How many rows below the last visible one are out of sight.
    below: usize,
}

impl Conversation {
    pub fn new(address: &str) -> Self {
        Conversation {
            address: address.to_owned(),
            state: ConnectionState::Connected,
            entry: Entry::new(MAX_MESSAGE),
            messages: VecDeque::new(),
            forgotten: 0,
            rows: VecDeque::new(),
            width: 0,
            height: 0,
            below: 0,
        }
    }

    /// How many messages there have been.
    pub fn count(&self) -> usize {
        self.forgotten + self.messages.len()
    }

    /// How many rows below are out of sight.
    pub fn below(&self) -> usize {
        self.below
    }

    /// The visible rows.
    pub fn rows(&self) -> impl Iterator<Item = &str> {
        let end = self.rows.len() - self.below;
        let start = end.saturating_sub(self.height.into());
        self.rows.range(start..end).map(|(_, row)| row.as_str())
    }

    /// The list of messages has this size from now on. What stands at its end stays there.
    pub fn resize(&mut self, width: u16, height: u16) {
        if (self.width, self.height) == (width, height) {
            return;
        }
        let last = self.rows.len().checked_sub(self.below + 1);
        let last = last.map(|last| self.rows[last].0);
        (self.width, self.height) = (width, height);
        let is_following = self.below == 0;
        self.rows.clear();
        for (index, message) in self.messages.iter().enumerate() {
            let number = self.forgotten + index;
            let rows = wrapped(message, width).map(|row| (number, row));
            self.rows.extend(rows);
        }
        self.below = match last {
            Some(last) if !is_following => self.rows.iter().filter(|row| row.0 > last).count(),
            _ => 0,
        };
        self.scroll(0);
    }

    /// Adds a message. Who reads older ones goes on reading them.
    pub fn add(&mut self, message: &str) {
        let number = self.count();
        let before = self.rows.len();
        let rows = wrapped(message, self.width).map(|row| (number, row));
        self.rows.extend(rows);
        if self.below > 0 {
            self.below += self.rows.len() - before;
        }
        self.messages.push_back(message.to_owned());
        if self.messages.len() > KEPT {
            self.messages.pop_front();
            self.forgotten += 1;
            let gone = self.rows.partition_point(|row| row.0 < self.forgotten);
            self.rows.drain(..gone);
            self.scroll(0);
        }
    }

    /// Goes back in time, or forth.
    fn scroll(&mut self, rows: isize) {
        let most = self.rows.len().saturating_sub(self.height.into());
        self.below = self.below.saturating_add_signed(rows).min(most);
    }

    /// Does what a key asks for, or says what is to be done.
    pub fn press(&mut self, key: KeyEvent) -> Option<Wish> {
        let page = isize::try_from(self.height.max(2) - 1).unwrap_or(1);
        let with_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c') if with_control => return Some(Wish::Quit),
            KeyCode::Char('d') if with_control && self.entry.is_empty() => return Some(Wish::Quit),
            KeyCode::Char('l') if with_control => return Some(Wish::Redraw),
            KeyCode::Esc => return Some(Wish::Quit),
            KeyCode::Enter => return self.send(),
            KeyCode::Char('j') if with_control => return self.send(),
            KeyCode::Up => self.scroll(1),
            KeyCode::Down => self.scroll(-1),
            KeyCode::PageUp => self.scroll(page),
            KeyCode::PageDown => self.scroll(-page),
            _ => self.entry.press(key),
        }
        None
    }

    /// A message for each line. None of them is empty: that would end the session.
    fn send(&self) -> Option<Wish> {
        let lines: Vec<String> = self.entry.lines().map(str::to_owned).collect();
        (!lines.is_empty()).then_some(Wish::Send(lines))
    }

    /// The first so many lines of the entry have been handed over.
    pub fn sent(&mut self, lines: usize) {
        let sent: Vec<String> = self.entry.lines().take(lines).map(str::to_owned).collect();
        self.entry.leave_out(lines);
        for line in sent {
            self.add(&format!("> {line}"));
        }
        self.below = 0;
    }
}

fn columns(text: &str) -> usize {
    Span::raw(text).width()
}

/// A message in rows of this width, without what would command the terminal.
fn wrapped(message: &str, width: u16) -> impl Iterator<Item = String> {
    let mut rows = Vec::new();
    for line in message.split('\n') {
        let line = line.replace('\t', "    ");
        let (mut row, mut used) = (String::new(), 0);
        for letter in Span::raw(line).styled_graphemes(Style::new()) {
            let columns = columns(letter.symbol);
            if used + columns > width.into() && used > 0 {
                rows.push(std::mem::take(&mut row));
                used = 0;
            }
            row += letter.symbol;
            used += columns;
        }
        rows.push(row);
    }
    rows.into_iter()
}
