//! The server and its clients over real sockets, within one process.

use crate::programs::echo::server::Server;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::printer::Printed;
use crate::programs::kit::tests::{self, Remote, Screen, TOO_LONG, World};
use crate::sync::thread;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// A server that runs in this process.
pub struct Running {
    address: SocketAddr,
    framing: Framing,
    screen: Screen,
    stop: Box<dyn Fn()>,
    serving: Option<thread::JoinHandle<io::Result<Printed>>>,
}

impl Running {
    pub fn start(framing: Framing) -> Self {
        let server = Server::listen("127.0.0.1:0").unwrap();
        let (address, stop) = (server.address(), server.stop());
        let screen = Screen::new();
        let out = screen.clone();
        let serving = thread::spawn(move || server.serve(framing, out, |_| ()));
        Running {
            address,
            framing,
            screen,
            stop: Box::new(stop),
            serving: Some(serving),
        }
    }
}

impl World for Running {
    fn join(&mut self) -> Box<dyn Remote> {
        Box::new(tests::Client::call(self.address, self.framing))
    }

    fn screen(&self) -> Screen {
        self.screen.clone()
    }

    fn stop(&mut self) {
        (self.stop)();
        let serving = self.serving.take().expect("it is stopped once");
        assert_eq!(serving.join().unwrap().unwrap(), Printed::All);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A server whose clients have failed must end, too.
        (self.stop)();
    }
}

/// Lets clients talk to a server, and stops it.
fn with_server(framing: Framing, clients: impl FnOnce(SocketAddr)) {
    let mut server = Running::start(framing);
    clients(server.address);
    server.stop();
}

/// A client that sends lines, and reads them.
struct Client(BufReader<TcpStream>);

impl Client {
    fn call(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(TOO_LONG)).unwrap();
        Client(BufReader::new(stream))
    }

    fn say(&mut self, text: &str) {
        writeln!(self.0.get_mut(), "{text}").unwrap();
    }

    /// The next line; nothing at the end.
    #[track_caller]
    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end_matches('\n').to_owned()
    }

    #[track_caller]
    fn asks(&mut self, text: &str, expected: &str) {
        self.say(text);
        assert_eq!(self.hear(), expected);
    }
}

#[test]
fn the_others_are_served_while_one_says_nothing_and_one_does_not_read() {
    with_server(Framing::Lines, |address| {
        let _silent = Client::call(address);
        let mut deaf = Client::call(address);
        deaf.0.get_ref().set_nonblocking(true).unwrap();
        // Until nothing more fits, anywhere.
        let line = [&[b'x'; 4096][..], b"\n"].concat();
        while deaf.0.get_mut().write_all(&line).is_ok() {}
        for name in ["Ada", "Blaise"] {
            let mut client = Client::call(address);
            client.asks(name, &format!("echo : {name}"));
            client.asks("exit", "FIN");
        }
    });
}

#[test]
fn who_leaves_half_way_or_sends_what_is_no_text_disturbs_nobody() {
    with_server(Framing::Lines, |address| {
        for bytes in [
            b"" as &[u8],
            b"cut",
            b"\xff\xfe\n",
            b"\x1b[2J\n",
            &[b'x'; 70_000],
        ] {
            let mut stream = TcpStream::connect(address).unwrap();
            // A server may have sent away who says too much.
            let _ = stream.write_all(bytes);
        }
        let mut client = Client::call(address);
        client.asks("\u{1b}[2J", "echo : ␛[2J");
    });
}

#[test]
fn an_original_client_that_frames_nothing_is_understood() {
    with_server(Framing::Chunks, |address| {
        let mut client = TcpStream::connect(address).unwrap();
        client.set_read_timeout(Some(TOO_LONG)).unwrap();
        let mut buffer = [0; 1024];
        for (text, answer) in [("ça va ?", "echo : ça va ?"), ("exit", "FIN")] {
            client.write_all(text.as_bytes()).unwrap();
            let length = client.read(&mut buffer).unwrap();
            assert_eq!(&buffer[..length], answer.as_bytes());
        }
        assert_eq!(client.read(&mut buffer).unwrap(), 0);
    });
}

#[test]
fn who_is_inside_when_it_is_stopped_is_closed() {
    let mut inside = Vec::new();
    with_server(Framing::Lines, |address| {
        for _ in 0..3 {
            let mut client = Client::call(address);
            client.asks("a", "echo : a");
            inside.push(client);
        }
    });
    for mut client in inside {
        assert_eq!(client.hear(), "");
    }
}
