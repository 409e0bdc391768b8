//! `cargo kata run chat-server` and `chat-client`.

mod conversation;
mod draw;
#[cfg(test)]
mod tests;
mod windowed;

#[cfg(loom)]
use crate::cli::outcome::CommandError;
use crate::cli::outcome::CommandResult;
use crate::cli::verbs::run::peers::{Calling, Listening, Program};
use crate::cli::verbs::run::screens;
#[cfg(not(loom))]
use crate::cli::verbs::run::{address, closing};
use kata::programs::chat::DEFAULT_ADDRESS;
use kata::programs::chat::client;
#[cfg(not(loom))]
use kata::programs::chat::server::{Printers, Server};
use kata::programs::chat::settings::{MOST_CLIENTS, MOST_TEXTS, Settings};
#[cfg(not(loom))]
use std::fs::{File, OpenOptions};
#[cfg(not(loom))]
use std::io;
use std::io::Write;
#[cfg(not(loom))]
use std::path::Path;
use std::path::PathBuf;

/// The chat's server and its clients.
pub struct Chat;

impl Program for Chat {
    const ADDRESS: &'static str = DEFAULT_ADDRESS;
}

/// The server's arguments.
#[derive(clap::Args)]
#[cfg_attr(loom, allow(dead_code))]
pub struct ServerArguments {
    #[command(flatten)]
    listening: Listening<Chat>,
    /// Append all that the server prints to this file
    #[arg(long)]
    log: Option<PathBuf>,
    /// How many texts can wait for a client; then those who speak wait for it
    #[arg(long, default_value_t = Settings::default().outbox, value_parser = up_to::<MOST_TEXTS>)]
    outbox: usize,
    /// How many clients there can be at a time
    #[arg(long, default_value_t = Settings::default().clients, value_parser = up_to::<MOST_CLIENTS>)]
    clients: usize,
}

/// The client's arguments.
#[derive(clap::Args)]
pub struct ClientArguments {
    #[command(flatten)]
    calling: Calling<Chat>,
    /// Use the whole terminal: messages that scroll, and a line to type in
    #[arg(long)]
    screen: bool,
}

fn up_to<const MOST: usize>(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if (1..=MOST).contains(&number) => Ok(number),
        // One that is too long to be a number is too large as well.
        _ => Err(format!("it has to be a number from 1 to {MOST}")),
    }
}

#[cfg(loom)]
pub fn server(_: &ServerArguments, _: &mut (impl Write + Send)) -> CommandResult {
    let message = "the server waits for sockets, which loom cannot explore: build without it";
    Err(CommandError::Usage(message.to_owned()))
}

#[cfg(not(loom))]
pub fn server(arguments: &ServerArguments, out: &mut (impl Write + Send)) -> CommandResult {
    let log = arguments.log.as_deref().map(open).transpose()?;
    let Listening { addr, framing, .. } = &arguments.listening;
    let listening = Server::listen(&**addr).map_err(|error| {
        let why = format!("cannot listen on {addr}: {error}");
        io::Error::new(error.kind(), why)
    });
    let server = address::bound(listening, out)?;
    address::tell_port(addr, server.address())?;
    let shutdown = server.shutdown();
    closing::at_ctrl_c(move || shutdown.close(), None)?;
    let settings = Settings {
        framing: (*framing).into(),
        outbox: arguments.outbox,
        clients: arguments.clients,
        ..Settings::default()
    };
    let printers = Printers {
        screen: Box::new(io::stdout()),
        log,
        notices: Box::new(io::stderr()),
    };
    closing::end_as(server.serve(&settings, printers)?)
}

pub fn client(arguments: &ClientArguments, out: &mut impl Write) -> CommandResult {
    let Calling { addr, framing, .. } = &arguments.calling;
    if screens::is_taken(arguments.screen)? {
        windowed::run(addr, (*framing).into(), out)?;
    } else {
        client::run(addr, (*framing).into(), out)?;
    }
    Ok(())
}

/// The file that gets what the screen gets, and what it is called.
#[cfg(not(loom))]
fn open(file: &Path) -> io::Result<(String, Box<dyn Write + Send>)> {
    let opened = OpenOptions::new().append(true).create(true).open(file);
    match opened {
        Ok(log) => Ok((file.display().to_string(), Box::<File>::new(log))),
        Err(error) => {
            let what = format!("cannot write to {}: {error}", file.display());
            Err(io::Error::new(error.kind(), what))
        }
    }
}
