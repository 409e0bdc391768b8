//! What the echo client's screen consists of, and what keys and clicks do to it. Without a terminal.

use super::places::{Part, Places};
use super::target::Target;
use crate::cli::services::screen::Input;
use crate::cli::services::widgets::field::Field;
use crate::cli::services::widgets::keys::{Meaning, meaning};
use crate::cli::services::widgets::messages::Messages;
use crossterm::event::KeyEvent;
use kata::programs::kit::framing::MAX_MESSAGE;
use ratatui::layout::Position;
use std::fmt;

/// The longest name that a host can have, in bytes.
const MAX_HOST: usize = 253;

/// The most digits that a port has.
const MAX_PORT: usize = 5;

/// How the connection stands, in the words of the original.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// There has been none yet, or it is not known what comes of the call.
    Open,
    Connected,
    Failed,
    Ended,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Open => "Etat de la connection...",
            State::Connected => "Connexion établie",
            State::Failed => "La connexion a échoué.",
            State::Ended => "Connexion terminée.",
        })
    }
}

/// What an input asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// To whom, or why to nobody.
    Connect(Result<Target, &'static str>),
    /// These texts.
    Send(Vec<String>),
    Quit,
    /// Everything again: something else has written on the screen.
    Redraw,
}

/// The fields, the buttons, and what is known of the connection.
pub struct Form {
    pub address: Field,
    pub port: Field,
    pub message: Field,
    pub texts: Messages,
    pub focus: Part,
    /// Where things have been drawn.
    pub places: Places,
    state: State,
    /// What there is to say of it.
    note: Option<String>,
}

impl Form {
    /// With this host and this port to begin with.
    pub fn new(host: &str, port: &str) -> Self {
        let field = |label, longest, text: &str| {
            let mut field = Field::new(label, longest);
            field.entry.paste(text);
            field
        };
        Form {
            address: field("Adresse ", MAX_HOST, host),
            port: field("Port ", MAX_PORT, port),
            message: field("Message ", MAX_MESSAGE, ""),
            texts: Messages::default(),
            focus: Part::Connect,
            places: Places::default(),
            state: State::Open,
            note: None,
        }
    }

    /// How the connection stands, with what there is to say of it.
    pub fn state(&self) -> String {
        match &self.note {
            Some(note) => format!("{} | {note}", self.state),
            None => self.state.to_string(),
        }
    }

    /// The connection stands like this from now on.
    pub fn is_now(&mut self, state: State, note: Option<String>) {
        (self.state, self.note) = (state, note);
    }

    /// The same state, of which there is this to say.
    pub fn notes(&mut self, note: &str) {
        self.note = Some(note.to_owned());
    }

    /// Does what an input asks for, or says what is to be done.
    pub fn take(&mut self, input: Input) -> Option<Wish> {
        match input {
            Input::Key(key) => return self.press(key),
            Input::Paste(text) => self.paste(&text),
            Input::Click { column, row } => return self.click(Position { x: column, y: row }),
            Input::Wheel(rows) => self.texts.scroll(rows),
            Input::Redraw => return Some(Wish::Redraw),
            Input::End => return Some(Wish::Quit),
        }
        None
    }

    fn press(&mut self, key: KeyEvent) -> Option<Wish> {
        match meaning(key) {
            Meaning::Quit => return Some(Wish::Quit),
            Meaning::Redraw => return Some(Wish::Redraw),
            Meaning::Act => return self.act(),
            Meaning::Next => self.focus = self.focus.next(),
            Meaning::Previous => self.focus = self.focus.previous(),
            Meaning::Other => {
                if !self.texts.press(key)
                    && let Some(field) = self.focused()
                {
                    field.entry.press(key);
                }
            }
        }
        None
    }

    /// A field of one line has no other ones; of a message each line is one.
    fn paste(&mut self, text: &str) {
        let is_message = self.focus == Part::Message;
        let Some(field) = self.focused() else {
            return;
        };
        if is_message {
            field.entry.paste(text);
        } else {
            field.entry.paste(&text.replace(['\r', '\n'], ""));
        }
    }

    fn click(&mut self, at: Position) -> Option<Wish> {
        self.focus = self.places.part_at(at)?;
        match self.focus {
            Part::Connect | Part::Send => self.act(),
            Part::Address | Part::Port | Part::Message => None,
        }
    }

    /// What is typed in, if that is where the focus is.
    fn focused(&mut self) -> Option<&mut Field> {
        match self.focus {
            Part::Address => Some(&mut self.address),
            Part::Port => Some(&mut self.port),
            Part::Message => Some(&mut self.message),
            Part::Connect | Part::Send => None,
        }
    }

    fn act(&mut self) -> Option<Wish> {
        match self.focus {
            Part::Address | Part::Port | Part::Connect => self.connect(),
            Part::Message | Part::Send => self.send(),
        }
    }

    fn connect(&self) -> Option<Wish> {
        let [host, port] = [&self.address, &self.port].map(|field| field.entry.text());
        Some(Wish::Connect(Target::new(host, port)))
    }

    /// A text for each line; none is lost if nobody is there to hear it.
    fn send(&mut self) -> Option<Wish> {
        let lines: Vec<String> = self.message.entry.lines().map(str::to_owned).collect();
        if lines.is_empty() {
            return None;
        }
        if self.state != State::Connected {
            self.notes("pas de connexion, rien n'est envoyé");
            return None;
        }
        Some(Wish::Send(lines))
    }

    /// The first so many lines of the message have been handed over.
    pub fn sent(&mut self, lines: usize) {
        self.message.entry.leave_out(lines);
        self.texts.follow();
    }
}
