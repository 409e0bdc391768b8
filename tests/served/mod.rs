//! A server of `cargo kata run` in its own process.
// No test needs all of it.
#![allow(dead_code)]

#[path = "../spoken/mod.rs"]
mod spoken;

use rustix::process::{Pid, Signal, kill_process};
pub use spoken::english;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

/// A running server, where it listens, and what else it says on its standard error.
pub struct Running {
    pub process: Child,
    pub address: SocketAddr,
    notices: BufReader<ChildStderr>,
}

impl Running {
    pub fn start(program: &str, arguments: &[&str]) -> Running {
        Running::start_by(english(), program, arguments)
    }

    /// In a shell that has done this before, such as `ulimit -n 24`.
    pub fn start_after(before: &str, program: &str) -> Running {
        let mut shell = Command::new("sh");
        let command = format!("{before} && exec \"$0\" \"$@\"");
        shell.args(["-c", &command]).arg(english().get_program());
        shell.env("KATA_LANG", "en");
        Running::start_by(shell, program, &[])
    }

    fn start_by(mut command: Command, program: &str, arguments: &[&str]) -> Running {
        let mut process = command
            .args(["run", program, "--addr", "127.0.0.1:00"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server");
        let mut notices = BufReader::new(process.stderr.take().expect("a pipe"));
        let line = next_line(&mut notices);
        let address = line.strip_prefix("listening on ").expect("the port");
        let address = address.parse().expect("an address");
        Running {
            process,
            address,
            notices,
        }
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).expect("it listens")
    }

    /// The next line of its standard error.
    pub fn notice(&mut self) -> String {
        next_line(&mut self.notices)
    }

    /// Its standard output, once.
    pub fn screen(&mut self) -> BufReader<ChildStdout> {
        BufReader::new(self.process.stdout.take().expect("a pipe"))
    }

    /// The most memory that it has taken so far, in bytes.
    #[cfg(target_os = "linux")]
    pub fn peak(&self) -> usize {
        let status = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(status).expect("it runs");
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|it| it.trim().strip_suffix(" kB"))
            .expect("its memory");
        line.parse::<usize>().expect("KiB") * 1024
    }

    /// Ctrl-C.
    pub fn interrupt(&self) {
        let pid = Pid::from_raw(self.process.id().cast_signed()).expect("a process");
        kill_process(pid, Signal::INT).expect("it runs");
    }

    /// Waits for its end; its exit code.
    pub fn ends(&mut self) -> Option<i32> {
        self.process.wait().expect("it ends").code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The next line, without its end; nothing at the end of all.
pub fn next_line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).expect("UTF-8");
    line.trim_end().to_owned()
}
