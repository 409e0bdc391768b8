//! `cargo kata run`.

mod chat;

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::course::Course;
use kata::programs;
use kata::programs::stock::client::{self, Purchase};
use kata::programs::stock::server::{PATIENCE, Server};
use kata::programs::stock::{DEFAULT_ADDRESS, DEFAULT_STOCK};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

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
        #[arg(value_parser = clap::value_parser!(u16).range(0..=1000))]
        pairs: u16,
    },
    /// The players of one nation, from a list of many
    Players {
        /// The nation, exactly as in the list
        nation: Option<String>,
        /// Lines name:club:position:birth_year:nation [default: foot_2020.txt]
        file: Option<PathBuf>,
        /// Ignored, as by the original
        #[arg(hide = true)]
        more: Vec<String>,
    },
    /// A wine shop's server, which serves clients until its stock is sold
    StockServer {
        /// How many bottles there are
        #[arg(long, default_value_t = DEFAULT_STOCK, allow_negative_numbers = true)]
        stock: u32,
        /// Where to listen
        #[arg(long, default_value = DEFAULT_ADDRESS)]
        addr: String,
    },
    /// A client of the wine shop, which orders once
    StockClient {
        /// Where the server listens
        #[arg(long, default_value = DEFAULT_ADDRESS)]
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
}

/// Runs a program.
pub fn run(program: &Program, out: &mut (impl Write + Send)) -> CommandResult {
    match program {
        &Program::Counter { threads, times } => {
            if u64::from(threads).checked_mul(times).is_none() {
                return Err(CommandError::Usage(format!(
                    "{threads} threads × {times} times is more than the counter holds; \
                     it counts to {}",
                    u64::MAX
                )));
            }
            programs::counter::run(threads.into(), times, out)?;
        }
        &Program::PingPong { pairs } => programs::ping_pong::run(pairs.into(), out)?,
        Program::Players { nation, file, .. } => {
            players(nation.as_deref(), file.as_deref(), out)?;
        }
        Program::StockServer { stock, addr } => stock_server(*stock, addr, out)?,
        Program::StockClient { addr, bottles } => {
            let bottles = bottles.unwrap_or_else(client::any_order);
            if !matches!(client::run(addr, bottles, out)?, Purchase::Delivered(_)) {
                return Err(CommandError::Failed);
            }
        }
        Program::ChatServer(arguments) => chat::server(arguments, out)?,
        Program::ChatClient(arguments) => chat::client(arguments, out)?,
    }
    Ok(())
}

fn players(nation: Option<&str>, file: Option<&Path>, out: &mut impl Write) -> CommandResult {
    let mut errors = anstream::stderr();
    let Some(nation) = nation else {
        writeln!(errors, "Usage: cargo kata run players NATION [FILE]")?;
        return Err(CommandError::Failed);
    };
    let lines = match file {
        Some(file) => open(file)?,
        None => open_default()?,
    };
    let this_year = programs::players::this_year();
    programs::players::run(nation, lines, this_year, out, &mut errors)?;
    Ok(())
}

type Lines = Box<dyn BufRead + Send>;

fn open(file: &Path) -> io::Result<Lines> {
    match File::open(file) {
        Ok(file) => Ok(Box::new(BufReader::new(file))),
        Err(error) => {
            let what = format!("cannot open {}: {error}", file.display());
            Err(io::Error::new(error.kind(), what))
        }
    }
}

/// The file in the current folder, or else in the course, or else the one that comes with us.
fn open_default() -> io::Result<Lines> {
    let name = Path::new(programs::players::DEFAULT_FILE);
    let of_course = Course::find().ok().map(|course| course.katas().join(name));
    match [Some(name.to_owned()), of_course]
        .into_iter()
        .flatten()
        .find(|file| file.is_file())
    {
        Some(file) => open(&file),
        None => Ok(Box::new(programs::players::SAMPLE.as_bytes())),
    }
}

fn stock_server(stock: u32, address: &str, out: &mut (impl Write + Send)) -> CommandResult {
    let server = Server::listen(address)?;
    if address.ends_with(":0") {
        // The only way to learn it; the output itself is the original's.
        writeln!(anstream::stderr(), "listening on {}", server.address())?;
    }
    let door = server.door();
    ctrlc::set_handler(move || door.close()).map_err(io::Error::other)?;
    server.serve(stock, PATIENCE, out)?;
    Ok(())
}
