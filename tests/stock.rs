//! The stock server in its own process, with a great many clients at once.
#![cfg(not(loom))]
// These threads and what they share are the test's own.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use assert_cmd::cargo::cargo_bin;
use kata::programs::stock::client::{self, Purchase};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Barrier;
use std::thread;

/// Orders that are under way at the same time.
const ORDERS: usize = 520;

/// The server as a process; ended, at the latest, with the test.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts it on a free port.
    fn start(stock: &str) -> Self {
        let mut process = Command::new(cargo_bin!("kata"))
            .args([
                "run",
                "stock-server",
                "--addr",
                "127.0.0.1:0",
                "--stock",
                stock,
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server");
        let mut line = String::new();
        let said = process.stderr.as_mut().expect("a pipe");
        BufReader::new(said).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on ");
        let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
        Server { process, address }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).expect("a server that listens")
    }

    /// Waits for its end; returns what it printed.
    fn output(mut self) -> String {
        let mut printed = String::new();
        let mut out = self.process.stdout.take().expect("a pipe");
        out.read_to_string(&mut printed).expect("UTF-8");
        let status = self.process.wait().expect("a process");
        assert_eq!(status.code(), Some(0), "{printed}");
        printed
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a client sends in the place of an order; one of these and then nothing more.
const HOSTILE: [&[u8]; 5] = [b"", b"4", b"??", b" 0", b"\xff\xfe\xfd\xfc"];

/// What comes up to the end of the connection, be it a reset.
fn hear(mut server: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let _ = server.read_to_end(&mut answer);
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
    let server = Server::start("9000");
    let all_are_in = Barrier::new(ORDERS);
    let client = |number: usize| {
        let mut stream = server.connect();
        // Nobody orders before everybody is connected.
        all_are_in.wait();
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
    let delivered: u32 = thread::scope(|scope| {
        let client = &client;
        let clients: Vec<_> = (0..ORDERS)
            .map(|number| scope.spawn(move || client(number)))
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
    let server = Server::start("100");
    let silent = server.connect();
    assert_eq!(client::order(&server.address, 18), Purchase::Delivered(18));
    let process = server.process.id().to_string();
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
        let mut command = Command::new(cargo_bin!("kata"));
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
