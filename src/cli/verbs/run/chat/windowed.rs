//! `chat-client --screen`: the keyboard and the screen in this thread, the socket in two others.

use super::conversation::{ConnectionState, Conversation, Wish};
use super::draw::draw;
use crate::cli::services::screen::{Input, Screen};
use kata::programs::chat::client;
use kata::programs::chat::framing::Framing;
use kata::sync::channel::{self, Receiver, Sender, TryRecvError};
use kata::sync::thread;
use kata::sync::time::{Duration, Instant};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};

/// How long a message may go unseen.
const TICK: Duration = Duration::from_millis(50);

/// Time for sending the last line typed.
const PATIENCE: Duration = Duration::from_secs(1);

/// Messages that wait to be sent, or to be shown.
const WAITING: usize = 64;

/// Talks to the server at this address until either side ends; says whether there was one.
///
/// # Errors
/// Those of the terminal.
pub fn run(address: &str, framing: Framing, out: &mut impl Write) -> io::Result<bool> {
    let Ok(stream) = TcpStream::connect(address) else {
        writeln!(out, "La connexion a échoué.")?;
        return Ok(false);
    };
    writeln!(out, "Connexion établie avec le serveur.")?;
    out.flush()?;
    let stream = &stream;
    let last = thread::scope(|scope| {
        let (heard, hearing) = channel::bounded(WAITING);
        let (saying, said) = channel::bounded(WAITING);
        scope.spawn(move || receive(stream, framing, &heard));
        scope.spawn(move || emit(stream, framing, &said));
        let last = converse(address, &hearing, saying);
        // The others may be waiting for the server, or for room that nobody makes any more.
        let _ = stream.shutdown(Shutdown::Both);
        drop(hearing);
        last
    })?;
    if let Some(text) = last {
        writeln!(out, "*{text}*")?;
    }
    writeln!(out, "Client arrêté. Connexion interrompue.")?;
    Ok(true)
}

fn receive(stream: &TcpStream, framing: Framing, heard: &Sender<String>) {
    // It fails once nobody wants to hear it any more: then that is the end as well.
    let _ = client::receive(stream, framing, |text| {
        heard.send(text.to_owned()).map_err(io::Error::other)
    });
}

fn emit(mut stream: &TcpStream, framing: Framing, said: &Receiver<String>) {
    let mut bytes = Vec::new();
    for text in said {
        bytes.clear();
        framing.encode(&text, &mut bytes);
        if stream.write_all(&bytes).is_err() {
            return;
        }
    }
    // The server sees that nothing more comes, and ends the session.
    let _ = stream.shutdown(Shutdown::Write);
}

/// Shows what is heard and sends what is typed. If it is the server that ends it, returns the last
/// text that came after whatever was typed: it may say why.
fn converse(
    address: &str,
    hearing: &Receiver<String>,
    saying: Sender<String>,
) -> io::Result<Option<String>> {
    let screen = Screen::enter_another()?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut conversation = Conversation::new(address);
    let mut last = None;
    // At which size, unless something has changed since.
    let mut drawn = None;
    loop {
        let size = terminal.size()?;
        if drawn != Some(size) {
            terminal.draw(|frame| draw(frame, &mut conversation))?;
            drawn = Some(size);
        }
        let wish = match screen.input(TICK)? {
            Some(Input::Key(key)) => {
                drawn = None;
                conversation.press(key)
            }
            Some(Input::End) => Some(Wish::Quit),
            Some(Input::Resized) | None => None,
        };
        match wish {
            Some(Wish::Quit) => break,
            Some(Wish::Send(text)) => {
                conversation.state = match saying.try_send(text) {
                    Ok(()) => {
                        conversation.sent();
                        last = None;
                        ConnectionState::Connected
                    }
                    Err(_) => ConnectionState::Busy,
                };
            }
            None => {}
        }
        loop {
            match hearing.try_recv() {
                Ok(text) => {
                    drawn = None;
                    conversation.add(&text);
                    last = Some(text);
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Ok(last),
            }
        }
    }
    conversation.state = ConnectionState::Leaving;
    terminal.draw(|frame| draw(frame, &mut conversation))?;
    drop(saying);
    let start = Instant::now();
    // The server hangs up when it has read all.
    while let Some(left) = PATIENCE.checked_sub(start.elapsed())
        && hearing.recv_timeout(left).is_ok()
    {}
    Ok(None)
}
