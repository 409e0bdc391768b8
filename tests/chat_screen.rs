//! `chat-client --screen` in a real terminal.
#![cfg(all(unix, not(loom)))]

mod terminal;

/// The terminal as the command takes it, for what the command itself never does.
#[allow(dead_code)]
#[path = "../src/cli/services/screen.rs"]
mod screen;
mod spoken;
/// What the terminal's Ctrl-Z needs.
#[path = "../src/cli/services/stop.rs"]
mod stop;

use kata::programs::chat::server::{Printers, Server, Settings, ShutdownHandle};
use kata::programs::kit::printer::Printed;
use kata::sync::thread;
use rustix::process::Signal;
use spoken::english;
use std::env;
use std::io;
use std::net::SocketAddr;
use std::process::Command;
use terminal::{ENDS, OTHER_SCREEN, OWN_SCREEN, Session, without_one};

/// A server that runs in this process.
struct Running {
    address: SocketAddr,
    shutdown: ShutdownHandle,
    thread: thread::JoinHandle<io::Result<Printed>>,
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
        Session::on_screen(self.client(&["--screen"]), "Envoyez")
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
    let of_chats: [fn(&mut Session); 2] = [
        |session| session.press("\x04"),
        |session| session.press("FIN\r"),
    ];
    for end in ENDS.into_iter().chain(of_chats) {
        let mut session = server.on_screen();
        end(&mut session);
        // The mouse goes on selecting text.
        let shown = session.shown_until(OWN_SCREEN);
        assert!(!shown.contains("\x1b[?1000"), "{shown}");
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
        ana.sees(OTHER_SCREEN);
        ana.sees(text);
        assert!(ana.is_raw());
        // What was typed is still there.
        ana.press(&format!("{}\r", text.to_lowercase()));
        bob.sees(&format!("avant{}", text.to_lowercase()));
    }
    // Somebody has stopped it in another way, and used the terminal.
    ana.take_for_lines();
    ana.kill(Signal::CONT);
    ana.sees(OTHER_SCREEN);
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
    let enter = match env::var("KATA_TEST_PANICS").as_deref() {
        Ok("keys") => screen::Screen::enter_another,
        Ok("mouse") => screen::Screen::enter_with_mouse,
        _ => return,
    };
    let _screen = enter().expect("a terminal");
    panic!("in the middle of it");
}

#[test]
fn a_panic_is_told_on_the_terminals_own_screen() {
    for (with, given_back) in [("keys", ""), ("mouse", "\x1b[?1000l")] {
        let mut command = Command::new(env::current_exe().expect("this test"));
        command.args(["--exact", "panics_on_another_screen", "--nocapture"]);
        command.env("KATA_TEST_PANICS", with);
        let mut session = Session::start(command);
        session.sees(OTHER_SCREEN);
        session.sees(given_back);
        session.sees(OWN_SCREEN);
        session.sees("in the middle of it");
        assert!(!session.ends().success());
    }
}

#[test]
fn without_a_terminal_it_says_so_and_is_the_plain_client() {
    let server = Running::start();
    let printed = without_one(server.client(&["--screen"]));
    assert!(
        printed.starts_with("Connexion établie avec le serveur.\n"),
        "{printed}"
    );
    assert!(
        printed.ends_with("Client arrêté. Connexion interrompue.\n"),
        "{printed}"
    );
    server.stop();
}
