//! Where somebody sits: a keyboard and a screen; and the other one, at the end of a line.

use crate::curriculum::dialogue::{Closed, Console, Wire};
use crate::programs::kit::calls::Line;
use crate::programs::kit::framing::{Decoder, Framing, MAX_MESSAGE, TooLong};
use crate::programs::kit::keyboard::Keyboard;
use crate::programs::kit::peer::Peer;
use crate::sync::Mutex;
use std::io::{self, ErrorKind, Write};

/// What is typed.
pub(super) trait Keys: Send + Sync {
    /// Waits for some of it; nothing is its end.
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize>;
}

impl Keys for Keyboard {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        Keyboard::read(self, buffer)
    }
}

/// A keyboard and a screen.
pub(super) struct Station<K, W> {
    keys: K,
    /// What has been typed and not been asked for.
    typed: Mutex<Typed>,
    out: Mutex<W>,
    /// Why nobody can type or read here any more.
    failure: Mutex<Option<io::Error>>,
    signs: Signs,
}

/// What stands before a text on the screen.
#[derive(Clone, Copy)]
pub(super) struct Signs {
    /// Before the line that is to be typed.
    pub(super) prompt: &'static str,
    /// Before what the other one says.
    pub(super) heard: &'static str,
}

struct Typed {
    lines: Decoder,
    has_ended: bool,
}

impl<K: Keys, W: Write + Send> Station<K, W> {
    pub(super) fn new(keys: K, out: W, signs: Signs) -> Self {
        Station {
            keys,
            typed: Mutex::new(Typed {
                lines: Decoder::new(Framing::Lines),
                has_ended: false,
            }),
            out: Mutex::new(out),
            failure: Mutex::new(None),
            signs,
        }
    }

    /// Prints a line.
    pub(super) fn line(&self, line: &str) {
        self.print(&format!("{line}\n"));
    }

    /// Asks for a line, with this before it; `None` if none will be typed any more.
    pub(super) fn question(&self, prompt: &str) -> Option<String> {
        if self.has_ended() {
            return None;
        }
        self.print(prompt);
        let line = self.next_line();
        if line.is_none() {
            // Nobody has pressed Enter.
            self.line("");
        }
        line
    }

    /// True if nothing will be typed any more, or be seen.
    pub(super) fn has_ended(&self) -> bool {
        self.typed.lock().has_ended || self.failure.lock().is_some()
    }

    /// Nobody sits here any more.
    ///
    /// # Errors
    /// If something could not be printed or typed.
    pub(super) fn end(self) -> io::Result<()> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }

    /// Prints this at once, since somebody waits for it.
    fn print(&self, text: &str) {
        if self.failure.lock().is_some() {
            return;
        }
        let printed = {
            let mut out = self.out.lock();
            out.write_all(text.as_bytes()).and_then(|()| out.flush())
        };
        if let Err(error) = printed {
            self.fail(error);
        }
    }

    fn fail(&self, error: io::Error) {
        self.failure.lock().get_or_insert(error);
    }

    /// Waits for the next line.
    fn next_line(&self) -> Option<String> {
        // One thread asks: nobody waits for this lock.
        let mut typed = self.typed.lock();
        let mut buffer = [0; 4096];
        loop {
            match typed.lines.next_message() {
                Some(Ok(line)) => return Some(line),
                Some(Err(TooLong)) => {
                    let what = format!("a line was typed that is longer than {MAX_MESSAGE} bytes");
                    self.fail(io::Error::new(ErrorKind::InvalidData, what));
                    break;
                }
                None => {}
            }
            match self.keys.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => typed.lines.feed(&buffer[..length]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.fail(error);
                    break;
                }
            }
        }
        typed.has_ended = true;
        // The last line may have no end of its own.
        typed.lines.end()
    }
}

impl<K: Keys, W: Write + Send> Console for Station<K, W> {
    fn ask(&self) -> Option<String> {
        self.question(self.signs.prompt)
    }

    fn show(&self, text: &str) {
        self.line(&format!("{}{text}", self.signs.heard));
    }
}

impl<L: Line> Wire for Peer<L> {
    fn send(&self, text: &str) -> Result<(), Closed> {
        self.tell(text).map_err(|_| Closed)
    }

    fn receive(&self) -> Option<String> {
        loop {
            // Whatever breaks the connection ends the dialogue.
            let text = self.next_text().ok().flatten()?;
            // An empty line is no text, whoever sends it: it is still that one's turn.
            if !text.is_empty() {
                return Some(text);
            }
        }
    }

    fn close(&self) {
        self.hang_up();
    }
}
