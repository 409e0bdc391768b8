//! The client of the textbook, as its Python does it: two threads, and no framing at all.

use super::sockets::Running;
use crate::programs::chat::server::Settings;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::tests::{TOO_LONG, World};
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::thread;
use std::io::{Read, Write};
use std::net::TcpStream;

const WELCOME: &str = "*Vous êtes connecté. Envoyez vos messages.*";

/// A client that runs as the original does.
struct Original {
    keyboard: Sender<&'static str>,
    screen: Receiver<String>,
}

impl Original {
    fn start(server: &Running) -> Self {
        let mut connection = TcpStream::connect(server.address).unwrap();
        let mut emission = connection.try_clone().unwrap();
        let (keyboard, typed) = channel::unbounded::<&str>();
        let (print, screen) = channel::unbounded();
        // while 1: connexion.send(input().encode())
        thread::spawn(move || {
            for text in &typed {
                if emission.write(text.as_bytes()).is_err() {
                    return;
                }
            }
        });
        // while 1: message_recu = connexion.recv(1024).decode()
        thread::spawn(move || {
            let mut buffer = [0; 1024];
            loop {
                let length = connection.read(&mut buffer).unwrap_or(0);
                let text = String::from_utf8(buffer[..length].to_vec()).expect("UTF-8, whole");
                let is_over = text.is_empty() || text.to_uppercase() == "FIN";
                if print.send(format!("*{text}*")).is_err() || is_over {
                    return;
                }
            }
        });
        Original { keyboard, screen }
    }

    fn types(&self, text: &'static str) {
        self.keyboard.send(text).unwrap();
    }

    #[track_caller]
    fn sees(&self, text: &str) {
        let seen = self.screen.recv_timeout(TOO_LONG);
        assert_eq!(seen.as_deref(), Ok(text));
    }
}

#[test]
fn the_clients_of_the_textbook_talk_to_each_other() {
    let settings = Settings {
        framing: Framing::Chunks,
        ..Settings::default()
    };
    let mut server = Running::start(&settings);
    let ana = Original::start(&server);
    ana.sees(WELCOME);
    let bob = Original::start(&server);
    bob.sees(WELCOME);
    ana.types("bonjour, ça va ?");
    bob.sees("*Thread-1> bonjour, ça va ?*");
    bob.types("très bien 😀");
    ana.sees("*Thread-2> très bien 😀*");
    ana.types("FIN");
    ana.sees("**");
    bob.types("il y a quelqu'un ?");
    server.screen.lines(0, "Thread-2> il y a quelqu'un ?");
    server.stop();
    bob.sees("*fin*");
    let screen = server.screen.lines(0, "");
    assert_eq!(
        screen[3..],
        [
            "Thread-1> bonjour, ça va ?",
            "Thread-2> très bien 😀",
            "Client Thread-1 déconnecté.",
            "Thread-2> il y a quelqu'un ?",
            "Client Thread-2 déconnecté.",
        ]
    );
}
