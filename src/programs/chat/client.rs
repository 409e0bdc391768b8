//! `chat-client`: the kata `duplex` over a socket, with a keyboard and a screen.

use super::FIN;
use crate::curriculum::duplex::solution::try_run;
use crate::curriculum::duplex::{Closed, Connection, Keyboard, Screen};
use crate::programs::kit::framing::{Decoder, Framing, MAX_MESSAGE};
use crate::programs::kit::keyboard::{self, Stop};
use crate::programs::kit::threads::{no_room, start};
use crate::sync::channel::{self, Sender};
use crate::sync::{Mutex, thread};
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

/// Connects to the server at this address, and prints whether that was possible.
///
/// # Errors
/// If there is none, and those of `out`.
pub fn connect(address: &str, out: &mut impl Write) -> io::Result<TcpStream> {
    call(address, out)?
}

/// The same, with the errors of `out` apart from why nobody could be reached.
///
/// # Errors
/// Those of `out`.
pub(crate) fn call(address: &str, out: &mut impl Write) -> io::Result<io::Result<TcpStream>> {
    match TcpStream::connect(address) {
        Ok(stream) => {
            say(out, "Connexion établie avec le serveur.")?;
            Ok(Ok(stream))
        }
        Err(error) => {
            say(out, "La connexion a échoué.")?;
            let why = format!("cannot connect to {address}: {error}");
            Ok(Err(io::Error::new(error.kind(), why)))
        }
    }
}

/// Lines that wait to be printed.
const WAITING: usize = 64;

/// Talks to the server at this address until either side ends.
///
/// # Errors
/// If there is none; those of `out`, and of the system.
pub fn run(address: &str, framing: Framing, out: &mut impl Write) -> io::Result<()> {
    let connection = Socket::new(connect(address, out)?, framing);
    let keyboard = Lines::new()?;
    let (print, printing) = channel::bounded(WAITING);
    let screen = Printer(print);
    thread::scope(|scope| {
        let (keyboard, connection) = (&keyboard, &connection);
        let talks = start(scope, move || try_run(keyboard, connection, &screen))?;
        let printed = printing.iter().try_for_each(|line| say(out, &line));
        if printed.is_err() {
            // There is nobody to read what the server says.
            connection.close();
        }
        drop(printing);
        let talked = talks.join().expect("talking does not panic");
        printed.and(talked.map_err(no_room))
    })
}

fn say(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{text}")?;
    out.flush()
}

/// A screen that sends its lines to whoever prints them.
struct Printer(Sender<String>);

impl Screen for Printer {
    fn print(&self, line: &str) {
        // It fails once nothing can be printed any more, which ends the program.
        let _ = self.0.send(line.to_owned());
    }
}

/// What is typed, line by line.
struct Lines {
    keyboard: keyboard::Keyboard,
    /// What has been read and is not yet a line.
    typed: Mutex<VecDeque<u8>>,
    /// Until it is stopped.
    stop: Mutex<Option<Stop>>,
}

impl Lines {
    fn new() -> io::Result<Self> {
        let (keyboard, stop) = keyboard::keyboard()?;
        Ok(Lines {
            keyboard,
            typed: Mutex::default(),
            stop: Mutex::new(Some(stop)),
        })
    }
}

impl Keyboard for Lines {
    fn line(&self) -> Option<String> {
        let mut typed = self.typed.lock();
        let mut buffer = [0; 4096];
        let mut searched = 0;
        while self.stop.lock().is_some() {
            let mut rest = typed.range(searched..);
            if let Some(end) = rest.position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = typed.drain(..=searched + end).collect();
                line.pop();
                return Some(String::from_utf8_lossy(&line).into_owned());
            }
            searched = typed.len();
            match self.keyboard.read(&mut buffer) {
                Ok(length @ 1..) => typed.extend(&buffer[..length]),
                Ok(0) | Err(_) => break,
            }
        }
        // What has no newline at its end is a line as well, if there is something.
        let line = String::from_utf8_lossy(typed.make_contiguous()).into_owned();
        typed.clear();
        let is_line = !line.is_empty() && self.stop.lock().is_some();
        is_line.then_some(line)
    }

    fn stop(&self) {
        drop(self.stop.lock().take());
    }
}

/// The way to the server.
struct Socket {
    stream: TcpStream,
    framing: Framing,
    arriving: Mutex<Arriving>,
    /// What is sent of a text; one thread at a time sends.
    sending: Mutex<Vec<u8>>,
}

impl Socket {
    fn new(stream: TcpStream, framing: Framing) -> Self {
        Socket {
            stream,
            framing,
            arriving: Mutex::new(Arriving::new(framing)),
            sending: Mutex::default(),
        }
    }
}

impl Connection for Socket {
    fn send(&self, text: &str) -> Result<(), Closed> {
        let mut bytes = self.sending.lock();
        bytes.clear();
        self.framing.encode(text, &mut bytes);
        let sent = (&self.stream).write_all(&bytes);
        sent.map_err(|_| Closed)
    }

    fn receive(&self) -> Option<String> {
        let mut arriving = self.arriving.lock();
        let text = arriving.next(&self.stream);
        // As the original shows that nothing more comes.
        text.or_else(|| arriving.ends().then(String::new))
    }

    fn finish(&self) {
        // The server sees that nothing more comes, and ends the session.
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    fn close(&self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// The texts that arrive.
struct Arriving {
    decoder: Decoder,
    buffer: Vec<u8>,
    /// Those that have arrived together.
    texts: VecDeque<String>,
    state: State,
}

/// What is known of the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// Nothing more is to be read.
    Closed,
    /// And that has been told.
    Told,
}

impl Arriving {
    fn new(framing: Framing) -> Self {
        Arriving {
            decoder: Decoder::of_server(framing),
            buffer: vec![0; MAX_MESSAGE],
            texts: VecDeque::new(),
            state: State::Open,
        }
    }

    /// Waits for the next text; none if the server has closed the connection, or that has broken.
    fn next(&mut self, mut stream: &TcpStream) -> Option<String> {
        while self.texts.is_empty() && self.state == State::Open {
            match stream.read(&mut self.buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(length @ 1..) => {
                    let read = self.decoder.read(&self.buffer[..length]);
                    self.texts.extend(read.into_iter().flatten());
                }
                Ok(0) | Err(_) => {
                    self.state = State::Closed;
                    self.texts.extend(self.decoder.end());
                }
            }
        }
        self.texts.pop_front()
    }

    /// True the first time after the last text.
    fn ends(&mut self) -> bool {
        let is_news = self.state == State::Closed;
        self.state = State::Told;
        is_news
    }
}

/// Hands over each text that arrives, until the server ends the session.
///
/// # Errors
/// Those of `tell`.
pub(super) fn receive(
    stream: &TcpStream,
    framing: Framing,
    mut tell: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    let mut arriving = Arriving::new(framing);
    while let Some(text) = arriving.next(stream) {
        tell(&text)?;
        if text.eq_ignore_ascii_case(FIN) {
            break;
        }
    }
    Ok(())
}
