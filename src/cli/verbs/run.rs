//! `cargo kata run`.

mod address;
mod background;
mod chat;
mod clock;
mod closing;
mod dialogue;
mod echo;
mod framing;
mod pace;
mod peers;
mod periodic;
mod players;
mod scan;
mod screens;
mod tasks;

use crate::cli::outcome::{CommandError, CommandResult, passed_if};
use crate::cli::services::out::{Out, unless_closed};
use dialogue::Dialogue;
use echo::Echo;
use kata::programs;
use kata::programs::stock::client::{self, Purchase};
use kata::programs::stock::server::{PATIENCE, Server};
use kata::programs::stock::{DEFAULT_ADDRESS, DEFAULT_STOCK};
use kata::text;
use pace::Pace;
use peers::{Calling, Listening};
use std::io::Write;
use std::time::Duration;

/// How long the stock's server, which ends by itself, may take to leave.
const LEAVE: Duration = Duration::from_secs(2);

/// The programs.
#[derive(clap::Subcommand)]
pub enum Program {
    /// Threads that add to one counter
    Counter {
        /// How many threads there are
        #[arg(long, default_value_t = 2, allow_negative_numbers = true)]
        #[arg(value_parser = clap::value_parser!(u16).range(0..=1000))]
        threads: u16,
        /// How often each of them adds 1
        #[arg(long, default_value_t = 5_000_000, allow_negative_numbers = true)]
        times: u64,
    },
    /// Threads that say ping and pong in turn
    PingPong {
        /// How many of either there are
        #[arg(value_name = "N", default_value_t = 100, allow_negative_numbers = true)]
        #[arg(value_parser = clap::value_parser!(u32).range(0..=100_000))]
        pairs: u32,
    },
    /// Threads with names, which make their calls at the same time
    Workers {
        #[command(flatten)]
        pace: Pace,
    },
    /// Asks many hosts at the same time whether they are alive
    Scan(scan::Arguments),
    /// Somebody who sleeps, and a clock in the background that snores
    Night(background::NightArguments),
    /// A thread in the background, which ends with the program
    Daemon(background::DaemonArguments),
    /// An addition that a scheduler makes three seconds later
    ScheduleOnce {
        #[command(flatten)]
        pace: Pace,
    },
    /// Six jobs, each again and again at its times, until Ctrl-C
    Periodic(periodic::Arguments),
    #[command(flatten)]
    Tasks(tasks::TasksProgram),
    /// The players of one nation, from a list of many
    Players(players::Arguments),
    /// A wine shop's server, which serves clients until its stock is sold
    StockServer {
        /// How many bottles there are
        #[arg(long, default_value_t = DEFAULT_STOCK, allow_negative_numbers = true)]
        stock: u32,
        /// Where to listen
        #[arg(long, default_value = DEFAULT_ADDRESS, value_parser = address::parse)]
        addr: String,
    },
    /// A client of the wine shop, which orders once
    StockClient {
        /// Where the server listens
        #[arg(long, default_value = DEFAULT_ADDRESS, value_parser = address::parse)]
        addr: String,
        /// How many bottles to order [default: a random number]
        #[arg(long, allow_negative_numbers = true)]
        #[arg(value_parser = clap::value_parser!(u32).range(1..=99))]
        bottles: Option<u32>,
    },
    /// A server that passes on what one client says to all the others
    ChatServer(chat::ServerArguments),
    /// A client of the chat server
    ChatClient(chat::ClientArguments),
    /// A server with which one client at a time talks, in turn
    DialogueServer(Listening<Dialogue>),
    /// A client of the dialogue server
    DialogueClient(Calling<Dialogue>),
    /// A server that says back what each client says
    EchoServer(Listening<Echo>),
    /// A client of the echo server
    EchoClient(echo::ClientArguments),
}

/// Runs a program.
pub fn run(program: &Program, out: &mut Out<impl Write + Send>) -> CommandResult {
    match program {
        &Program::Counter { threads, times } => {
            if u64::from(threads).checked_mul(times).is_none() {
                return Err(CommandError::Usage(text!(
                    "{threads} threads × {times} times is more than the counter holds; \
                     it counts to {most}",
                    threads,
                    times,
                    most = u64::MAX
                )));
            }
            programs::counter::run(threads.into(), times, out)?;
        }
        &Program::PingPong { pairs } => programs::ping_pong::run(pairs as usize, out)?,
        Program::Workers { pace } => {
            programs::workers::run(pace.speed, clock::time_of_day, out)?;
        }
        Program::Scan(arguments) => scan::run(arguments, out)?,
        Program::Night(arguments) => background::night(arguments, out)?,
        Program::Daemon(arguments) => background::daemon(arguments, out)?,
        Program::ScheduleOnce { pace } => {
            let mut out = out.until_closed();
            let once =
                programs::schedule_once::run(pace.speed, clock::date_and_microseconds, &mut out);
            unless_closed(once)?;
        }
        Program::Periodic(arguments) => periodic::run(arguments, out)?,
        Program::Tasks(program) => tasks::run(program, out)?,
        Program::Players(arguments) => players::players(arguments, out)?,
        Program::StockServer { stock, addr } => stock_server(*stock, addr, out)?,
        Program::StockClient { addr, bottles } => {
            let bottles = bottles.unwrap_or_else(client::any_order);
            if !matches!(client::run(addr, bottles, out)?, Purchase::Delivered(_)) {
                return Err(CommandError::Failed);
            }
        }
        Program::ChatServer(arguments) => chat::server(arguments, out)?,
        Program::ChatClient(arguments) => chat::client(arguments, out)?,
        Program::DialogueServer(arguments) => dialogue::server(arguments, out)?,
        Program::DialogueClient(arguments) => dialogue::client(arguments, out)?,
        Program::EchoServer(arguments) => echo::server(arguments, out)?,
        Program::EchoClient(arguments) => echo::client(arguments, out)?,
    }
    Ok(())
}

fn stock_server(stock: u32, address: &str, out: &mut (impl Write + Send)) -> CommandResult {
    let server = Server::listen(address)?;
    address::tell_port(address, server.address())?;
    let door = server.door();
    closing::at_ctrl_c(move || door.close(), Some(LEAVE))?;
    let failed = |error| {
        let _ = writeln!(
            anstream::stderr(),
            "{}",
            text!("error: {error}; the shop goes on", error)
        );
    };
    passed_if(server.serve(stock, PATIENCE, out, failed)?)
}
