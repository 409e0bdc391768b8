//! The server and its clients over real sockets, within one process. With many clients at once:
//! `tests/stock.rs`.

// These threads and what they share are the tests' own.
#![allow(clippy::disallowed_methods)]

use super::client::{self, Purchase};
use super::server::Server;
use crate::explore::BackEnd;
use crate::programs::kit::entrance::Door;
use crate::sync::BACK_ENDS;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long a client waits before it says that the server hangs.
const TOO_LONG: Duration = Duration::from_secs(60);

/// So long that a test which waits for it has failed.
const FOR_EVER: Duration = Duration::from_secs(3600);

/// Runs a server, lets the clients do what they do, and returns what the server printed once it
/// has ended.
fn serve(
    stock: u32,
    patience: Duration,
    clients: impl FnOnce(SocketAddr, Arc<Door>) + Send,
) -> String {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return String::new(); // In a loom build `kata::sync` works only inside a check.
    }
    let server = Server::listen("127.0.0.1:0").unwrap();
    let (address, door) = (server.address(), server.door());
    let mut out = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| assert!(server.serve(stock, patience, &mut out, |_| ()).unwrap()));
        // A server whose clients have failed must end, too.
        let clients = scope.spawn({
            let door = Arc::clone(&door);
            move || clients(address, door)
        });
        if let Err(failure) = clients.join() {
            door.close();
            std::panic::resume_unwind(failure);
        }
    });
    String::from_utf8(out).unwrap()
}

/// Sends these bytes, ends if it is to, and returns all that comes.
fn talk(address: SocketAddr, bytes: &[u8], ends: bool) -> Vec<u8> {
    let mut server = TcpStream::connect(address).unwrap();
    server.write_all(bytes).unwrap();
    if ends {
        server.shutdown(Shutdown::Write).unwrap();
    }
    hear(server)
}

/// How the server ends the connection of a client that gets nothing. After an orderly end the
/// original client would believe that it got no bottles.
#[track_caller]
fn check_turned_away(mut server: TcpStream) {
    server.set_read_timeout(Some(TOO_LONG)).unwrap();
    let heard = server.read(&mut [0]).map_err(|error| error.kind());
    let expected = if cfg!(unix) {
        Err(ErrorKind::ConnectionReset)
    } else {
        Ok(0)
    };
    assert_eq!(heard, expected);
}

/// All that comes up to the end, be it a reset.
fn hear(mut server: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    server.set_read_timeout(Some(TOO_LONG)).unwrap();
    if let Err(error) = server.read_to_end(&mut answer) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{error}");
    }
    answer
}

#[test]
fn an_order_is_served_and_printed() {
    let mut port = 0;
    let printed = serve(20, FOR_EVER, |address, _| {
        let mut server = TcpStream::connect(address).unwrap();
        port = server.local_addr().unwrap().port();
        server.write_all(b"18").unwrap();
        assert_eq!(hear(server), b"18");
        assert_eq!(client::order(address, 7), Purchase::Delivered(2));
    });
    if printed.is_empty() {
        return;
    }
    let first = format!(
        "Serveur démarré\n\
         \n\
         Serveur connecté par ('127.0.0.1', {port})\n\
         Commande de 18 bouteille(s) -> ('127.0.0.1', {port})\n\
         Livraison de 18 bouteille(s) -> ('127.0.0.1', {port})\n\
         Reste en stock : 2 bouteille(s)\n\
         \n\
         Serveur connecté par ("
    );
    assert!(printed.starts_with(&first), "{printed}");
    assert!(
        printed.ends_with("Reste en stock : 0 bouteille(s)\n"),
        "{printed}"
    );
}

#[test]
fn bad_orders_are_refused_and_leave_the_stock_as_it_is() {
    serve(5, FOR_EVER, |address, _| {
        for bytes in [b"xx" as &[u8], b" 0", b"-1", b"\xff\xff", b"  "] {
            assert_eq!(talk(address, bytes, false), b"", "{bytes:?}");
        }
        for bytes in [b"" as &[u8], b"1", b" "] {
            assert_eq!(talk(address, bytes, true), b"", "{bytes:?}");
        }
        assert_eq!(talk(address, b" 9", false), b" 5");
    });
}

#[test]
fn who_gets_nothing_is_turned_away_with_a_reset() {
    serve(5, Duration::from_millis(50), |address, door| {
        // Too slow.
        check_turned_away(TcpStream::connect(address).unwrap());
        let mut bad = TcpStream::connect(address).unwrap();
        bad.write_all(b" 0").unwrap();
        check_turned_away(bad);
        door.close();
    });
    serve(5, FOR_EVER, |address, _| {
        let silent = TcpStream::connect(address).unwrap();
        assert_eq!(client::order(address, 9), Purchase::Delivered(5));
        check_turned_away(silent);
    });
}

#[test]
fn an_order_that_comes_in_two_parts_or_with_more_behind_it_is_an_order() {
    serve(9, FOR_EVER, |address, _| {
        let mut server = TcpStream::connect(address).unwrap();
        server.set_nodelay(true).unwrap();
        server.write_all(b" ").unwrap();
        assert_eq!(talk(address, b" 2 and a corkscrew", false), b" 2");
        server.write_all(b"3").unwrap();
        assert_eq!(hear(server), b" 3");
        assert_eq!(client::order(address, 99), Purchase::Delivered(4));
    });
}

#[test]
fn a_client_that_is_too_slow_is_refused() {
    serve(1, Duration::from_millis(50), |address, _| {
        assert_eq!(talk(address, b"", false), b"");
        assert_eq!(talk(address, b"1", false), b"");
        // A machine that is busy could refuse this one, too.
        while client::order(address, 1) != Purchase::Delivered(1) {}
    });
}

#[test]
fn a_silent_client_holds_up_nobody_and_is_dropped_in_the_end() {
    serve(4, FOR_EVER, |address, _| {
        let silent = [(); 3].map(|()| TcpStream::connect(address).unwrap());
        assert_eq!(client::order(address, 3), Purchase::Delivered(3));
        assert_eq!(client::order(address, 3), Purchase::Delivered(1));
        for silent in silent {
            assert_eq!(hear(silent), b"");
        }
    });
}

#[test]
fn after_the_last_bottle_nobody_listens() {
    serve(1, FOR_EVER, |address, _| {
        assert_eq!(client::order(address, 1), Purchase::Delivered(1));
        // Up to the moment at which the server has ended, a client may still get in.
        while client::order(address, 1) != Purchase::NoServer {}
    });
}

#[test]
fn a_closed_door_ends_the_server_with_bottles_left() {
    serve(100, FOR_EVER, |address, door| {
        let silent = TcpStream::connect(address).unwrap();
        assert_eq!(client::order(address, 3), Purchase::Delivered(3));
        door.close();
        door.close();
        assert_eq!(hear(silent), b"");
    });
}

#[test]
fn an_empty_stock_is_sold_at_once() {
    let printed = serve(0, FOR_EVER, |_, _| ());
    assert!(["", "Serveur démarré\n"].contains(&&*printed), "{printed}");
}

#[test]
fn a_port_that_is_taken_is_a_clear_error() {
    if BACK_ENDS.contains(&BackEnd::Loom) {
        return;
    }
    let first = Server::listen("127.0.0.1:0").unwrap();
    let address = first.address().to_string();
    let Err(error) = Server::listen(&address) else {
        panic!("two servers at {address}");
    };
    let text = error.to_string();
    assert!(
        text.starts_with(&format!("cannot listen on {address}: ")),
        "{text}"
    );
    assert!(Server::listen("nowhere").is_err());
}

#[test]
fn a_client_says_how_it_ended() {
    let mut printed = Vec::new();
    serve(3, FOR_EVER, |address, door| {
        client::run(address, 2, &mut printed).unwrap();
        door.close();
        while client::order(address, 1) != Purchase::NoServer {}
        client::run(address, 2, &mut printed).unwrap();
    });
    // A server that hangs up.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| drop(listener.accept().unwrap()));
        client::run(address, 2, &mut printed).unwrap();
    });
    // And one that never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let patience = Duration::from_millis(50);
    let purchase = client::order_within(address, 2, patience);
    assert_eq!(purchase, Purchase::NoAnswer);
    let text = "2 bouteille(s) recue(s)\nServeur non disponible\nEchec commande\n";
    assert!(text.ends_with(&String::from_utf8(printed).unwrap()));
}

#[test]
fn any_order_is_a_good_one() {
    for _ in 0..1000 {
        assert!((1..=99).contains(&client::any_order()));
    }
}
