//! `chat-client --screen` in a real terminal.
#![cfg(all(unix, not(loom)))]

mod terminal;

/// The terminal as the command takes it, for what the command itself never does.
#[allow(dead_code)]
#[path = "../src/cli/services/screen.rs"]
mod screen;
mod spoken;

use kata::programs::chat::server::{Printers, Server, Settings, ShutdownHandle};
use kata::sync::thread;
use rustix::process::Signal;
use spoken::english;
use std::env;
use std::io;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use terminal::Session;

/// What makes a terminal show its own screen again.
const OWN_SCREEN: &str = "\x1b[?1049l";

/// A server that runs in this process.
struct Running {
    address: SocketAddr,
    shutdown: ShutdownHandle,
    thread: thread::JoinHandle<io::Result<bool>>,
}

impl Running {
    fn start() -> Self {
        let server = Server::listen("127.0.0.1:0").expect("a port");
        let (address, shutdown) = (server.address(), server.shutdown());
        let thread = thread::spawn(move || server.serve(&Settings::default(), Printers::nowhere()));
        Running {
            address,
            shutdown,
            thread,
        }
    }

    fn client(&self, arguments: &[&str]) -> Command {
        let mut command = english();
        let address = self.address.to_string();
        command.args(["run", "chat-client", "--addr", &address]);
        command.args(arguments);
        command
    }

    /// A client in a terminal, once it has been welcomed.
    fn on_screen(&self) -> Session {
        let mut session = Session::start(self.client(&["--screen"]));
        session.sees("\x1b[?1049h");
        session.sees("Envoyez");
        assert!(session.is_raw());
        session
    }

    fn stop(self) {
        self.shutdown.close();
        let served = self.thread.join().expect("the server does not panic");
        served.expect("nothing is written");
    }
}

#[test]
fn two_screens_talk_to_each_other_and_end_with_the_server() {
    let server = Running::start();
    let mut ana = server.on_screen();
    let mut bob = server.on_screen();
    ana.press("bonjour\r");
    bob.sees("Thread-1>");
    bob.sees("bonjour");
    bob.press("ça\x7fa\x1b[D\x1b[D\x1b[C va 😀\r");
    ana.sees("Thread-2>");
    ana.sees("😀");
    // Everything is drawn again.
    ana.resize(50, 6);
    ana.sees("😀");
    ana.resize(80, 24);
    ana.sees("bonjour");
    server.stop();
    for mut session in [ana, bob] {
        session.sees(OWN_SCREEN);
        session.sees("*fin*\r\nClient arrêté. Connexion interrompue.\r\n");
        assert!(session.ends().success());
    }
}

#[test]
fn the_terminal_is_given_back_however_the_screen_ends() {
    let server = Running::start();
    let ends: [fn(&mut Session); 7] = [
        |session| session.press("\x1b"),
        |session| session.press("\x03"),
        |session| session.press("\x04"),
        |session| session.press("FIN\r"),
        |session| session.kill(Signal::INT),
        |session| session.kill(Signal::TERM),
        |session| session.kill(Signal::HUP),
    ];
    for end in ends {
        let mut session = server.on_screen();
        end(&mut session);
        session.sees(OWN_SCREEN);
        session.sees("Connexion interrompue.");
        assert!(session.ends().success());
    }
    server.stop();
}

#[test]
fn what_was_typed_last_is_still_sent() {
    let server = Running::start();
    let mut bob = server.on_screen();
    let mut ana = server.on_screen();
    ana.press("adieu\r\x03");
    ana.sees(OWN_SCREEN);
    bob.sees("adieu");
    assert!(ana.ends().success());
    bob.press("\x03");
    assert!(bob.ends().success());
    server.stop();
}

#[test]
fn a_paste_of_ten_thousand_letters_is_there_at_once() {
    let server = Running::start();
    let mut ana = server.on_screen();
    let mut bob = server.on_screen();
    // As a terminal sends it that knows of pastes, or key by key; more than one read brings, more
    // than the terminal holds.
    for (letters, end) in [(1490, "WXYZ"), (4090, "KLMN"), (9990, "PQRS")] {
        let text = "a".repeat(letters) + end;
        ana.press(&format!("{text}\r"));
        bob.sees(end);
        let end = end.to_lowercase();
        ana.press(&format!("\x1b[200~{text}{end}\x1b[201~\r"));
        bob.sees(&end);
    }
    ana.press("\x1b[200~UNE\rDEUX\x1b[201~\r");
    bob.sees("UNE");
    bob.sees("DEUX");
    // Ctrl-C does not wait behind it.
    for mut session in [ana, bob] {
        session.press(&("a".repeat(10_000) + "\x03"));
        session.sees(OWN_SCREEN);
        assert!(session.ends().success());
    }
    server.stop();
}

#[test]
fn a_stop_gives_the_terminal_back_and_the_screen_comes_again_after_it() {
    let server = Running::start();
    let mut ana = server.on_screen();
    let mut bob = server.on_screen();
    for (is_typed, text) in [(true, "KLMN"), (false, "PQRS")] {
        ana.press("avant");
        if is_typed {
            ana.press("\x1a");
        } else {
            ana.kill(Signal::TSTP);
        }
        ana.sees(OWN_SCREEN);
        ana.stops();
        bob.press(&format!("{text}\r"));
        ana.kill(Signal::CONT);
        ana.sees("\x1b[?1049h");
        ana.sees(text);
        assert!(ana.is_raw());
        // What was typed is still there.
        ana.press(&format!("{}\r", text.to_lowercase()));
        bob.sees(&format!("avant{}", text.to_lowercase()));
    }
    // Somebody has stopped it in another way, and used the terminal.
    ana.take_for_lines();
    ana.kill(Signal::CONT);
    ana.sees("\x1b[?1049h");
    assert!(ana.is_raw());
    for mut session in [ana, bob] {
        session.press("\x1b");
        assert!(session.ends().success());
    }
    server.stop();
}

/// Run by the next test, in a terminal; does nothing otherwise.
#[test]
fn panics_on_another_screen() {
    if env::var_os("KATA_TEST_PANICS").is_some() {
        let _screen = screen::Screen::enter_another().expect("a terminal");
        panic!("in the middle of it");
    }
}

#[test]
fn a_panic_is_told_on_the_terminals_own_screen() {
    let mut command = Command::new(env::current_exe().expect("this test"));
    command.args(["--exact", "panics_on_another_screen", "--nocapture"]);
    command.env("KATA_TEST_PANICS", "1");
    let mut session = Session::start(command);
    session.sees("\x1b[?1049h");
    session.sees(OWN_SCREEN);
    session.sees("in the middle of it");
    assert!(!session.ends().success());
}

#[test]
fn without_a_terminal_it_says_so_and_is_the_plain_client() {
    let server = Running::start();
    let output = server
        .client(&["--screen"])
        .stdin(Stdio::null())
        .output()
        .expect("the client");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("`--screen` needs a terminal"), "{said}");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        printed.starts_with("Connexion établie avec le serveur.\n"),
        "{printed}"
    );
    assert!(
        printed.ends_with("Client arrêté. Connexion interrompue.\n"),
        "{printed}"
    );
    assert_eq!(output.status.code(), Some(0));
    server.stop();
}
