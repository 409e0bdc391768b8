//! Plays scripted sessions, in memory as well as over sockets.

use super::memory::Core;
use super::sockets::Running;
use super::without_port;
use crate::programs::kit::framing::{Decoder, Framing};
use crate::programs::kit::tests::{Remote, World, add, unescaped};
use std::fmt::Write;

struct Participant {
    name: String,
    remote: Box<dyn Remote>,
    /// What it sends, as the server will understand it.
    decoder: Decoder,
    /// How many texts it has to hear.
    expected: usize,
    /// The server still reads of it.
    is_served: bool,
    is_stalled: bool,
}

struct Play {
    world: Box<dyn World>,
    framing: Framing,
    participants: Vec<Participant>,
}

/// Plays the script in both worlds: everybody sees the same in both of them. Returns that.
#[track_caller]
pub fn play(script: &str, framing: Framing) -> String {
    let play = |world: Box<dyn World>| {
        let play = Play {
            world,
            framing,
            participants: Vec::new(),
        };
        play.run(script)
    };
    let core = play(Box::new(Core::start(framing)));
    let sockets = play(Box::new(Running::start(framing)));
    assert_eq!(core, sockets, "the core and the server differ");
    core
}

impl Play {
    fn run(mut self, script: &str) -> String {
        let lines = script.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty()) {
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
            self.participants.push(Participant {
                name: name.to_owned(),
                remote: self.world.join(),
                decoder: Decoder::new(self.framing),
                expected: 0,
                is_served: true,
                is_stalled: false,
            });
            return Some(());
        }
        let framing = self.framing;
        let who = self.participants.iter_mut().find(|it| it.name == name)?;
        if let Some(text) = deed.strip_prefix("says: ") {
            let mut bytes = Vec::new();
            framing.encode(text, &mut bytes);
            who.send(&bytes);
        } else if let Some(text) = deed.strip_prefix("sends: ") {
            who.send(&unescaped(text)?);
        } else if let Some(length) = deed.strip_prefix("sends a line of ") {
            let length: usize = length.strip_suffix(" bytes")?.parse().ok()?;
            who.send(&[&vec![b'x'; length][..], b"\n"].concat());
        } else if deed == "hangs up" {
            who.remote.hang_up();
            let last = who.decoder.end();
            who.expected += usize::from(who.is_served && last.is_some());
            who.is_served = false;
        } else if deed == "stalls" {
            who.remote.stall();
            who.is_stalled = true;
        } else {
            return None;
        }
        Some(())
    }

    /// Waits until everybody has seen what has to come of what has been done so far.
    fn wait(&mut self, line: &str) {
        for it in self.participants.iter_mut().filter(|it| !it.is_stalled) {
            // Who is not served any more sees the end.
            let expected = if it.is_served {
                it.expected
            } else {
                usize::MAX
            };
            let texts = it.remote.texts(expected);
            let texts = texts.unwrap_or_else(|error| panic!("{} after {line:?}: {error}", it.name));
            assert_eq!(texts.len(), it.expected, "{} after {line:?}", it.name);
        }
        // Before each who comes, that the server waits; then who it is. And it waits for the next one.
        let lines = 1 + 2 * self.participants.len();
        self.world.screen().lines(lines, "");
    }

    fn transcript(&mut self) -> String {
        let mut transcript = String::new();
        for it in &mut self.participants {
            writeln!(transcript, "{}", it.name).unwrap();
            let texts = if it.is_stalled {
                vec!["(who knows what has arrived)".to_owned()]
            } else {
                it.remote.texts(usize::MAX).unwrap()
            };
            add(&mut transcript, texts);
        }
        writeln!(transcript, "the server's screen").unwrap();
        let lines = self.world.screen().lines(0, "");
        add(
            &mut transcript,
            lines.into_iter().map(without_port).collect(),
        );
        transcript
    }
}

impl Participant {
    fn send(&mut self, bytes: &[u8]) {
        self.remote.send(bytes);
        for message in self.decoder.read(bytes) {
            self.expected += usize::from(self.is_served && message.is_ok());
            let is_last = message.is_err() || message.is_ok_and(|text| text == "exit");
            self.is_served &= !is_last;
        }
    }
}
