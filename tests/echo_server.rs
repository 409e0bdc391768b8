//! `echo-server` as a process: a flood of clients, those who misbehave, the programs of the textbook,
//! and its end.
#![cfg(all(unix, not(loom)))]
// Peers in plain sockets.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod served;

use rustix::process::{Resource, getrlimit, setrlimit};
use served::{Running, english, next_line};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

const SERVER: &str = "echo-server";

/// How long a client waits before it says that the server hangs.
const TOO_LONG: Duration = Duration::from_secs(60);

/// A client that sends lines, and reads them.
struct Client(BufReader<TcpStream>);

impl Client {
    fn call(server: &Running) -> Self {
        let stream = server.connect();
        stream.set_read_timeout(Some(TOO_LONG)).expect("a socket");
        stream.set_nodelay(true).expect("a socket");
        Client(BufReader::with_capacity(64, stream))
    }

    /// Says something, and hears exactly this.
    #[track_caller]
    fn asks(&mut self, text: &str, answer: &str) {
        let line = format!("{text}\n");
        self.0.get_mut().write_all(line.as_bytes()).expect("a peer");
        assert_eq!(next_line(&mut self.0), answer);
    }

    #[track_caller]
    fn leaves(&mut self) {
        self.asks("exit", "FIN");
        self.sees_the_end();
    }

    #[track_caller]
    fn sees_the_end(&mut self) {
        assert_eq!(next_line(&mut self.0), "", "the end");
    }
}

/// Lets this process, and those that it starts, open as many files as it may.
fn open_as_many_as_allowed() {
    let mut limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(u64::MAX).min(8192);
    limit.current = limit.current.map(|now| now.max(most));
    setrlimit(Resource::Nofile, limit).expect("no more than it may");
}

#[test]
fn a_flood_of_10_000_clients_with_1_000_at_once_is_served_to_the_last() {
    open_as_many_as_allowed();
    let mut server = Running::start(SERVER, &[]);
    let screen = server.screen();
    let printed = thread::spawn(move || {
        let lines = screen.lines().map(|line| line.expect("UTF-8"));
        lines
            .filter(|line| line.starts_with("...connexion de :  ('127.0.0.1', "))
            .count()
    });
    #[cfg(target_os = "linux")]
    let mut peaks: Vec<usize> = Vec::new();
    for wave in 0..10 {
        let mut clients: Vec<Client> = (0..1000).map(|_| Client::call(&server)).collect();
        for (number, client) in clients.iter_mut().enumerate() {
            let text = format!("{number} de {wave}");
            client.asks(&text, &format!("echo : {text}"));
        }
        // All of them have been inside at the same time.
        clients.iter_mut().for_each(Client::leaves);
        #[cfg(target_os = "linux")]
        peaks.push(server.peak());
    }
    // Who has left takes no memory, and no thread.
    #[cfg(target_os = "linux")]
    assert!(peaks[9] < 2 * peaks[0], "{peaks:?}");
    server.interrupt();
    assert_eq!(server.ends(), Some(0));
    assert_eq!(printed.join().expect("no panic"), 10_000);
}

/// How a client misbehaves.
#[derive(Clone, Copy)]
enum Fault {
    /// Goes away in the middle of a text.
    Killed,
    /// Says nothing, and reads nothing.
    Stalled,
    /// Sends what is no text.
    Garbage,
    /// Goes away with something unread, which resets the connection.
    Reset,
}

const FAULTS: [Fault; 4] = [Fault::Killed, Fault::Stalled, Fault::Garbage, Fault::Reset];

/// What is left of the client, if it stays.
fn misbehave(mut stream: TcpStream, fault: Fault) -> Option<TcpStream> {
    let bytes = match fault {
        Fault::Stalled => return Some(stream),
        Fault::Killed => b"je n'ai pas fi".to_vec(),
        Fault::Reset => b"bonjour\n".repeat(100),
        Fault::Garbage => (0..=255).rev().cycle().take(10_000).collect(),
    };
    // The server may have sent it away by then.
    let _ = stream.write_all(&bytes);
    None
}

#[test]
fn two_hundred_faulty_clients_of_six_hundred_harm_nobody() {
    open_as_many_as_allowed();
    let mut server = Running::start(SERVER, &[]);
    let screen = server.screen();
    let printed = thread::spawn(move || screen.lines().count());
    let (mut good, mut stalled) = (Vec::new(), Vec::new());
    for number in 0..600 {
        match number % 3 {
            0 => stalled.extend(misbehave(
                server.connect(),
                FAULTS[number / 3 % FAULTS.len()],
            )),
            _ => good.push(Client::call(&server)),
        }
    }
    assert_eq!((good.len(), stalled.len()), (400, 50));
    for text in ["un", "", "trois"] {
        for client in &mut good {
            client.asks(text, format!("echo : {text}").trim_end());
        }
    }
    let (leave, stay) = good.split_at_mut(200);
    leave.iter_mut().for_each(Client::leaves);
    server.interrupt();
    stay.iter_mut().for_each(Client::sees_the_end);
    assert_eq!(server.ends(), Some(0));
    assert_eq!(printed.join().expect("no panic"), 2 * 600 + 1);
    drop(stalled);
}

#[test]
fn without_descriptors_clients_wait_until_others_have_left() {
    let mut server = Running::start_after("ulimit -n 24", SERVER);
    let mut clients: Vec<Client> = (0..48).map(|_| Client::call(&server)).collect();
    clients.iter_mut().for_each(Client::leaves);
    server.interrupt();
    assert_eq!(server.ends(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_is_told_and_stops_nobody() {
    let mut server = Running::start_after("exec > /dev/full", SERVER);
    let notice = server.notice();
    let (what, then) = ("error: No space left", "; the server goes on");
    assert!(
        notice.starts_with(what) && notice.ends_with(then),
        "{notice}"
    );
    Client::call(&server).leaves();
    server.interrupt();
    // Not all has been printed.
    assert_eq!(server.ends(), Some(1));
}

#[test]
fn an_output_that_nobody_reads_stops_nobody() {
    let mut server = Running::start(SERVER, &[]);
    let unread = server.screen();
    // A pipe holds the lines of some thousand.
    for _ in 0..2000 {
        Client::call(&server).leaves();
    }
    server.interrupt();
    let notice = server.notice();
    assert_eq!(notice, "note: not all of the output was read");
    assert_eq!(server.ends(), Some(0));
    drop(unread);
}

#[test]
fn an_interrupt_closes_who_is_inside_and_ends_the_server() {
    let mut server = Running::start(SERVER, &[]);
    let mut screen = server.screen();
    assert_eq!(next_line(&mut screen), "Serveur à l'écoute…");
    let mut silent = Client::call(&server);
    let port = silent.0.get_ref().local_addr().expect("a socket").port();
    let announced = format!("...connexion de :  ('127.0.0.1', {port})");
    assert_eq!(next_line(&mut screen), announced);
    assert_eq!(next_line(&mut screen), "Serveur à l'écoute…");
    server.interrupt();
    silent.sees_the_end();
    assert_eq!(server.ends(), Some(0));
    assert_eq!(next_line(&mut screen), "", "nothing more");
    let refused = TcpStream::connect(server.address).expect_err("nobody listens");
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("a socket").to_string();
    let mut command = english();
    let output = command.args(["run", SERVER, "--addr", &address]).output();
    let output = output.expect("the command");
    let [said, why] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert_eq!(said, "La liaison du socket à l'adresse choisie a échoué.\n");
    let expected = format!("error: cannot listen on {address}: ");
    assert!(why.starts_with(&expected), "{why}");
    assert_eq!(output.status.code(), Some(1));
}

/// `recv(1024).decode()`
fn recv(mut stream: &TcpStream) -> String {
    let mut buffer = [0; 1024];
    let length = stream.read(&mut buffer).expect("a peer");
    String::from_utf8(buffer[..length].to_vec()).expect("UTF-8, whole")
}

#[test]
fn the_client_of_the_textbook_talks_to_our_server() {
    let server = Running::start(SERVER, &["--framing", "chunks"]);
    let mut client = server.connect();
    client.set_read_timeout(Some(TOO_LONG)).expect("a socket");
    for (text, answer) in [
        ("bonjour", "echo : bonjour"),
        ("ça va ? 😀", "echo : ça va ? 😀"),
        ("Exit", "echo : Exit"),
        ("exit", "FIN"),
    ] {
        client.write_all(text.as_bytes()).expect("a peer");
        assert_eq!(recv(&client), answer);
    }
    assert_eq!(recv(&client), "");
}

/// The server of the textbook, as its Python does it, for one client.
fn original_server() -> (SocketAddr, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a socket");
    let serving = thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a client");
        loop {
            let text = recv(&connection);
            if text == "exit" {
                connection.write_all(b"FIN").expect("a peer");
                break;
            }
            let answer = format!("echo : {text}");
            connection.write_all(answer.as_bytes()).expect("a peer");
        }
        connection.shutdown(Shutdown::Both).expect("a peer");
    });
    (address, serving)
}

/// What our client shows when this is typed, and each answer awaited.
#[track_caller]
fn our_client_talks_to(address: SocketAddr, framing: &str) {
    let mut command = english();
    let mut client = command
        .args(["run", "echo-client", "--framing", framing])
        .args(["--addr", &address.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the client");
    let mut keyboard = client.stdin.take().expect("a pipe");
    let mut screen = BufReader::new(client.stdout.take().expect("a pipe"));
    assert_eq!(next_line(&mut screen), "Connexion établie avec le serveur.");
    for (typed, shown) in [
        ("bonjour\n", "*echo : bonjour*"),
        ("ça va ? 😀\n", "*echo : ça va ? 😀*"),
        ("exit\n", "*FIN*"),
    ] {
        keyboard.write_all(typed.as_bytes()).expect("it runs");
        assert_eq!(next_line(&mut screen), shown);
    }
    let farewell = "Client arrêté. Connexion interrompue.";
    assert_eq!(next_line(&mut screen), farewell);
    assert_eq!(client.wait().expect("it ends").code(), Some(0));
}

#[test]
fn our_client_talks_to_the_server_of_the_textbook() {
    let (address, serving) = original_server();
    our_client_talks_to(address, "chunks");
    serving.join().expect("the server");
}

#[test]
fn our_client_talks_to_our_server() {
    for framing in ["lines", "chunks"] {
        let server = Running::start(SERVER, &["--framing", framing]);
        our_client_talks_to(server.address, framing);
    }
}
