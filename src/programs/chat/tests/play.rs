//! Plays scripted sessions, on the core as well as over sockets.

use super::memory::Core;
use super::sockets::Running;
use crate::programs::chat::server::Settings;
use crate::programs::kit::framing::{Decoder, Framing};
use crate::programs::kit::tests::{Remote, World, add, unescaped};
use std::fmt::Write;

struct Participant {
    name: String,
    number: usize,
    remote: Box<dyn Remote>,
    /// What it sends, as the server will understand it.
    decoder: Decoder,
    /// How many texts it has to hear.
    expected: usize,
    is_present: bool,
    is_stalled: bool,
}

struct Play {
    world: Box<dyn World>,
    framing: Framing,
    participants: Vec<Participant>,
    lines: usize,
}

/// Plays the script in both worlds: everybody sees the same in both of them. Returns that.
#[track_caller]
pub fn play(script: &str, settings: &Settings) -> String {
    let core = Play::new(Box::new(Core::new(settings)), settings).run(script);
    let sockets = Play::new(Box::new(Running::start(settings)), settings).run(script);
    assert_eq!(core, sockets, "the core and the server differ");
    core
}

impl Play {
    fn new(world: Box<dyn World>, settings: &Settings) -> Self {
        Play {
            world,
            framing: settings.framing,
            participants: Vec::new(),
            lines: 1,
        }
    }

    fn run(mut self, script: &str) -> String {
        for line in script
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            self.step(line)
                .unwrap_or_else(|| panic!("what is {line:?}?"));
            self.wait(line);
        }
        self.world.stop();
        self.transcript()
    }

    fn step(&mut self, line: &str) -> Option<()> {
        let (name, deed) = line.split_once(' ')?;
        if deed == "joins" {
            self.join(name);
            return Some(());
        }
        let who = self.participants.iter().position(|it| it.name == name)?;
        if let Some(text) = deed.strip_prefix("says: ") {
            let mut bytes = Vec::new();
            self.framing.encode(text, &mut bytes);
            self.send(who, &bytes);
        } else if let Some(text) = deed.strip_prefix("sends: ") {
            self.send(who, &unescaped(text)?);
        } else if let Some(length) = deed.strip_prefix("sends a line of ") {
            let length: usize = length.strip_suffix(" bytes")?.parse().ok()?;
            self.send(who, &[&vec![b'x'; length][..], b"\n"].concat());
        } else if let Some(slow) = deed.strip_prefix("goes on until the server drops ") {
            self.flood(who, slow)?;
        } else if deed == "hangs up" {
            self.participants[who].remote.hang_up();
            let said = self.participants[who].decoder.end();
            self.lines += usize::from(said.is_some());
            for (index, other) in self.participants.iter_mut().enumerate() {
                let hears = said.is_some() && index != who && other.is_present;
                other.expected += usize::from(hears);
            }
            self.participants[who].is_present = false;
            self.lines += 1;
        } else if deed == "stalls" {
            self.participants[who].remote.stall();
            self.participants[who].is_stalled = true;
        } else {
            return None;
        }
        Some(())
    }

    fn join(&mut self, name: &str) {
        self.participants.push(Participant {
            name: name.to_owned(),
            number: self.participants.len() + 1,
            remote: self.world.join(),
            decoder: Decoder::new(self.framing),
            expected: 1,
            is_present: true,
            is_stalled: false,
        });
        self.lines += 1;
    }

    fn send(&mut self, who: usize, bytes: &[u8]) {
        let participant = &mut self.participants[who];
        participant.remote.send(bytes);
        for message in participant.decoder.read(bytes) {
            let participant = &mut self.participants[who];
            match message {
                _ if !participant.is_present => {}
                Ok(text) if text.is_empty() || text.eq_ignore_ascii_case("fin") => {
                    participant.is_present = false;
                    self.lines += 1;
                }
                Err(_) => {
                    participant.is_present = false;
                    participant.expected += 1;
                    self.lines += 2;
                }
                Ok(_) => {
                    for (index, other) in self.participants.iter_mut().enumerate() {
                        other.expected += usize::from(index != who && other.is_present);
                    }
                    self.lines += 1;
                }
            }
        }
    }

    /// Says long things until somebody who takes nothing is dropped.
    fn flood(&mut self, who: usize, slow: &str) -> Option<()> {
        let slow = self.participants.iter().position(|it| it.name == slow)?;
        let end = format!("Client Thread-{} déconnecté.", slow + 1);
        let text = [&vec![b'x'; 60_000][..], b"\n"].concat();
        for _ in 0..10_000 {
            self.send(who, &text);
            self.wait("a flood");
            if self.world.screen().lines(0, "").contains(&end) {
                self.participants[slow].is_present = false;
                // It has gone, and why.
                self.lines += 2;
                self.world.screen().lines(0, "lit trop lentement");
                return Some(());
            }
        }
        None
    }

    /// Waits until everybody has seen what has to come of what has been done so far.
    fn wait(&mut self, line: &str) {
        for it in self.participants.iter_mut().filter(|it| !it.is_stalled) {
            if let Err(error) = it.remote.texts(it.expected) {
                panic!(
                    "{} waits for text {} after {line:?}: {error}",
                    it.name, it.expected
                );
            }
        }
        self.world.screen().lines(self.lines, "");
    }

    fn transcript(&mut self) -> String {
        let mut transcript = String::new();
        for it in &mut self.participants {
            writeln!(transcript, "{} is Thread-{}", it.name, it.number).unwrap();
            let texts = if it.is_stalled {
                vec!["(who knows what has arrived)".to_owned()]
            } else {
                it.remote.texts(usize::MAX).unwrap()
            };
            add(&mut transcript, texts);
        }
        writeln!(transcript, "the server's screen").unwrap();
        let mut lines = self.world.screen().lines(0, "");
        // Who is the first to leave when the server stops is a matter of chance.
        lines[self.lines..].sort();
        add(&mut transcript, lines);
        transcript
    }
}
