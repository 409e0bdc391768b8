//! The stock server in its own process, with a great many clients at once.
#![cfg(not(loom))]
// These threads and what they share are the test's own.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod spoken;

use kata::programs::stock::client::{self, Purchase};
use spoken::english;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Orders that are under way at the same time.
const ORDERS: usize = 520;

/// How long a client waits before it says that the server hangs.
const TOO_LONG: Duration = Duration::from_secs(60);

/// A process that is ended, at the latest, with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The server in its process.
struct Server {
    process: Process,
    address: String,
    /// What it prints, line by line. Read from the beginning: a full pipe would stop the server.
    lines: Receiver<String>,
    printed: String,
}

impl Server {
    /// Starts it on a free port.
    fn start(stock: &str) -> Self {
        let mut command = english();
        command
            .args(["run", "stock-server", "--addr", "127.0.0.1:0"])
            .args(["--stock", stock])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = Process(command.spawn().expect("the server"));
        let mut line = String::new();
        let said = process.0.stderr.as_mut().expect("a pipe");
        BufReader::new(said).read_line(&mut line).expect("a line");
        let address = line
            .trim()
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("{line}"))
            .to_owned();
        let out = process.0.stdout.take().expect("a pipe");
        let (send, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines() {
                let _ = send.send(line.expect("UTF-8"));
            }
        });
        Server {
            process,
            address,
            lines,
            printed: String::new(),
        }
    }

    /// Connects, and waits until the server says so: before that the connection could be lost with
    /// the server's end, and a client that sends nothing would never know.
    fn connect(&mut self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a server that listens");
        stream.set_read_timeout(Some(TOO_LONG)).expect("a socket");
        let port = stream.local_addr().expect("a socket").port();
        let expected = format!("Serveur connecté par ('127.0.0.1', {port})");
        while self.next_line().expect("a line") != expected {}
        stream
    }

    /// What it prints next; `None` at the end.
    fn next_line(&mut self) -> Option<String> {
        let line = match self.lines.recv_timeout(TOO_LONG) {
            Err(RecvTimeoutError::Disconnected) => return None,
            line => line.expect("a server that does not hang"),
        };
        self.printed += &format!("{line}\n");
        Some(line)
    }

    /// Waits for its end; returns what it printed.
    fn output(mut self) -> String {
        while self.next_line().is_some() {}
        let status = self.process.0.wait().expect("a process");
        assert_eq!(status.code(), Some(0), "{}", self.printed);
        self.printed
    }
}

/// Starts the server with an output that nobody reads. The other end of that, and all that it says
/// to the user, once it has ended.
#[cfg(unix)]
fn start_unread() -> (Process, String, std::process::ChildStdout, Receiver<String>) {
    let mut command = english();
    command
        .args(["run", "stock-server", "--addr", "127.0.0.1:0"])
        .args(["--stock", "1000000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process = Process(command.spawn().expect("the server"));
    let unread = process.0.stdout.take().expect("a pipe");
    let mut said = BufReader::new(process.0.stderr.take().expect("a pipe"));
    let mut line = String::new();
    said.read_line(&mut line).expect("a line");
    let address = line
        .trim()
        .strip_prefix("listening on ")
        .expect("an address");
    let (send, end) = channel();
    thread::spawn(move || {
        let mut rest = String::new();
        said.read_to_string(&mut rest).expect("UTF-8");
        let _ = send.send(rest);
    });
    (process, address.to_owned(), unread, end)
}

#[cfg(unix)]
#[test]
fn an_output_that_nobody_reads_stops_neither_the_shop_nor_its_end() {
    let (mut process, address, unread, end) = start_unread();
    // A pipe holds the lines of some three hundred.
    for _ in 0..1000 {
        assert_eq!(client::order(&address, 1), Purchase::Delivered(1));
    }
    let id = process.0.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status();
    assert!(sent.expect("the command kill").success());
    let said = end.recv_timeout(TOO_LONG).expect("it ends");
    assert_eq!(said, "note: not all of the output was read\n");
    assert_eq!(process.0.wait().expect("a process").code(), Some(0));
    drop(unread);
}

/// What a client sends in the place of an order; one of these and then nothing more.
const HOSTILE: [&[u8]; 5] = [b"", b"4", b"??", b" 0", b"\xff\xfe\xfd\xfc"];

/// What comes up to the end of the connection, be it a reset.
fn hear(mut server: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    if let Err(error) = server.read_to_end(&mut answer) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}");
    }
    answer
}

/// The number of an answer; 0 if there is none.
fn bottles(answer: &[u8]) -> u32 {
    match answer {
        [] => 0,
        [_, _] => {
            let text = std::str::from_utf8(answer).expect("digits");
            text.trim_start().parse().expect("a number")
        }
        other => panic!("no answer: {other:?}"),
    }
}

#[test]
fn what_500_clients_get_together_is_exactly_the_stock() {
    let mut server = Server::start("9000");
    let client = |number: usize, mut stream: TcpStream| {
        if number.is_multiple_of(8) {
            let _ = stream.write_all(HOSTILE[number / 8 % HOSTILE.len()]);
            if number.is_multiple_of(16) {
                let _ = stream.shutdown(Shutdown::Both);
            }
            assert_eq!(hear(stream), b"", "a bad order");
            return 0;
        }
        let wanted = 1 + number as u32 * 7 % 99;
        let _ = stream.write_all(format!("{wanted:2}").as_bytes());
        let got = bottles(&hear(stream));
        assert!(got <= wanted, "{wanted} were ordered, {got} came");
        got
    };
    // Nobody orders before everybody is connected.
    let connected: Vec<_> = (0..ORDERS).map(|_| server.connect()).collect();
    let delivered: u32 = thread::scope(|scope| {
        let client = &client;
        let clients: Vec<_> = (connected.into_iter().enumerate())
            .map(|(number, stream)| scope.spawn(move || client(number, stream)))
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().expect("a client"))
            .sum()
    });
    assert_eq!(delivered, 9000);
    let address = server.address.clone();
    let printed = server.output();
    let sold: u32 = printed
        .lines()
        .filter_map(|line| line.strip_prefix("Livraison de "))
        .map(|line| line.split(' ').next().unwrap().parse::<u32>().unwrap())
        .sum();
    assert_eq!(sold, 9000);
    assert_eq!(client::order(address, 1), Purchase::NoServer);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_server_cleanly() {
    let mut server = Server::start("100");
    let silent = server.connect();
    assert_eq!(client::order(&server.address, 18), Purchase::Delivered(18));
    let process = server.process.0.id().to_string();
    let sent = Command::new("kill").args(["-INT", &process]).status();
    assert!(sent.expect("the command kill").success());
    assert_eq!(hear(silent), b"");
    let printed = server.output();
    assert!(printed.starts_with("Serveur démarré\n\nServeur connecté par ('127.0.0.1', "));
    assert!(
        printed.ends_with("Reste en stock : 82 bouteille(s)\n"),
        "{printed}"
    );
}

#[test]
fn the_programs_say_on_the_command_line_how_it_ended() {
    let server = Server::start("20");
    let run = |arguments: &[&str]| {
        let mut command = english();
        let output = command.arg("run").args(arguments).output().expect("kata");
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).expect("UTF-8");
        (output.status.code(), printed)
    };
    let address = server.address.clone();
    let order = |bottles| run(&["stock-client", "--addr", &address, "--bottles", bottles]);
    let (code, printed) = run(&["stock-server", "--addr", &address]);
    assert_eq!(code, Some(1), "{printed}");
    assert!(
        printed.starts_with(&format!("error: cannot listen on {address}: ")),
        "{printed}"
    );
    assert_eq!(
        order("18"),
        (Some(0), "18 bouteille(s) recue(s)\n".to_owned())
    );
    for bottles in ["0", "100", "-1", "many"] {
        assert_eq!(order(bottles).0, Some(2), "{bottles}");
    }
    assert_eq!(
        order("18"),
        (Some(0), "2 bouteille(s) recue(s)\n".to_owned())
    );
    server.output();
    assert_eq!(
        order("18"),
        (Some(1), "Serveur non disponible\n".to_owned())
    );
}
