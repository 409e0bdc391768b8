//! `cargo kata run dialogue-server` and `dialogue-client`.

use crate::cli::outcome::CommandResult;
use crate::cli::verbs::run::address;
use crate::cli::verbs::run::closing;
use crate::cli::verbs::run::framing::Message;
use kata::programs::dialogue::DEFAULT_ADDRESS;
use kata::programs::dialogue::client::{self, Dialled};
use kata::programs::dialogue::server::Server;
use kata::text;
use std::io::Write;
use std::time::Duration;

/// How long the server waits at its end for a client that does not take its last word, and for whoever
/// reads what it has printed.
const PATIENCE: Duration = Duration::from_secs(2);

/// The server's arguments.
#[derive(clap::Args)]
pub struct ServerArguments {
    /// Where to listen; with port 0 the system chooses one
    #[arg(long, default_value = DEFAULT_ADDRESS, value_parser = address::parse)]
    addr: String,
    /// What a message is
    #[arg(long, value_enum, default_value = "lines")]
    framing: Message,
}

/// The client's arguments.
#[derive(clap::Args)]
pub struct ClientArguments {
    /// Where the server listens
    #[arg(long, default_value = DEFAULT_ADDRESS, value_parser = address::parse)]
    addr: String,
    /// What a message is: the same as for the server
    #[arg(long, value_enum, default_value = "lines")]
    framing: Message,
}

/// Serves until whoever is at the keyboard has enough, or Ctrl-C.
pub fn server(arguments: &ServerArguments, out: &mut (impl Write + Send)) -> CommandResult {
    let server = address::bound(Server::listen(&arguments.addr), out)?;
    address::tell_port(&arguments.addr, server.address())?;
    closing::at_ctrl_c(server.stop(), Some(PATIENCE))?;
    server.serve(arguments.framing.into(), out)?;
    Ok(())
}

/// Talks with the server. That there is none is no failure of this program, as in the original.
pub fn client(arguments: &ClientArguments, out: &mut (impl Write + Send)) -> CommandResult {
    let dialled = client::run(&arguments.addr, arguments.framing.into(), out)?;
    if let Dialled::NotConnected(why) = dialled {
        writeln!(anstream::stderr(), "{}", text!("note: {why}", why))?;
    }
    Ok(())
}
