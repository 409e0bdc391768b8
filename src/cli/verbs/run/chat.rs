//! `cargo kata run chat-server` and `chat-client`.

mod conversation;
mod draw;
#[cfg(test)]
mod tests;
mod windowed;

use crate::cli::outcome::{CommandError, CommandResult, passed_if};
use kata::harness::Terminal;
use kata::programs::chat::DEFAULT_ADDRESS;
use kata::programs::chat::client;
use kata::programs::chat::framing::Framing;
use kata::programs::chat::server::{Server, Settings};
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What a message is.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Message {
    /// A line
    Lines,
    /// What one read returns, as the original Python programs need it
    Chunks,
}

impl From<Message> for Framing {
    fn from(message: Message) -> Framing {
        match message {
            Message::Lines => Framing::Lines,
            Message::Chunks => Framing::Chunks,
        }
    }
}

/// The server's arguments.
#[derive(clap::Args)]
pub struct ServerArguments {
    /// Where to listen; with port 0 the system chooses one
    #[arg(long, default_value = DEFAULT_ADDRESS)]
    addr: String,
    /// What a message is
    #[arg(long, value_enum, default_value = "lines")]
    framing: Message,
    /// Append all that the server prints to this file
    #[arg(long)]
    log: Option<PathBuf>,
    /// How many texts can wait for a client; one that is slower is disconnected
    #[arg(long, default_value_t = Settings::default().outbox, value_parser = at_least_one)]
    outbox: usize,
    /// How many clients there can be at a time
    #[arg(long, default_value_t = Settings::default().clients, value_parser = at_least_one)]
    clients: usize,
}

/// The client's arguments.
#[derive(clap::Args)]
pub struct ClientArguments {
    /// Where the server listens
    #[arg(long, default_value = DEFAULT_ADDRESS)]
    addr: String,
    /// What a message is: the same as for the server
    #[arg(long, value_enum, default_value = "lines")]
    framing: Message,
    /// Use the whole terminal: messages that scroll, and a line to type in
    #[arg(long)]
    screen: bool,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it has to be 1 or more".to_owned()),
        Ok(number) => Ok(number),
        Err(error) => Err(format!("{error}")),
    }
}

pub fn server(arguments: &ServerArguments, out: &mut (impl Write + Send)) -> CommandResult {
    let log = arguments.log.as_deref().map(open).transpose()?;
    let Ok(server) = Server::listen(&*arguments.addr) else {
        writeln!(out, "La liaison du socket à l'adresse choisie a échoué.")?;
        return Err(CommandError::Failed);
    };
    if arguments.addr.ends_with(":0") {
        // The only way to learn it; the output itself is the original's.
        writeln!(anstream::stderr(), "listening on {}", server.address())?;
    }
    let shutdown = server.shutdown();
    ctrlc::set_handler(move || shutdown.close()).map_err(io::Error::other)?;
    let settings = Settings {
        framing: arguments.framing.into(),
        outbox: arguments.outbox,
        clients: arguments.clients,
        ..Settings::default()
    };
    server.serve(&settings, Screen { out, log })?;
    Ok(())
}

pub fn client(arguments: &ClientArguments, out: &mut impl Write) -> CommandResult {
    let (address, framing) = (&*arguments.addr, arguments.framing.into());
    let is_terminal =
        io::stdin().is_terminal() && io::stdout().is_terminal() && !Terminal::is_dumb();
    if arguments.screen && !is_terminal {
        let note = "`--screen` needs a terminal: without one this is the plain client";
        writeln!(anstream::stderr(), "{note}")?;
    }
    let is_there = if arguments.screen && is_terminal {
        windowed::run(address, framing, out)?
    } else {
        client::run(address, framing, out)?
    };
    passed_if(is_there)
}

fn open(file: &Path) -> io::Result<File> {
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened.map_err(|error| {
        let what = format!("cannot write to {}: {error}", file.display());
        io::Error::new(error.kind(), what)
    })
}

/// The screen, and the file that gets the same.
struct Screen<W> {
    out: W,
    log: Option<File>,
}

impl<W: Write> Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        if let Some(log) = &mut self.log {
            log.write_all(&bytes[..written])?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
