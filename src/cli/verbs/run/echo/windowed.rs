//! `echo-client --screen`: the keyboard, the mouse and the screen in this thread, the connection in
//! others.

use super::draw::draw;
use super::form::{Form, State, Wish};
use super::target::Target;
use crate::cli::services::screen::{Input, Screen};
use crate::cli::services::widgets::turns::{self, Flow, FullScreen, Heard, Program};
use crate::cli::verbs::run::screens::ON_REQUEST;
use kata::programs::chat::link::{Call, Link, News};
use kata::programs::kit::framing::Framing;
use ratatui::Frame;
use std::io;
use std::net::TcpStream;

/// Shows the form, with this address to begin with, until somebody leaves it.
///
/// # Errors
/// Those of the terminal.
pub fn run(address: &str, framing: Framing) -> io::Result<()> {
    let mut window = Window::new(address, framing);
    turns::run(
        &mut FullScreen::on(Screen::enter_with_mouse()?)?,
        &mut window,
    )
}

/// The form, and the connection that it is about.
pub struct Window {
    pub form: Form,
    framing: Framing,
    line: Line,
}

/// What there is of a connection.
enum Line {
    None,
    Calling {
        target: Target,
        call: Call,
    },
    Open(Link),
    /// What was typed last is still being sent.
    Leaving(Link),
}

impl Window {
    pub fn new(address: &str, framing: Framing) -> Self {
        let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
        Window {
            form: Form::new(host, port),
            framing,
            line: Line::None,
        }
    }

    /// Calls a server, and leaves whatever there was: a connection, or a call whose end nobody waits
    /// for any more. Only if it is the same server that is being called, that goes on.
    fn connect(&mut self, target: Target) {
        if matches!(&self.line, Line::Calling { target: called, .. } if *called == target) {
            return;
        }
        self.line = Line::None;
        match Call::start(target.host.clone(), target.port) {
            Ok(call) => {
                let note = format!("appel de {target}");
                self.form.is_now(State::Open, Some(note));
                self.line = Line::Calling { target, call };
            }
            Err(error) => self.fails(&error.to_string()),
        }
    }

    /// Nobody can be called like this. Who is connected stays so.
    fn cannot_connect(&mut self, why: &str) {
        if matches!(self.line, Line::Open(_)) {
            self.form.notes(why);
        } else {
            self.fails(why);
        }
    }

    fn fails(&mut self, why: &str) {
        self.line = Line::None;
        self.form.is_now(State::Failed, Some(why.to_owned()));
    }

    /// The server has answered, or it is known why it does not.
    fn is_answered(&mut self, answer: io::Result<TcpStream>) {
        match answer.and_then(|stream| Link::start(stream, self.framing)) {
            Ok(link) => {
                self.form.is_now(State::Connected, None);
                self.line = Line::Open(link);
            }
            Err(error) => self.fails(&error.to_string()),
        }
    }

    fn send(&mut self, lines: Vec<String>) {
        let Line::Open(link) = &mut self.line else {
            return;
        };
        let all = lines.len();
        let sent = link.say(lines);
        self.form.sent(sent);
        let is_busy = sent < all;
        let note = is_busy.then(|| "le serveur est occupé, réessayez".to_owned());
        self.form.is_now(State::Connected, note);
    }

    /// Sees that what was typed last is still sent. Whoever asks again does not wait for that.
    fn leave(&mut self) -> Flow {
        let Line::Open(mut link) = std::mem::replace(&mut self.line, Line::None) else {
            return Flow::Quit;
        };
        if link.leave() {
            return Flow::Quit;
        }
        self.line = Line::Leaving(link);
        self.form.notes("déconnexion");
        Flow::GoOn
    }

    fn hear_from(&mut self, news: News) -> Heard {
        match news {
            News::Text(text) => {
                self.form.texts.add(&text);
                Heard::Something(text.len())
            }
            News::Nothing => Heard::Nothing,
            News::End if matches!(self.line, Line::Leaving(_)) => Heard::Quit,
            News::End => {
                self.line = Line::None;
                self.form.is_now(State::Ended, None);
                Heard::Something(0)
            }
        }
    }
}

impl Program for Window {
    fn draw(&mut self, frame: &mut Frame) {
        draw(frame, &mut self.form);
    }

    fn take(&mut self, input: Input) -> Flow {
        if input == Input::End
            && let Line::Open(link) = &mut self.line
        {
            link.leave_within(ON_REQUEST);
            return Flow::Quit;
        }
        match self.form.take(input) {
            // Who leaves begins nothing any more.
            Some(Wish::Connect(_)) if matches!(self.line, Line::Leaving(_)) => {}
            Some(Wish::Connect(Ok(target))) => self.connect(target),
            Some(Wish::Connect(Err(why))) => self.cannot_connect(why),
            Some(Wish::Send(lines)) => self.send(lines),
            Some(Wish::Redraw) => return Flow::Redraw,
            Some(Wish::Quit) => return self.leave(),
            None => {}
        }
        Flow::GoOn
    }

    fn hear(&mut self) -> Heard {
        match &self.line {
            Line::None => Heard::Nothing,
            Line::Calling { call, .. } => match call.answer() {
                Some(answer) => {
                    self.is_answered(answer);
                    Heard::Something(0)
                }
                None => Heard::Nothing,
            },
            Line::Open(link) | Line::Leaving(link) => {
                let news = link.hear();
                self.hear_from(news)
            }
        }
    }
}
