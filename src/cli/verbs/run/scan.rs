//! `cargo kata run scan`.

mod pings;

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::verbs::run::closing;
use kata::programs::scan::{self, Order};
use kata::text;
use pings::Pings;
use std::ffi::OsString;
use std::io::{self, Write};
use std::sync::Arc;

/// The arguments.
#[derive(clap::Args)]
pub struct Arguments {
    /// The hosts; one that is given twice is asked twice
    #[arg(value_name = "HOST", value_parser = host)]
    hosts: Vec<String>,
    /// Print each block when its host has answered, and not all of them at the end
    #[arg(long, conflicts_with = "in_turn")]
    as_they_come: bool,
    /// Ask one host after the other, and print wider blocks
    #[arg(long)]
    in_turn: bool,
    /// What asks a host: it is run with -w3 -c4 HOST, and ends with 0 if the host answers, 1 if not
    #[arg(long, value_name = "PROGRAM", default_value = "ping")]
    ping: OsString,
}

/// A host, and not an option of `ping`.
fn host(text: &str) -> Result<String, String> {
    let is_option = text.starts_with('-');
    let what = text!("the name of a host does not begin with `-`");
    (!is_option).then(|| text.to_owned()).ok_or(what.to_owned())
}

/// Asks the hosts.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    if arguments.hosts.is_empty() {
        writeln!(io::stderr(), "Usage: kata run scan HOST...")?;
        return Err(CommandError::Failed);
    }
    let order = match (arguments.as_they_come, arguments.in_turn) {
        (true, _) => Order::AsTheyCome,
        (false, true) => Order::InTurn,
        (false, false) => Order::AsGiven,
    };
    let pings = Arc::new(Pings::of(arguments.ping.clone()));
    let running = Arc::clone(&pings);
    closing::end_at_ctrl_c(move || running.end())?;
    let probe = Arc::new(move |host: &str| pings.probe(host));
    Ok(scan::run(arguments.hosts.clone(), order, probe, out)?)
}
