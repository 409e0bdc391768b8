//! Plays scripted dialogues, in memory as well as over sockets.

use super::memory::Memory;
use super::program::{Open, Program, Room};
use super::sockets::Sockets;
use crate::programs::kit::framing::{Decoder, Framing};
use crate::programs::kit::tests::{Remote, add, unescaped};
use std::fmt::Write;

/// Who sits at the server.
const SERVER: &str = "marcel";

/// A client.
enum Client {
    /// Ours, with somebody at its keyboard.
    Ours(Program),
    /// One that is known to the test only.
    Other(Caller),
}

struct Caller {
    remote: Box<dyn Remote>,
    /// What it sends, as the server will understand it.
    decoder: Decoder,
    /// How many texts it has said.
    said: usize,
}

struct Play {
    room: Box<dyn Room>,
    framing: Framing,
    clients: Vec<(String, Client)>,
}

/// Plays the script in both rooms: everybody sees the same in both of them. Returns that.
#[track_caller]
pub fn play(script: &str, framing: Framing) -> String {
    let play = |open: Open| {
        let play = Play {
            room: open(framing),
            framing,
            clients: Vec::new(),
        };
        play.run(script)
    };
    let memory = play(Memory::open);
    let sockets = play(Sockets::open);
    assert_eq!(memory, sockets, "in memory and over sockets");
    memory
}

impl Play {
    fn run(mut self, script: &str) -> String {
        let lines = script.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty()) {
            self.step(line)
                .unwrap_or_else(|| panic!("what is {line:?}?"));
        }
        self.transcript()
    }

    fn step(&mut self, line: &str) -> Option<()> {
        let (name, deed) = line.split_once(' ')?;
        let framing = self.framing;
        let newcomer = match deed {
            "starts our client" => Some(Client::Ours(self.room.starts_a_client())),
            "calls" => Some(Client::Other(Caller {
                remote: self.room.ring(),
                decoder: Decoder::new(framing),
                said: 0,
            })),
            _ => None,
        };
        if let Some(newcomer) = newcomer {
            self.clients.push((name.to_owned(), newcomer));
            return Some(());
        }
        if (name, deed) == (SERVER, "is interrupted") {
            self.room.interrupt();
            return Some(());
        }
        if name == SERVER {
            return at_the_keyboard(self.room.server(), deed);
        }
        let (_, client) = self.clients.iter_mut().find(|(other, _)| other == name)?;
        match client {
            Client::Ours(program) => at_the_keyboard(program, deed),
            Client::Other(caller) => caller.does(deed, framing),
        }
    }

    /// What everybody has seen, once all have ended.
    fn transcript(&mut self) -> String {
        let mut transcript = String::new();
        let mut told = |name: &str, lines: Vec<String>| {
            writeln!(transcript, "{name}").unwrap();
            add(&mut transcript, lines);
        };
        self.room.server().ends();
        told(SERVER, self.room.server().screen.lines(0, ""));
        for (name, client) in &mut self.clients {
            let lines = match client {
                Client::Ours(program) => {
                    program.ends();
                    program.screen.lines(0, "")
                }
                Client::Other(caller) => caller.remote.texts(usize::MAX).unwrap(),
            };
            told(name, lines);
        }
        transcript
    }
}

/// What somebody does at a program of ours.
fn at_the_keyboard(program: &Program, deed: &str) -> Option<()> {
    match deed {
        "is asked" => program.is_asked(),
        "types no more" => {
            program.is_asked();
            program.keys.end();
        }
        _ => match deed.split_once(':')? {
            ("types", line) => program.types(line.trim_start()),
            ("sees", text) => drop(program.screen.lines(0, text.trim_start())),
            _ => return None,
        },
    }
    Some(())
}

impl Caller {
    fn does(&mut self, deed: &str, framing: Framing) -> Option<()> {
        if deed == "hears" || deed == "hangs up" {
            self.awaits_its_turn();
            if deed == "hangs up" {
                self.remote.hang_up();
            }
            return Some(());
        }
        let (how, what) = deed.split_once(": ")?;
        let bytes = match how {
            "says" => {
                self.awaits_its_turn();
                let mut bytes = Vec::new();
                framing.encode(what, &mut bytes);
                bytes
            }
            "sends" => unescaped(what)?,
            "sends a line of so many bytes" => {
                [&vec![b'x'; what.parse().ok()?][..], b"\n"].concat()
            }
            _ => return None,
        };
        self.remote.send(&bytes);
        let texts = self.decoder.read(&bytes).into_iter().flatten();
        self.said += texts.filter(|text| !text.is_empty()).count();
        Some(())
    }

    /// It has been welcomed, and each text that it has said has been answered.
    fn awaits_its_turn(&mut self) {
        let heard = self.remote.texts(self.said + 1);
        assert_eq!(heard.expect("an answer").len(), self.said + 1);
    }
}
