//! `chat-client` as a process: whichever side ends it, both of its threads end, and the words that are
//! on their way arrive.
#![cfg(all(unix, not(loom)))]
// A server in plain sockets.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod spoken;

use spoken::english;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, ChildStdin, Stdio};

/// A client, and the server's end of its connection.
struct Talk {
    client: Child,
    /// Whoever drops it has nothing more to type.
    keyboard: Option<ChildStdin>,
    server: TcpStream,
}

impl Talk {
    fn start(arguments: &[&str]) -> Talk {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        let mut client = english()
            .args(["run", "chat-client", "--addr", &address])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the client");
        let (server, _) = listener.accept().expect("the client connects");
        Talk {
            keyboard: client.stdin.take(),
            client,
            server,
        }
    }

    fn is_typed(&mut self, text: &[u8]) {
        let keyboard = self.keyboard.as_mut().expect("a keyboard");
        keyboard.write_all(text).expect("the client reads");
    }

    /// All that the client sends, up to its end.
    fn sent(&mut self) -> Vec<u8> {
        let mut sent = Vec::new();
        self.server
            .read_to_end(&mut sent)
            .expect("the end of the client");
        sent
    }

    /// Waits until the client has ended, and demands that it has printed this in between.
    #[track_caller]
    fn must_have_printed(self, lines: &str) {
        let output = self.client.wait_with_output().expect("the client ends");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let expected = format!(
            "Connexion établie avec le serveur.\n{lines}Client arrêté. Connexion interrompue.\n"
        );
        assert_eq!(printed, expected);
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn when_nothing_more_is_typed_what_the_server_still_says_is_printed() {
    // What has no newline at its end is a line as well; there need be no line at all.
    for (typed, sent) in [("un\ndeux", "un\ndeux\n"), ("un\n\n", "un\n\n"), ("", "")] {
        let mut talk = Talk::start(&[]);
        talk.is_typed(typed.as_bytes());
        drop(talk.keyboard.take());
        assert_eq!(talk.sent(), sent.as_bytes());
        talk.server
            .write_all("à bientôt\n".as_bytes())
            .expect("the client listens");
        talk.server.shutdown(Shutdown::Both).expect("the end");
        talk.must_have_printed("*à bientôt*\n**\n");
    }
}

#[test]
fn fin_ends_a_client_though_the_server_closes_nothing_and_somebody_sits_at_the_keyboard() {
    for (framing, newline) in [("lines", "\n"), ("chunks", "")] {
        let mut talk = Talk::start(&["--framing", framing]);
        let fin = format!("FIN{newline}");
        talk.server
            .write_all(fin.as_bytes())
            .expect("the client listens");
        assert_eq!(talk.sent(), b"");
        let keyboard = talk.keyboard.take();
        talk.must_have_printed("*FIN*\n");
        drop(keyboard);
    }
}

#[test]
fn fin_ends_a_client_that_waits_for_the_server_to_take_what_was_typed() {
    let mut talk = Talk::start(&[]);
    let mut server = talk.server.try_clone().expect("a descriptor");
    let mut keyboard = talk.keyboard.take().expect("a keyboard");
    let typist = std::thread::spawn(move || {
        // More than all buffers hold, until the client is there no more.
        let line = [&vec![b'x'; 1 << 20][..], b"\n"].concat();
        while keyboard.write_all(&line).is_ok() {}
    });
    // The client sends, and the server takes nothing of it but its first byte.
    server.read_exact(&mut [0]).expect("a byte");
    server.write_all(b"fin\n").expect("the client listens");
    talk.must_have_printed("*fin*\n");
    typist.join().expect("typing ends");
}

#[test]
fn what_is_typed_and_is_no_utf8_is_replaced() {
    let mut talk = Talk::start(&[]);
    talk.is_typed(b"a\xffb\n");
    drop(talk.keyboard.take());
    assert_eq!(talk.sent(), "a\u{fffd}b\n".as_bytes());
    talk.server.shutdown(Shutdown::Both).expect("the end");
    talk.must_have_printed("**\n");
}
