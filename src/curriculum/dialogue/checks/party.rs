//! A party of the checks: its end of the wire and its console, which know what is due.

use super::wire::End;
use crate::curriculum::dialogue::contract::{Closed, Console, Dialogue, FIN, WELCOME, Wire};
use crate::curriculum::seen::{called, called_back_as, shown};
use crate::sync::Mutex;
use crate::text;
use std::collections::VecDeque;

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Server,
    Client,
}

impl Role {
    pub(super) const BOTH: [Role; 2] = [Role::Server, Role::Client];

    /// What its thread is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Role::Server => "server",
            Role::Client => "client",
        }
    }

    /// Who it is, in sentences.
    pub(super) fn who(self) -> &'static str {
        match self {
            Role::Server => text!("the server"),
            Role::Client => text!("the client"),
        }
    }
}

/// A party's part, as it is solved.
type Part = fn(&dyn Wire, &dyn Console);

/// The parts of both.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    serve: Part,
    call: Part,
}

impl Parts {
    pub(super) fn of<D: Dialogue>() -> Self {
        Parts {
            serve: D::serve,
            call: D::call,
        }
    }
}

/// A party: what it is given, and whether it keeps to its turns.
pub(super) struct Party {
    role: Role,
    end: End,
    turn: Mutex<Turn>,
}

/// What is due. Only the party's own thread is to change it.
struct Turn {
    /// What is going to be typed.
    lines: VecDeque<String>,
    /// It is this party's turn.
    is_ours: bool,
    /// What it has heard and must show.
    to_show: VecDeque<String>,
    /// What it must say.
    to_say: Option<String>,
    /// It knows of the end.
    is_over: bool,
    is_closed: bool,
}

impl Turn {
    /// It is over, and this is what was heard last.
    fn end(&mut self, role: Role, last: Option<&str>) {
        self.is_over = true;
        if role == Role::Server {
            self.is_ours = true;
            self.to_say = Some(FIN.to_owned());
            self.to_show.extend(last.map(str::to_owned));
        }
    }
}

impl Party {
    /// A party that has not begun.
    pub(super) fn new(role: Role, end: End, lines: impl IntoIterator<Item = String>) -> Self {
        let speaks_first = role == Role::Server;
        Party {
            role,
            end,
            turn: Mutex::new(Turn {
                lines: lines.into_iter().collect(),
                is_ours: speaks_first,
                to_show: VecDeque::new(),
                to_say: speaks_first.then(|| WELCOME.to_owned()),
                is_over: false,
                is_closed: false,
            }),
        }
    }

    /// Talks until the end.
    pub(super) fn talks(&self, parts: Parts) {
        let (call, part) = match self.role {
            Role::Server => ("serve", parts.serve),
            Role::Client => ("call", parts.call),
        };
        called(call, || part(self, self));
        assert!(
            self.turn.lock().is_closed,
            "{}",
            text!("`{call}` has returned, and the wire is not closed", call)
        );
    }

    fn says(&self, text: &str) -> Result<(), Closed> {
        if text.is_empty() {
            // Such a text is none, here as on a socket: what was typed has still to be said.
            return Ok(());
        }
        {
            let mut turn = self.turn.lock();
            self.must_say(&turn, text);
            (turn.to_say, turn.is_ours) = (None, false);
        }
        // Without the lock: the fewer steps follow this one, the fewer orders have they with those of
        // whoever hears it.
        self.end.send(text).inspect_err(|Closed| {
            let mut turn = self.turn.lock();
            if !turn.is_over {
                // It knows now what it would have heard.
                turn.end(self.role, Some(""));
            }
        })
    }

    fn must_say(&self, turn: &Turn, text: &str) {
        let (who, said) = (self.role.who(), format!("{text:?}"));
        match &turn.to_say {
            Some(due) if due == text => {}
            Some(due) => panic!(
                "{}",
                text!(
                    "{who} says {said}, and should say {due}",
                    who,
                    said,
                    due = format!("{due:?}")
                )
            ),
            None if turn.is_over => panic!(
                "{}",
                text!("{who} says {said}, and the dialogue is over", who, said)
            ),
            None if !turn.is_ours => panic!(
                "{}",
                text!("{who} says {said}, and it is not its turn", who, said)
            ),
            None => panic!(
                "{}",
                text!("{who} says {said}, which nobody has typed", who, said)
            ),
        }
    }

    fn hears(&self) -> Option<String> {
        let heard = self.end.receive();
        let mut turn = self.turn.lock();
        match &heard {
            Some(text) if text.eq_ignore_ascii_case(FIN) => turn.end(self.role, Some(text)),
            Some(text) => {
                turn.to_show.push_back(text.clone());
                turn.is_ours = true;
            }
            None if turn.is_over => {}
            None => turn.end(self.role, Some("")),
        }
        heard
    }

    fn is_closed_now(&self) {
        let mut turn = self.turn.lock();
        if turn.is_closed {
            return;
        }
        let who = self.role.who();
        assert!(
            turn.is_over,
            "{}",
            text!("{who} closes the wire, and the dialogue is not over", who)
        );
        if let Some(due) = turn.to_show.front() {
            panic!(
                "{}",
                text!(
                    "{who} closes the wire, and has not shown {due}",
                    who,
                    due = format!("{due:?}")
                )
            );
        }
        if let Some(due) = &turn.to_say {
            panic!(
                "{}",
                text!(
                    "{who} closes the wire, and has not said {due}",
                    who,
                    due = format!("{due:?}")
                )
            );
        }
        turn.is_closed = true;
        drop(turn);
        self.end.close();
    }

    fn asks(&self) -> Option<String> {
        let mut turn = self.turn.lock();
        self.must_ask(&turn);
        let line = turn.lines.pop_front();
        match &line {
            Some(line) => turn.to_say = (!line.is_empty()).then(|| line.clone()),
            None => turn.end(self.role, None),
        }
        line
    }

    fn must_ask(&self, turn: &Turn) {
        let who = self.role.who();
        assert!(
            !turn.is_over,
            "{}",
            text!("{who} asks for a line, and the dialogue is over", who)
        );
        assert!(
            turn.is_ours,
            "{}",
            text!("{who} asks for a line, and it is not its turn", who)
        );
        if let Some(due) = turn.to_show.front() {
            panic!(
                "{}",
                text!(
                    "{who} asks for a line, and has not shown {due}",
                    who,
                    due = format!("{due:?}")
                )
            );
        }
        if let Some(due) = &turn.to_say {
            panic!(
                "{}",
                text!(
                    "{who} asks for a line, and has not said {due}",
                    who,
                    due = format!("{due:?}")
                )
            );
        }
    }

    fn shows(&self, text: &str) {
        let due = self.turn.lock().to_show.pop_front();
        let (who, shown) = (self.role.who(), format!("{text:?}"));
        match due {
            Some(due) if due == text => {}
            Some(due) => panic!(
                "{}",
                text!(
                    "{who} shows {shown}, and should show {due}",
                    who,
                    shown,
                    due = format!("{due:?}")
                )
            ),
            None => panic!(
                "{}",
                text!("{who} shows {shown}, and has nothing to show", who, shown)
            ),
        }
    }
}

impl Wire for Party {
    fn send(&self, text: &str) -> Result<(), Closed> {
        called_back_as(|| format!("send({text:?})"), shown, || self.says(text))
    }

    fn receive(&self) -> Option<String> {
        called_back_as(|| "receive()".to_owned(), shown, || self.hears())
    }

    fn close(&self) {
        called_back_as(|| "close()".to_owned(), |()| None, || self.is_closed_now());
    }
}

impl Console for Party {
    fn ask(&self) -> Option<String> {
        called_back_as(|| "ask()".to_owned(), shown, || self.asks())
    }

    fn show(&self, text: &str) {
        called_back_as(|| format!("show({text:?})"), |()| None, || self.shows(text));
    }
}
