//! `dialogue-server` and `dialogue-client` as processes: with each other, with the programs of the textbook,
//! and their ends.
#![cfg(all(unix, not(loom)))]
// Peers in plain sockets.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod served;

use served::{Running, english, next_line};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread;
use std::time::Duration;

const SERVER: &str = "dialogue-server";
const WELCOME: &str = "Vous êtes connecté au serveur Marcel. Envoyez vos messages.";

/// How long a peer waits before it says that the other one hangs.
const TOO_LONG: Duration = Duration::from_secs(60);

/// Somebody at a program.
struct Seat {
    keyboard: ChildStdin,
    screen: BufReader<ChildStdout>,
}

impl Seat {
    fn of(server: &mut Running) -> Self {
        Seat {
            keyboard: server.process.stdin.take().expect("a pipe"),
            screen: server.screen(),
        }
    }

    /// The next that is shown is exactly this.
    #[track_caller]
    fn sees(&mut self, expected: &str) {
        let mut shown = vec![0; expected.len()];
        self.screen.read_exact(&mut shown).expect("more to see");
        assert_eq!(String::from_utf8_lossy(&shown), expected);
    }

    /// Sees that nothing more comes.
    #[track_caller]
    fn sees_the_end(&mut self) {
        assert_eq!(next_line(&mut self.screen), "", "nothing more");
    }

    fn types(&mut self, line: &str) {
        let line = format!("{line}\n");
        self.keyboard.write_all(line.as_bytes()).expect("it runs");
    }

    /// What a server shows when this one has connected.
    #[track_caller]
    fn sees_somebody_come(&mut self, port: u16) {
        self.sees(&format!(
            "Serveur prêt, en attente de requêtes ...\n\
             Client connecté, adresse IP 127.0.0.1, port {port}\n"
        ));
    }
}

/// Our client, and somebody at it.
fn our_client(address: SocketAddr, framing: &str) -> (Child, Seat) {
    let mut command = english();
    let mut client = command
        .args(["run", "dialogue-client", "--framing", framing])
        .args(["--addr", &address.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the client");
    let keyboard = client.stdin.take().expect("a pipe");
    let screen = BufReader::new(client.stdout.take().expect("a pipe"));
    (client, Seat { keyboard, screen })
}

#[track_caller]
fn ends_well(mut program: Child) {
    assert_eq!(program.wait().expect("it ends").code(), Some(0));
}

/// A client that is known to the test only.
fn connect(server: &Running) -> TcpStream {
    let client = server.connect();
    client.set_read_timeout(Some(TOO_LONG)).expect("a socket");
    client
}

fn port(client: &TcpStream) -> u16 {
    client.local_addr().expect("a socket").port()
}

/// `recv(1024).decode()`
fn recv(mut stream: &TcpStream) -> String {
    let mut buffer = [0; 1024];
    let length = stream.read(&mut buffer).expect("a peer");
    String::from_utf8(buffer[..length].to_vec()).expect("UTF-8, whole")
}

#[test]
fn our_programs_talk_to_each_other() {
    for framing in ["lines", "chunks"] {
        let mut server = Running::start(SERVER, &["--framing", framing]);
        let mut marcel = Seat::of(&mut server);
        marcel.sees("Serveur prêt, en attente de requêtes ...\n");
        let (client, mut ana) = our_client(server.address, framing);
        ana.sees(&format!(
            "Connexion établie avec le serveur.\nS> {WELCOME}\nC> "
        ));
        ana.types("");
        ana.sees("C> ");
        ana.types("ça va ? 😀");
        let announced = next_line(&mut marcel.screen);
        let start = "Client connecté, adresse IP 127.0.0.1, port ";
        let port = announced.strip_prefix(start).expect("a client");
        assert!(port.parse::<u16>().is_ok(), "{announced}");
        marcel.sees("C> ça va ? 😀\nS> ");
        marcel.types("oui");
        ana.sees("S> oui\nC> ");
        ana.types("FIN");
        ana.sees("Connexion interrompue.\n");
        ana.sees_the_end();
        ends_well(client);
        marcel.sees("C> FIN\nConnexion interrompue.\n<R>ecommencer <T>erminer ? ");
        marcel.types("t");
        marcel.sees_the_end();
        assert_eq!(server.ends(), Some(0));
    }
}

#[test]
fn the_next_client_waits_until_the_dialogue_is_over_and_another_one_is_wanted() {
    let mut server = Running::start(SERVER, &[]);
    let mut marcel = Seat::of(&mut server);
    let (mut ana, mut bob) = (connect(&server), connect(&server));
    marcel.sees_somebody_come(port(&ana));
    bob.write_all(b"et moi ?\n").expect("a peer");
    ana.write_all(b"fin\n").expect("a peer");
    marcel.sees("C> fin\nConnexion interrompue.\n<R>ecommencer <T>erminer ? ");
    let mut heard = String::new();
    ana.read_to_string(&mut heard).expect("a peer");
    assert_eq!(heard, format!("{WELCOME}\nfin\n"));
    marcel.types("");
    marcel.sees_somebody_come(port(&bob));
    marcel.sees("C> et moi ?\nS> ");
    marcel.types("toi aussi");
    drop(ana);
    bob.write_all(b"fin\n").expect("a peer");
    marcel.sees("C> fin\nConnexion interrompue.\n<R>ecommencer <T>erminer ? ");
    marcel.types("T");
    assert_eq!(server.ends(), Some(0));
}

#[test]
fn who_goes_away_without_a_word_ends_only_its_own_dialogue() {
    let mut server = Running::start(SERVER, &[]);
    let mut marcel = Seat::of(&mut server);
    for says in [b"" as &[u8], b"je n'ai pas fi", b"\xff\n"] {
        let mut client = connect(&server);
        let port = port(&client);
        // What is left unread would turn the end into a reset.
        assert_eq!(recv(&client), format!("{WELCOME}\n"));
        client.write_all(says).expect("a peer");
        drop(client);
        marcel.sees_somebody_come(port);
        if !says.is_empty() {
            let text = String::from_utf8_lossy(says);
            marcel.sees(&format!("C> {}\nS> ", text.trim_end()));
            marcel.types("oui ?");
        }
        marcel.sees("C> \nConnexion interrompue.\n<R>ecommencer <T>erminer ? ");
        marcel.types("r");
    }
    marcel.sees("Serveur prêt, en attente de requêtes ...\n");
}

#[cfg(target_os = "linux")]
#[test]
fn dialogues_that_are_over_take_no_memory() {
    let mut server = Running::start(SERVER, &[]);
    let mut marcel = Seat::of(&mut server);
    let mut peaks = Vec::new();
    for _ in 0..4 {
        for _ in 0..50 {
            let mut client = connect(&server);
            client.write_all(b"fin\n").expect("a peer");
            marcel.sees_somebody_come(port(&client));
            marcel.sees("C> fin\nConnexion interrompue.\n<R>ecommencer <T>erminer ? ");
            marcel.types("r");
        }
        peaks.push(server.peak());
    }
    assert!(peaks[3] < 2 * peaks[0], "{peaks:?}");
}

#[test]
fn the_client_of_the_textbook_talks_to_our_server() {
    let mut server = Running::start(SERVER, &["--framing", "chunks"]);
    let mut marcel = Seat::of(&mut server);
    let mut client = connect(&server);
    marcel.sees_somebody_come(port(&client));
    assert_eq!(recv(&client), WELCOME);
    for (says, answer) in [("bonjour", "ça va ? 😀"), ("oui", "adieu")] {
        client.write_all(says.as_bytes()).expect("a peer");
        marcel.sees(&format!("C> {says}\nS> "));
        marcel.types(answer);
        assert_eq!(recv(&client), answer);
    }
    client.write_all(b"Fin").expect("a peer");
    marcel.sees("C> Fin\nConnexion interrompue.\n<R>ecommencer <T>erminer ? ");
    assert_eq!([recv(&client), recv(&client)], ["fin", ""]);
    marcel.types("t");
    assert_eq!(server.ends(), Some(0));
}

#[test]
fn our_client_talks_to_the_server_of_the_textbook() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a socket");
    // As its Python does it, for one client.
    let serving = thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a client");
        let mut said = Vec::new();
        connection.write_all(WELCOME.as_bytes()).expect("a peer");
        loop {
            let text = recv(&connection);
            let is_the_end = text.to_uppercase() == "FIN" || text.is_empty();
            said.push(text);
            if is_the_end {
                break;
            }
            connection.write_all("à toi".as_bytes()).expect("a peer");
        }
        connection.write_all(b"fin").expect("a peer");
        said
    });
    let (client, mut ana) = our_client(address, "chunks");
    ana.sees(&format!(
        "Connexion établie avec le serveur.\nS> {WELCOME}\nC> "
    ));
    ana.types("bonjour");
    ana.sees("S> à toi\nC> ");
    ana.types("fin");
    ana.sees("Connexion interrompue.\n");
    ends_well(client);
    assert_eq!(serving.join().expect("no panic"), ["bonjour", "fin"]);
}

#[test]
fn an_interrupt_tells_the_client_and_ends_the_server_whatever_it_waits_for() {
    // While nobody calls.
    let mut server = Running::start(SERVER, &[]);
    let mut marcel = Seat::of(&mut server);
    marcel.sees("Serveur prêt, en attente de requêtes ...\n");
    server.interrupt();
    marcel.sees_the_end();
    assert_eq!(server.ends(), Some(0));

    // While it listens, and while it asks.
    for (says, sees) in [("", ""), ("bonjour\n", "C> bonjour\nS> ")] {
        let mut server = Running::start(SERVER, &[]);
        let mut marcel = Seat::of(&mut server);
        let mut client = connect(&server);
        client.write_all(says.as_bytes()).expect("a peer");
        let mut heard = BufReader::new(client.try_clone().expect("a socket"));
        assert_eq!(next_line(&mut heard), WELCOME);
        marcel.sees_somebody_come(port(&client));
        marcel.sees(sees);
        server.interrupt();
        let mut rest = String::new();
        heard.read_to_string(&mut rest).expect("a peer");
        assert_eq!(rest, "fin\n");
        let left: Vec<String> = marcel.screen.by_ref().lines().map(Result::unwrap).collect();
        assert_eq!(
            left.last().map(String::as_str),
            Some("Connexion interrompue.")
        );
        assert_eq!(server.ends(), Some(0));
    }
}

#[test]
fn the_end_of_what_is_typed_ends_the_programs() {
    let mut server = Running::start(SERVER, &[]);
    let mut marcel = Seat::of(&mut server);
    let (client, mut ana) = our_client(server.address, "lines");
    ana.sees(&format!(
        "Connexion établie avec le serveur.\nS> {WELCOME}\nC> "
    ));
    ana.types("bonjour");
    marcel.sees("Serveur prêt, en attente de requêtes ...\n");
    next_line(&mut marcel.screen);
    marcel.sees("C> bonjour\nS> ");
    drop(marcel.keyboard);
    ana.sees("Connexion interrompue.\n");
    ends_well(client);
    assert_eq!(server.ends(), Some(0));

    let mut server = Running::start(SERVER, &[]);
    let mut marcel = Seat::of(&mut server);
    let (client, ana) = our_client(server.address, "lines");
    drop(ana.keyboard);
    ends_well(client);
    marcel.sees("Serveur prêt, en attente de requêtes ...\n");
    next_line(&mut marcel.screen);
    marcel.sees("C> \nConnexion interrompue.\n<R>ecommencer <T>erminer ? ");
    drop(marcel.keyboard);
    assert_eq!(server.ends(), Some(0));
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

#[test]
fn a_client_without_a_server_says_so_and_ends_as_the_original() {
    // Where nobody listens.
    let address = "127.0.0.1:1";
    let mut command = english();
    let output = command
        .args(["run", "dialogue-client", "--addr", address])
        .output();
    let output = output.expect("the command");
    let [said, why] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert_eq!(said, "La connexion a échoué.\n");
    assert!(
        why.starts_with(&format!("note: cannot connect to {address}: ")),
        "{why}"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_screen_that_takes_nothing_ends_the_server() {
    let mut server = Running::start_after("exec > /dev/full", SERVER);
    let notice = server.notice();
    assert!(
        notice.starts_with("error: cannot write to the standard output: No space left"),
        "{notice}"
    );
    assert_eq!(server.ends(), Some(1));
}

#[test]
fn a_screen_that_is_closed_stops_nobody() {
    let mut server = Running::start(SERVER, &[]);
    let Seat {
        mut keyboard,
        screen,
    } = Seat::of(&mut server);
    drop(screen);
    let mut client = connect(&server);
    let mut heard = BufReader::new(client.try_clone().expect("a socket"));
    assert_eq!(next_line(&mut heard), WELCOME);
    client.write_all(b"bonjour\n").expect("a peer");
    keyboard.write_all(b"oui\nt\n").expect("it runs");
    assert_eq!(next_line(&mut heard), "oui");
    client.write_all(b"fin\n").expect("a peer");
    assert_eq!([next_line(&mut heard), next_line(&mut heard)], ["fin", ""]);
    assert_eq!(server.ends(), Some(0));
}
