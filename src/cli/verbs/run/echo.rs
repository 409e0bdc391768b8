//! `cargo kata run echo-server` and `echo-client`.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::verbs::run::address;
use crate::cli::verbs::run::closing;
use crate::cli::verbs::run::framing::Message;
use kata::programs::chat::client;
use kata::programs::echo::DEFAULT_ADDRESS;
use kata::programs::echo::server::Server;
use kata::programs::kit::printer::Printed;
use kata::text;
use std::io::{self, Write};

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

/// Serves until Ctrl-C.
pub fn server(arguments: &ServerArguments, out: &mut impl Write) -> CommandResult {
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
    match server.serve(arguments.framing.into(), io::stdout(), failed)? {
        Printed::All => Ok(()),
        Printed::NotAll => Err(CommandError::Failed),
        Printed::Unread => closing::leave_unread(),
    }
}

/// Talks to the server until either side ends.
pub fn client(arguments: &ClientArguments, out: &mut impl Write) -> CommandResult {
    client::run(&arguments.addr, arguments.framing.into(), out)?;
    Ok(())
}
