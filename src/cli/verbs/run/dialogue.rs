//! `cargo kata run dialogue-server` and `dialogue-client`.

use crate::cli::outcome::CommandResult;
use crate::cli::verbs::run::address;
use crate::cli::verbs::run::closing;
use crate::cli::verbs::run::peers::{Calling, Listening, Program};
use kata::programs::dialogue::DEFAULT_ADDRESS;
use kata::programs::dialogue::client::{self, Dialled};
use kata::programs::dialogue::server::Server;
use kata::text;
use std::io::Write;
use std::time::Duration;

/// How long the server waits at its end for a client that does not take its last word, and for whoever
/// reads what it has printed.
const PATIENCE: Duration = Duration::from_secs(2);

/// The dialogue server and its clients.
pub struct Dialogue;

impl Program for Dialogue {
    const ADDRESS: &'static str = DEFAULT_ADDRESS;
}

/// Serves until whoever is at the keyboard has enough, or Ctrl-C.
pub fn server(arguments: &Listening<Dialogue>, out: &mut (impl Write + Send)) -> CommandResult {
    let server = address::bound(Server::listen(&arguments.addr), out)?;
    address::tell_port(&arguments.addr, server.address())?;
    closing::at_ctrl_c(server.stop(), Some(PATIENCE))?;
    server.serve(arguments.framing.into(), out)?;
    Ok(())
}

/// Talks with the server. That there is none is no failure of this program, as in the original.
pub fn client(arguments: &Calling<Dialogue>, out: &mut (impl Write + Send)) -> CommandResult {
    let dialled = client::run(&arguments.addr, arguments.framing.into(), out)?;
    if let Dialled::NotConnected(why) = dialled {
        writeln!(anstream::stderr(), "{}", text!("note: {why}", why))?;
    }
    Ok(())
}
