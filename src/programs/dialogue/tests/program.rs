//! A program that runs in this process, with somebody at its keyboard.

use crate::programs::dialogue::station;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::tests::{Remote, Screen};
use crate::sync::{Condvar, Mutex, thread};
use std::io;
use std::sync::Arc;

/// What asks for a line.
const PROMPTS: [&str; 3] = ["S> ", "C> ", "<R>ecommencer <T>erminer ? "];

/// What is typed, in memory.
#[derive(Clone, Default)]
pub struct Keys(Arc<(Mutex<Typed>, Condvar)>);

#[derive(Default)]
struct Typed {
    bytes: Vec<u8>,
    has_ended: bool,
}

impl Keys {
    /// Types this.
    pub fn press(&self, text: &str) {
        self.change(|typed| typed.bytes.extend_from_slice(text.as_bytes()));
    }

    /// Types nothing more.
    pub fn end(&self) {
        self.change(|typed| typed.has_ended = true);
    }

    fn change(&self, change: impl FnOnce(&mut Typed)) {
        let (typed, changed) = &*self.0;
        change(&mut typed.lock());
        changed.notify_all();
    }
}

impl station::Keys for Keys {
    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let (typed, changed) = &*self.0;
        let mut typed = typed.lock();
        changed.wait_while(&mut typed, |it| it.bytes.is_empty() && !it.has_ended);
        let length = typed.bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&typed.bytes[..length]);
        typed.bytes.drain(..length);
        Ok(length)
    }
}

/// A program, its keyboard and its screen.
pub struct Program {
    pub keys: Keys,
    pub screen: Screen,
    running: Option<thread::JoinHandle<io::Result<()>>>,
}

impl Program {
    /// Starts it.
    pub fn start(run: impl FnOnce(Keys, Screen) -> io::Result<()> + Send + 'static) -> Self {
        let (keys, screen) = (Keys::default(), Screen::new());
        let (its_keys, its_screen) = (keys.clone(), screen.clone());
        Program {
            keys,
            screen,
            running: Some(thread::spawn(move || run(its_keys, its_screen))),
        }
    }

    /// Waits until it asks for a line.
    #[track_caller]
    pub fn is_asked(&self) {
        let asks = |printed: &str| PROMPTS.iter().any(|prompt| printed.ends_with(prompt));
        self.screen.until("prompt", asks);
    }

    /// Types a line when it is asked for, which is seen as on a terminal.
    #[track_caller]
    pub fn types(&self, line: &str) {
        self.is_asked();
        let line = format!("{line}\n");
        self.screen.print(&line);
        self.keys.press(&line);
    }

    /// Waits until it has ended, well.
    #[track_caller]
    pub fn ends(&mut self) {
        let running = self.running.take().expect("it ends once");
        running.join().expect("no panic").expect("no error");
    }
}

/// Where a server and its clients meet.
pub trait Room {
    /// The server.
    fn server(&mut self) -> &mut Program;

    /// Somebody calls who is known to the test only.
    fn ring(&mut self) -> Box<dyn Remote>;

    /// Somebody starts our client.
    fn starts_a_client(&mut self) -> Program;

    /// Ctrl-C at the server.
    fn interrupt(&mut self);
}

/// A room, where this is a message.
pub type Open = fn(Framing) -> Box<dyn Room>;
