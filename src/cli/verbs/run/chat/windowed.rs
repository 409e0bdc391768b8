//! `chat-client --screen`: the keyboard and the screen in this thread, the socket in two others.

use super::conversation::{ConnectionState, Conversation, Wish};
use super::draw::draw;
use crate::cli::services::screen::{Input, Screen};
use crate::cli::services::widgets::turns::{self, Flow, FullScreen, Heard, Program};
use crate::cli::verbs::run::screens::ON_REQUEST;
use kata::programs::chat::client;
use kata::programs::chat::link::{Link, News};
use kata::programs::kit::framing::Framing;
use ratatui::Frame;
use std::io::{self, Write};

/// Talks to the server at this address until either side ends.
///
/// # Errors
/// If there is none, and those of the terminal.
pub fn run(address: &str, framing: Framing, out: &mut impl Write) -> io::Result<()> {
    let stream = client::connect(address, out)?;
    let mut chat = Chat {
        conversation: Conversation::new(address),
        link: Link::start(stream, framing)?,
        last_heard: None,
    };
    // Given back before anything is printed.
    turns::run(&mut FullScreen::on(Screen::enter_another()?)?, &mut chat)?;
    if let Some(text) = chat.last_word() {
        writeln!(out, "*{text}*")?;
    }
    writeln!(out, "Client arrêté. Connexion interrompue.")?;
    Ok(())
}

/// Shows what is heard, and sends what is typed.
struct Chat {
    conversation: Conversation,
    link: Link,
    /// The last text that came after whatever was typed.
    last_heard: Option<String>,
}

impl Chat {
    /// What was heard last, if it is the server that has ended it: it may say why.
    fn last_word(self) -> Option<String> {
        let has_left = self.conversation.state == ConnectionState::Leaving;
        self.last_heard.filter(|_| !has_left)
    }

    fn send(&mut self, lines: Vec<String>) {
        let all = lines.len();
        let sent = self.link.say(lines);
        self.conversation.sent(sent);
        if self.conversation.state != ConnectionState::Leaving {
            self.conversation.state = if sent == all {
                ConnectionState::Connected
            } else {
                ConnectionState::Busy
            };
        }
        if sent > 0 {
            self.last_heard = None;
        }
    }

    /// Sees that what was typed last is still sent. Whoever asks again does not wait for that.
    fn leave(&mut self) -> Flow {
        self.conversation.state = ConnectionState::Leaving;
        if self.link.leave() {
            Flow::Quit
        } else {
            Flow::GoOn
        }
    }
}

impl Program for Chat {
    fn draw(&mut self, frame: &mut Frame) {
        draw(frame, &mut self.conversation);
    }

    fn take(&mut self, input: Input) -> Flow {
        let wish = match input {
            Input::Key(key) => self.conversation.press(key),
            Input::Paste(text) => {
                self.conversation.line.entry.paste(&text);
                None
            }
            // The mouse selects text here.
            Input::Click { .. } | Input::Wheel(_) => None,
            Input::Redraw => Some(Wish::Redraw),
            Input::End => {
                self.conversation.state = ConnectionState::Leaving;
                self.link.leave_within(ON_REQUEST);
                return Flow::Quit;
            }
        };
        match wish {
            Some(Wish::Quit) => return self.leave(),
            Some(Wish::Redraw) => return Flow::Redraw,
            Some(Wish::Send(lines)) => self.send(lines),
            None => {}
        }
        Flow::GoOn
    }

    fn hear(&mut self) -> Heard {
        match self.link.hear() {
            News::Text(text) => {
                self.conversation.messages.add(&text);
                let bytes = text.len();
                self.last_heard = Some(text);
                Heard::Something(bytes)
            }
            News::Nothing => Heard::Nothing,
            News::End => Heard::Quit,
        }
    }
}
