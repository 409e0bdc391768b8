//! `chat-client`: one thread sends what is typed, one prints what arrives.

use super::FIN;
use crate::programs::kit::framing::{Decoder, Framing, MAX_MESSAGE};
use crate::programs::kit::keyboard::{self, Keyboard};
use crate::sync::thread;
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

/// Talks to the server at this address until either side ends.
///
/// # Errors
/// If there is none; those of `out`, and of the system.
pub fn run(address: &str, framing: Framing, out: &mut impl Write) -> io::Result<()> {
    let stream = connect(address, out)?;
    let (keyboard, stop) = keyboard::keyboard()?;
    let printed = thread::scope(|scope| {
        let emission = scope.spawn(|| emit(&keyboard, &stream, framing));
        let print = |text: &str| say(out, &format!("*{text}*"));
        let printed = receive(&stream, framing, print).and_then(|ended| match ended {
            Ended::Fin => Ok(()),
            // As the original shows that nothing more comes.
            Ended::Closed => say(out, "**"),
        });
        drop(stop);
        // The server has nothing more to say, or there is nobody to read it.
        let _ = stream.shutdown(Shutdown::Both);
        if cfg!(unix) {
            emission.join().expect("sending does not panic");
        }
        printed
    });
    printed?;
    say(out, "Client arrêté. Connexion interrompue.")
}

fn say(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{text}")?;
    out.flush()
}

/// Sends what is typed, until that ends or nobody is there to send it to.
fn emit(keyboard: &Keyboard, stream: &TcpStream, framing: Framing) {
    let mut buffer = [0; 4096];
    let mut line = Vec::new();
    while let Ok(length @ 1..) = keyboard.read(&mut buffer) {
        for part in buffer[..length].split_inclusive(|byte| *byte == b'\n') {
            line.extend_from_slice(part);
            if line.last() == Some(&b'\n') && send(stream, framing, &mut line).is_err() {
                return;
            }
        }
    }
    if !line.is_empty() {
        line.push(b'\n');
        // What follows is the end, whether it arrives or not.
        let _ = send(stream, framing, &mut line);
    }
    // The server sees that nothing more comes, and ends the session.
    let _ = stream.shutdown(Shutdown::Write);
}

/// Sends a line that was typed, which ends with a newline, and empties it.
fn send(mut stream: &TcpStream, framing: Framing, line: &mut Vec<u8>) -> io::Result<()> {
    if framing == Framing::Chunks {
        line.pop();
    }
    stream.write_all(line)?;
    line.clear();
    Ok(())
}

/// How the server has ended a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It has said so.
    Fin,
    /// It has closed the connection, or that has broken.
    Closed,
}

/// Hands over each text that arrives, until the server ends the session.
///
/// # Errors
/// Those of `tell`.
pub fn receive(
    mut stream: &TcpStream,
    framing: Framing,
    mut tell: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Ended> {
    let mut decoder = Decoder::of_server(framing);
    let mut buffer = vec![0; MAX_MESSAGE];
    loop {
        let length = match stream.read(&mut buffer) {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => 0,
        };
        let messages = match length {
            0 => decoder.end().into_iter().map(Ok).collect(),
            _ => decoder.read(&buffer[..length]),
        };
        for text in messages.into_iter().flatten() {
            tell(&text)?;
            if text.eq_ignore_ascii_case(FIN) {
                return Ok(Ended::Fin);
            }
        }
        if length == 0 {
            return Ok(Ended::Closed);
        }
    }
}
