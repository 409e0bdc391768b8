//! Processes that ask hosts. None of them outlives the command.

use crate::cli::services::group;
use kata::curriculum::report::State;
use kata::programs::kit::visible::visible;
use kata::sync::Mutex;
use kata::sync::atomic::{AtomicBool, Ordering};
use kata::text;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::process::{Child, Command, ExitStatus, Stdio};

/// A program that asks a host, and the processes of it that run.
pub struct Pings {
    program: OsString,
    running: Mutex<Running>,
    /// That it cannot be run was said.
    has_complained: AtomicBool,
}

#[derive(Default)]
struct Running {
    /// The numbers of processes that run, or have ended and are still known by that number.
    processes: BTreeSet<u32>,
    /// No other is to be started.
    is_over: bool,
}

impl Pings {
    /// What asks is this program.
    pub fn of(program: OsString) -> Self {
        Pings {
            program,
            running: Mutex::default(),
            has_complained: AtomicBool::new(false),
        }
    }

    /// Asks a host, and waits for the answer. If the program cannot be run, that is said, once.
    pub fn probe(&self, host: &str) -> State {
        let ended = self.start(host).and_then(|child| self.wait(child));
        match ended {
            Ok(status) => match status.code() {
                Some(0) => State::Alive,
                Some(1) => State::Failing,
                _ => State::Unknown,
            },
            Err(error) => {
                self.complain(&error);
                State::Unknown
            }
        }
    }

    /// Ends all that run, with what they have started, and lets no other begin.
    pub fn end(&self) {
        let mut running = self.running.lock();
        running.is_over = true;
        running.processes.iter().copied().for_each(group::kill);
    }

    /// The lock is held so that none is started unknown to who ends them.
    fn start(&self, host: &str) -> io::Result<Child> {
        let mut running = self.running.lock();
        if running.is_over {
            return Err(ErrorKind::Interrupted.into());
        }
        let mut command = Command::new(&self.program);
        command.args(["-w3", "-c4", host]).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = group::spawn(&mut command)?;
        running.processes.insert(child.id());
        Ok(child)
    }

    fn wait(&self, mut child: Child) -> io::Result<ExitStatus> {
        group::await_end(&child)?;
        // Until now the number was that of this process, and of no other one.
        self.running.lock().processes.remove(&child.id());
        child.wait()
    }

    fn complain(&self, error: &io::Error) {
        let is_known = self.has_complained.swap(true, Ordering::SeqCst);
        if is_known || error.kind() == ErrorKind::Interrupted {
            return;
        }
        let program = self.program.to_string_lossy();
        // Who does not read it has the blocks.
        let _ = writeln!(
            anstream::stderr(),
            "{}",
            text!(
                "note: cannot run {program}: {error}. Nothing is known of hosts without it; \
                 name another program: --ping PROGRAM",
                program = visible(&program),
                error
            )
        );
    }
}
