//! `echo-client --screen` in a real terminal.
#![cfg(all(unix, not(loom)))]
// Peers in plain sockets.
#![allow(clippy::disallowed_methods)]

mod served;
mod terminal;

use rustix::process::Signal;
use served::{Running, english};
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::thread;
use std::time::Instant;
use terminal::{ENDS, OTHER_SCREEN, OWN_SCREEN, PATIENCE, Session, without_one};

/// What has a terminal tell of the mouse, and not any more.
const MOUSE: &str = "\x1b[?1000h";
const NO_MOUSE: &str = "\x1b[?1000l";

const SHIFT_TAB: &str = "\x1b[Z";

/// A click on `Envoyer`, in a terminal of 80 columns and 24 rows.
const CLICK_ON_SEND: &str = "\x1b[<0;75;24M\x1b[<0;75;24m";

/// The same on `Connexion`.
const CLICK_ON_CONNECT: &str = "\x1b[<0;75;1M\x1b[<0;75;1m";

fn client(address: SocketAddr) -> Command {
    let mut command = english();
    let address = address.to_string();
    command.args(["run", "echo-client", "--screen", "--addr", &address]);
    command
}

/// The form, which has called nobody.
fn on_screen(address: SocketAddr) -> Session {
    Session::on_screen(client(address), "Etat de la connection...")
}

/// Has all of it drawn again, until this is shown.
#[track_caller]
fn comes_to_show(session: &mut Session, text: &str) {
    let start = Instant::now();
    loop {
        session.press("\x0c");
        session.sees("\x1b[2J");
        // What is drawn last.
        let shown = session.shown_until("[Envoyer]");
        if shown.contains(text) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "no `{text}` in:\n{shown}");
    }
}

#[test]
fn it_talks_with_the_server_until_the_end_and_then_again() {
    let server = Running::start("echo-server", &[]);
    let mut session = on_screen(server.address);
    session.press("\r");
    comes_to_show(&mut session, "Connexion établie");
    session.press("\tbonjour\r");
    comes_to_show(&mut session, "echo");
    session.press("exit");
    session.press(CLICK_ON_SEND);
    comes_to_show(&mut session, "FIN");
    comes_to_show(&mut session, "Connexion terminée.");
    session.press(&format!("{SHIFT_TAB}{SHIFT_TAB}\r"));
    comes_to_show(&mut session, "Connexion établie");
    session.press("\texit\t\r");
    comes_to_show(&mut session, "Connexion terminée.");
    session.press(CLICK_ON_CONNECT);
    comes_to_show(&mut session, "Connexion établie");
    // There is all that is needed in a small terminal, too.
    session.resize(20, 6);
    session.sees("[Connexion]");
    comes_to_show(&mut session, "Connexion établie");
    session.press("\texit\r");
    comes_to_show(&mut session, "Connexion terminée.");
    session.press("\x1b");
    session.sees(OWN_SCREEN);
    assert!(session.ends().success());
}

#[test]
fn without_a_server_it_says_so_and_connects_once_there_is_one() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = taken.local_addr().expect("its address");
    drop(taken);
    let mut session = on_screen(nobody);
    session.press("\r");
    comes_to_show(&mut session, "La connexion a échoué. | Connection refused");
    let server = Running::start("echo-server", &[]);
    let port = server.address.port();
    session.press(&format!("{SHIFT_TAB}\x15{port}\r"));
    comes_to_show(&mut session, "Connexion établie");
    session.press("\x1b");
    assert!(session.ends().success());
}

#[test]
fn the_terminal_is_given_back_with_its_mouse_however_the_screen_ends() {
    let server = Running::start("echo-server", &[]);
    for end in ENDS {
        for is_connected in [false, true] {
            let mut session = Session::start(client(server.address));
            session.sees(OTHER_SCREEN);
            session.sees(MOUSE);
            if is_connected {
                session.press("\r");
                comes_to_show(&mut session, "Connexion établie");
                session.press("\tbonjour\r");
            }
            end(&mut session);
            session.sees(NO_MOUSE);
            session.sees(OWN_SCREEN);
            assert!(session.ends().success());
        }
    }
}

#[test]
fn a_stop_gives_the_mouse_back_and_takes_it_again() {
    let server = Running::start("echo-server", &[]);
    let mut session = on_screen(server.address);
    session.press("\x1a");
    session.sees(NO_MOUSE);
    session.sees(OWN_SCREEN);
    session.stops();
    session.kill(Signal::CONT);
    session.sees(OTHER_SCREEN);
    session.sees(MOUSE);
    session.press(CLICK_ON_CONNECT);
    comes_to_show(&mut session, "Connexion établie");
    session.press("\x03");
    assert!(session.ends().success());
}

/// A server that never answers who calls: one call waits to be let in, and there is no room for more.
#[cfg(target_os = "linux")]
mod deaf {
    use rustix::fd::OwnedFd;
    use rustix::net::{AddressFamily, SocketType, bind, getsockname, listen, socket};
    use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};

    pub struct Deaf {
        pub address: SocketAddr,
        _listener: OwnedFd,
        _waiting: TcpStream,
    }

    impl Deaf {
        pub fn start() -> Self {
            let listener = socket(AddressFamily::INET, SocketType::STREAM, None).expect("a socket");
            let anywhere = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0);
            bind(&listener, &anywhere).expect("a port");
            listen(&listener, 0).expect("a port");
            let address = getsockname(&listener).expect("its address");
            let address = SocketAddr::try_from(address).expect("its address");
            Deaf {
                address,
                _waiting: TcpStream::connect(address).expect("the one that waits"),
                _listener: listener,
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_call_that_hangs_can_be_left_at_once_or_given_up_for_another_one() {
    let deaf = deaf::Deaf::start();
    let calling = format!("appel de {}", deaf.address);
    for end in ENDS {
        let mut session = on_screen(deaf.address);
        session.press("\r");
        comes_to_show(&mut session, &calling);
        end(&mut session);
        session.sees(OWN_SCREEN);
        assert!(session.ends().success());
    }
    let server = Running::start("echo-server", &[]);
    let mut session = on_screen(deaf.address);
    // Twice: the call goes on.
    session.press("\r\r");
    comes_to_show(&mut session, &calling);
    session.press("\tbonjour\r");
    comes_to_show(&mut session, "pas de connexion, rien n'est envoyé");
    let port = server.address.port();
    session.press(&format!("{SHIFT_TAB}{SHIFT_TAB}\x15{port}\r"));
    comes_to_show(&mut session, "Connexion établie");
    // What was typed meanwhile is still there.
    session.press("\t\t\r");
    comes_to_show(&mut session, "echo");
    session.press("\x1b");
    assert!(session.ends().success());
}

#[test]
fn neither_a_flood_nor_commands_for_terminals_keep_anybody_from_leaving() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let flood = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        // A title, an answer as if it was typed, and a key that is pressed for whoever reads.
        while stream
            .write_all(b"\x1b]0;forged\x07\x1b[6n\x9b2J\n")
            .is_ok()
        {}
    });
    let mut session = on_screen(address);
    session.press("\r");
    comes_to_show(&mut session, "]0;forged");
    session.press("\tje suis là");
    comes_to_show(&mut session, "suis");
    session.press("\x1b");
    let shown = session.shown_until(OWN_SCREEN);
    for command in ["\x1b]0;", "\x1b[6n", "\x07", "\u{9b}"] {
        assert!(!shown.contains(command), "{command:?}");
    }
    assert!(session.ends().success());
    flood.join().expect("the client has gone");
}

#[test]
fn without_a_terminal_it_says_so_and_is_the_plain_client() {
    let server = Running::start("echo-server", &[]);
    let printed = without_one(client(server.address));
    assert_eq!(
        printed,
        "Connexion établie avec le serveur.\n**\nClient arrêté. Connexion interrompue.\n"
    );
}
