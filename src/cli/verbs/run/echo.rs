//! `cargo kata run echo-server` and `echo-client`.

mod draw;
mod form;
mod places;
mod target;
#[cfg(test)]
mod tests;
mod windowed;

use crate::cli::outcome::CommandResult;
use crate::cli::verbs::run::address;
use crate::cli::verbs::run::closing;
use crate::cli::verbs::run::peers::{Calling, Listening, Program};
use crate::cli::verbs::run::screens;
use kata::programs::chat::client;
use kata::programs::echo::DEFAULT_ADDRESS;
use kata::programs::echo::server::Server;
use kata::text;
use std::io::{self, Write};

/// The echo server and its clients.
pub struct Echo;

impl Program for Echo {
    const ADDRESS: &'static str = DEFAULT_ADDRESS;
}

/// The client's arguments.
#[derive(clap::Args)]
pub struct ClientArguments {
    #[command(flatten)]
    calling: Calling<Echo>,
    /// Use the whole terminal: fields, buttons, and the texts that arrive
    #[arg(long)]
    screen: bool,
}

/// Serves until Ctrl-C.
pub fn server(arguments: &Listening<Echo>, out: &mut impl Write) -> CommandResult {
    let server = address::bound(Server::listen(&arguments.addr), out)?;
    address::tell_port(&arguments.addr, server.address())?;
    closing::at_ctrl_c(server.stop(), None)?;
    let failed = |error| {
        let _ = writeln!(
            anstream::stderr(),
            "{}",
            text!("error: {error}; the server goes on", error)
        );
    };
    closing::end_as(server.serve(arguments.framing.into(), io::stdout(), failed)?)
}

/// Talks to the server until either side ends.
pub fn client(arguments: &ClientArguments, out: &mut impl Write) -> CommandResult {
    let Calling { addr, framing, .. } = &arguments.calling;
    if screens::is_taken(arguments.screen)? {
        windowed::run(addr, (*framing).into())?;
    } else {
        client::run(addr, (*framing).into(), out)?;
    }
    Ok(())
}
