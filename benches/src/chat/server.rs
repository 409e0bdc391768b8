//! The servers, each in a process of its own, so that its memory can be told.

use super::broadcast::{self, Write};
use super::textbook;
use kata::curriculum::relay::WELCOME;
use kata::programs::chat::server::{Printers, Server, Settings};
use std::env;
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What every server tells every client first.
pub(super) fn welcome() -> String {
    format!("{WELCOME}\n")
}

/// The word that makes this program a server.
pub(crate) const SERVE: &str = "serve-chat";

/// Ways to serve a chat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Design {
    Kata,
    Textbook,
    Tokio,
    TokioBatched,
}

impl Design {
    pub(super) const ALL: [Design; 4] = [
        Design::Kata,
        Design::Textbook,
        Design::Tokio,
        Design::TokioBatched,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Design::Kata => "kata",
            Design::Textbook => "textbook",
            Design::Tokio => "tokio",
            Design::TokioBatched => "tokio, batched",
        }
    }

    /// Serves in this process, once it has printed where, until the process is killed.
    fn serve(self) -> io::Result<()> {
        let anywhere = (Ipv4Addr::LOCALHOST, 0);
        let listen = || {
            let listener = TcpListener::bind(anywhere)?;
            println!("{}", listener.local_addr()?);
            io::Result::Ok(listener)
        };
        match self {
            Design::Kata => {
                let server = Server::listen(anywhere)?;
                println!("{}", server.address());
                server.serve(&Settings::default(), Printers::nowhere())?;
                Ok(())
            }
            Design::Textbook => textbook::serve(listen()?),
            Design::Tokio => broadcast::serve(listen()?, Write::Each),
            Design::TokioBatched => broadcast::serve(listen()?, Write::Batch),
        }
    }
}

/// What this program does instead of printing tables, if its argument says so.
///
/// # Panics
/// Panics if there is no such design, or if it fails.
pub(crate) fn serve(design: &str) {
    let design = Design::ALL.into_iter().find(|it| it.name() == design);
    let served = design.expect("a design of a server").serve();
    served.expect("serving goes on until the end of the process");
}

/// A server in a process of its own, which ends with this value.
pub(super) struct Running {
    process: Child,
    pub(super) address: SocketAddr,
}

impl Running {
    pub(super) fn start(design: Design) -> io::Result<Self> {
        let mut process = Command::new(env::current_exe()?)
            .args([SERVE, design.name()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().parse().map_err(io::Error::other)?;
        Ok(Running { process, address })
    }

    /// The memory in use, where the system tells it: on Linux.
    pub(super) fn memory(&self) -> Option<Memory> {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).ok()?;
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line?.split_whitespace().next()?.parse().ok()
        };
        Some(Memory {
            all: number("VmRSS:")?,
            own: number("RssAnon:")?,
        })
    }
}

/// Memory in use, in KiB.
#[derive(Clone, Copy)]
pub(super) struct Memory {
    pub(super) all: u64,
    /// What it shares with no file: without the pages of the program itself.
    pub(super) own: u64,
}

impl Memory {
    /// By how much it has grown.
    pub(super) fn since(self, before: Memory) -> Memory {
        Memory {
            all: self.all.saturating_sub(before.all),
            own: self.own.saturating_sub(before.own),
        }
    }
}

impl Running {
    /// The processor time of all its threads so far, where the system tells it: on Linux.
    pub(super) fn effort(&self) -> Option<Duration> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).ok()?;
        let mut effort = 0;
        for task in tasks {
            let times = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            effort += times.split_whitespace().next()?.parse::<u64>().ok()?;
        }
        Some(Duration::from_nanos(effort))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Raises the number of sockets that this process and its children may open.
pub(super) fn allow_many_sockets() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit {
            current: limit.maximum,
            ..limit
        };
        // Should it not do, a connection will fail and say so.
        let _ = setrlimit(Resource::Nofile, raised);
    }
}
