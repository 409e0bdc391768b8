//! The window and real servers.

use crate::cli::services::screen::Input;
use crate::cli::services::widgets::turns::{Flow, Heard, Program};
use crate::cli::verbs::run::echo::form::Form;
use crate::cli::verbs::run::echo::places::Part;
use crate::cli::verbs::run::echo::windowed::Window;
use crossterm::event::KeyCode;
use kata::programs::echo::server::Server;
use kata::programs::kit::framing::Framing;
use kata::programs::kit::printer::Printed;
use kata::sync::thread;
use kata::sync::time::{Duration, Instant};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};

/// How long a window is looked at before a test says that nothing happens.
const TOO_LONG: Duration = Duration::from_secs(60);

/// An echo server in this process.
struct Running {
    address: SocketAddr,
    stop: Box<dyn Fn() + Send>,
    thread: thread::JoinHandle<io::Result<Printed>>,
}

impl Running {
    fn start(framing: Framing) -> Self {
        let server = Server::listen("127.0.0.1:0").expect("a port");
        let (address, stop) = (server.address(), Box::new(server.stop()));
        let thread = thread::spawn(move || server.serve(framing, io::sink(), |_| ()));
        Running {
            address,
            stop,
            thread,
        }
    }

    fn stop(self) {
        (self.stop)();
        let served = self.thread.join().expect("the server does not panic");
        served.expect("clients can come");
    }
}

fn window(address: SocketAddr) -> Window {
    Window::new(&address.to_string(), Framing::Lines)
}

fn press(window: &mut Window, part: Part) {
    window.form.focus = part;
    let flow = window.take(Input::Key(KeyCode::Enter.into()));
    assert_eq!(flow, Flow::GoOn);
}

fn say(window: &mut Window, text: &str) {
    window.form.message.entry.paste(text);
    press(window, Part::Send);
}

/// Takes what arrives until the form is like this.
#[track_caller]
fn until(window: &mut Window, what: &str, is_so: impl Fn(&Form) -> bool) {
    let start = Instant::now();
    while !is_so(&window.form) {
        assert!(
            start.elapsed() < TOO_LONG,
            "{what}: {}",
            window.form.state()
        );
        if window.hear() == Heard::Nothing {
            thread::yield_now();
        }
    }
}

#[track_caller]
fn until_state(window: &mut Window, state: &str) {
    until(window, state, |form| form.state() == state);
}

/// What is listed, with room for all of it.
fn texts(window: &mut Window) -> Vec<String> {
    let backend = ratatui::backend::TestBackend::new(80, 24);
    let mut terminal = ratatui::Terminal::new(backend).expect("a terminal");
    terminal
        .draw(|frame| window.draw(frame))
        .expect("no trouble");
    window.form.texts.rows().map(str::to_owned).collect()
}

/// A port at which nobody listens.
fn nobody() -> SocketAddr {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    free.local_addr().expect("its address")
}

/// Has the window call this port instead.
fn dial(window: &mut Window, port: u16) {
    window.form.port.entry.leave_out(1);
    window.form.port.entry.paste(&port.to_string());
}

#[test]
fn it_connects_again_after_an_end_and_after_a_failure() {
    let server = Running::start(Framing::Lines);
    let mut window = window(server.address);
    for round in 1..=2 {
        press(&mut window, Part::Connect);
        assert_eq!(
            window.form.state(),
            format!("Etat de la connection... | appel de {}", server.address)
        );
        until_state(&mut window, "Connexion établie");
        say(&mut window, "bonjour");
        say(&mut window, "exit");
        until_state(&mut window, "Connexion terminée.");
        let expected = ["echo : bonjour", "FIN"].repeat(round);
        assert_eq!(texts(&mut window), expected);
    }
    dial(&mut window, nobody().port());
    press(&mut window, Part::Port);
    let failed = "La connexion a échoué. | Connection refused";
    until(&mut window, failed, |form| form.state().starts_with(failed));
    dial(&mut window, server.address.port());
    press(&mut window, Part::Address);
    until_state(&mut window, "Connexion établie");
    server.stop();
    until_state(&mut window, "Connexion terminée.");
    assert_eq!(texts(&mut window).len(), 4);
}

#[test]
fn a_chunk_is_a_text_if_that_is_asked_for() {
    let server = Running::start(Framing::Chunks);
    let address = server.address.to_string();
    let mut window = Window::new(&address, Framing::Chunks);
    press(&mut window, Part::Connect);
    until_state(&mut window, "Connexion établie");
    say(&mut window, "exit");
    until_state(&mut window, "Connexion terminée.");
    assert_eq!(texts(&mut window), ["FIN"]);
    server.stop();
}

#[test]
fn what_cannot_be_called_is_told_and_ends_no_connection() {
    let server = Running::start(Framing::Lines);
    let mut window = window(server.address);
    let why = "le port doit être un nombre de 1 à 65535";
    dial(&mut window, 0);
    press(&mut window, Part::Connect);
    let failed = format!("La connexion a échoué. | {why}");
    assert_eq!(window.form.state(), failed);
    dial(&mut window, server.address.port());
    press(&mut window, Part::Connect);
    until_state(&mut window, "Connexion établie");
    dial(&mut window, 0);
    press(&mut window, Part::Connect);
    assert_eq!(window.form.state(), format!("Connexion établie | {why}"));
    say(&mut window, "encore là ?");
    until(&mut window, "an echo", |form| form.texts.count() == 1);
    assert_eq!(window.form.state(), "Connexion établie");
    // No name has a part as long as this.
    window.form.address.entry.leave_out(1);
    window.form.address.entry.paste(&"x".repeat(64));
    dial(&mut window, 4567);
    press(&mut window, Part::Connect);
    let failed = "La connexion a échoué. | ";
    until(&mut window, failed, |form| form.state().starts_with(failed));
    server.stop();
}

#[test]
fn another_call_gives_up_the_first_one_and_the_same_one_goes_on() {
    let [first, second] = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a port"));
    let mut window = window(first.local_addr().expect("its address"));
    // Nobody has looked yet at what came of it.
    press(&mut window, Part::Connect);
    dial(
        &mut window,
        second.local_addr().expect("its address").port(),
    );
    press(&mut window, Part::Connect);
    press(&mut window, Part::Connect);
    until_state(&mut window, "Connexion établie");
    let (mut abandoned, _) = first.accept().expect("it has been called");
    assert_eq!(abandoned.read(&mut [0]).expect("it hangs up"), 0);
    let (called, _) = second.accept().expect("it has been called");
    say(&mut window, "bonjour");
    let mut line = String::new();
    let mut called = BufReader::new(called);
    called.read_line(&mut line).expect("UTF-8");
    assert_eq!(line, "bonjour\n");
    second.set_nonblocking(true).expect("a socket");
    let more = second.accept().expect_err("it was called once");
    assert_eq!(more.kind(), ErrorKind::WouldBlock);
    // And a call leaves a connection.
    dial(&mut window, first.local_addr().expect("its address").port());
    press(&mut window, Part::Connect);
    assert_eq!(called.read(&mut [0]).expect("it hangs up"), 0);
}

#[test]
fn of_a_flood_of_100_000_texts_the_last_ones_are_kept() {
    const FLOOD: usize = 100_000;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut window = window(listener.local_addr().expect("its address"));
    let flood = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        for number in 1..=FLOOD {
            // What would command a terminal, if it could.
            writeln!(stream, "\x1b[2J\x07{number}").expect("it listens");
        }
        stream.shutdown(Shutdown::Both).expect("the end");
    });
    press(&mut window, Part::Connect);
    until(&mut window, "the flood", |form| form.texts.count() > 0);
    // Keys and clicks go on meanwhile.
    window.form.message.entry.paste("je suis là");
    until_state(&mut window, "Connexion terminée.");
    flood.join().expect("no panic");
    assert_eq!(window.form.texts.count(), FLOOD);
    let listed = texts(&mut window);
    assert_eq!(listed.last().expect("texts"), "␛[2J␇100000");
    assert_eq!(window.form.message.entry.text(), "je suis là");
}

#[test]
fn what_was_typed_last_is_still_sent_and_who_asks_again_does_not_wait() {
    const LINES: usize = 400;
    let quit = || Input::Key(KeyCode::Esc.into());
    let line = "x".repeat(64 * 1024);
    for is_asked_again in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let mut window = window(listener.local_addr().expect("its address"));
        assert_eq!(window.take(quit()), Flow::Quit, "there is nothing yet");
        press(&mut window, Part::Connect);
        until_state(&mut window, "Connexion établie");
        let (mut server, _): (TcpStream, _) = listener.accept().expect("a client");
        // More than all buffers hold, so that something is left to be sent.
        (0..LINES).for_each(|_| say(&mut window, &line));
        assert_eq!(window.take(quit()), Flow::GoOn);
        assert_eq!(window.form.state(), "Connexion établie | déconnexion");
        if is_asked_again {
            assert_eq!(window.take(quit()), Flow::Quit);
            continue;
        }
        // Nothing begins any more.
        press(&mut window, Part::Connect);
        let mut heard = String::new();
        server.read_to_string(&mut heard).expect("UTF-8");
        assert_eq!(heard.len(), LINES * (line.len() + 1));
        drop(server);
        while window.hear() != Heard::Quit {
            thread::yield_now();
        }
    }
}

#[test]
fn who_is_asked_to_end_leaves_at_once_even_if_nobody_answers() {
    let mut window = window(nobody());
    press(&mut window, Part::Connect);
    assert_eq!(window.take(Input::End), Flow::Quit);
}
