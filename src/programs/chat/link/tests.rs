//! A connection whose server does what it likes.

use super::*;
use std::io::{ErrorKind, Read};
use std::net::TcpListener;

/// Longer than any test takes.
const TOO_LONG: Duration = Duration::from_secs(600);

/// A connection, and its server's end.
fn linked(framing: Framing) -> (Link, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let call = Call::start("127.0.0.1".to_owned(), port).expect("a thread");
    let (server, _) = listener.accept().expect("a client");
    let stream = answer(&call).expect("it is connected");
    let link = Link::start(stream, framing).expect("threads");
    (link, server)
}

/// Asks until it is known.
fn answer(call: &Call) -> io::Result<TcpStream> {
    loop {
        match call.answer() {
            Some(answer) => return answer,
            None => thread::yield_now(),
        }
    }
}

/// Asks until there is something.
fn news(link: &Link) -> News {
    loop {
        match link.hear() {
            News::Nothing => thread::yield_now(),
            news => return news,
        }
    }
}

fn text(text: &str) -> News {
    News::Text(text.to_owned())
}

#[test]
fn what_arrives_is_told_one_by_one_and_then_the_end() {
    let (link, mut server) = linked(Framing::Lines);
    assert_eq!(link.hear(), News::Nothing);
    server
        .write_all(b"un\n\x1b[2J\ntro")
        .expect("a client that reads");
    drop(server);
    let expected = [text("un"), text("␛[2J"), text("tro"), News::End, News::End];
    assert_eq!(expected.clone().map(|_| news(&link)), expected);
}

#[test]
fn fin_is_the_end_though_the_server_closes_nothing() {
    for (framing, sent) in [(Framing::Lines, "FIN\n"), (Framing::Chunks, "FIN")] {
        let (link, mut server) = linked(framing);
        server
            .write_all(sent.as_bytes())
            .expect("a client that reads");
        assert_eq!([news(&link), news(&link)], [text("FIN"), News::End]);
    }
}

#[test]
fn what_was_said_before_leaving_arrives_and_then_nothing_more_is_said() {
    let (mut link, mut server) = linked(Framing::Lines);
    link.patience = TOO_LONG;
    let lines = ["un", "deux"].map(str::to_owned);
    assert_eq!(link.say(lines.clone()), 2);
    assert!(!link.leave(), "it may not have arrived yet");
    assert!(link.leave(), "who asks again does not wait");
    assert_eq!(link.say(lines), 0);
    let mut heard = String::new();
    server.read_to_string(&mut heard).expect("UTF-8");
    assert_eq!(heard, "un\ndeux\n");
    assert_eq!(link.hear(), News::Nothing);
    drop(server);
    assert_eq!(news(&link), News::End);
}

#[test]
fn who_has_said_nothing_or_long_ago_leaves_at_once() {
    let (mut link, _server) = linked(Framing::Lines);
    assert!(link.leave());
    let (mut link, mut server) = linked(Framing::Lines);
    link.patience = Duration::ZERO;
    assert_eq!(link.say(["un".to_owned()]), 1);
    server.read_exact(&mut [0; 3]).expect("what was said");
    assert!(link.leave());
}

#[test]
fn a_server_that_takes_nothing_holds_up_nobody() {
    let line = "x".repeat(4096);
    for leaves in [false, true] {
        let (mut link, server) = linked(Framing::Lines);
        // More than all buffers hold, and in the end there is no room for another one.
        let said = link.say((0..2 * TYPED).map(|_| line.clone()));
        assert!((TYPED..2 * TYPED).contains(&said), "{said}");
        if leaves {
            link.patience = Duration::ZERO;
            assert!(!link.leave(), "there is something left to be sent");
            assert_eq!(link.hear(), News::End, "in time");
        } else {
            link.leave_within(Duration::ZERO);
        }
        // The thread that sends waits for the server; dropping the link waits for neither.
        drop(link);
        drop(server);
    }
}

#[test]
fn the_end_is_waited_for_no_longer_than_until_it_is_there() {
    let (mut link, mut server) = linked(Framing::Lines);
    link.patience = TOO_LONG;
    assert_eq!(link.say(["un".to_owned()]), 1);
    server.read_exact(&mut [0; 3]).expect("what was said");
    server.write_all(b"deux\n").expect("a client that reads");
    drop(server);
    link.leave_within(TOO_LONG);
    assert_eq!(link.hear(), News::End);
}

#[test]
fn a_server_that_floods_holds_up_nobody() {
    // Texts for which there is no room, and what is no text yet.
    for bytes in [b"encore\n", b"encore "] {
        let (link, mut server) = linked(Framing::Lines);
        let (begin, begun) = channel::bounded(1);
        let flood = thread::spawn(move || {
            while server.write_all(bytes).is_ok() {
                let _ = begin.try_send(());
            }
        });
        begun.recv().expect("a flood");
        // Neither does the thread that receives, nor does the flood go on.
        drop(link);
        flood.join().expect("no panic");
    }
}

#[test]
fn why_nobody_answers_is_told() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("its address").port();
    drop(free);
    let call = Call::start("127.0.0.1".to_owned(), port).expect("a thread");
    let refused = answer(&call).expect_err("nobody listens");
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    let call = Call::by(|| panic!("while it calls")).expect("a thread");
    answer(&call).expect_err("nobody has called");
}

#[test]
fn a_call_that_nobody_waits_for_any_more_hangs_up_if_it_is_answered() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let (go_on, waiting) = channel::bounded::<()>(0);
    let call = Call::by(move || {
        // As long as it hangs.
        let _ = waiting.recv();
        TcpStream::connect(address)
    });
    let call = call.expect("a thread");
    assert!(call.answer().is_none());
    drop(call);
    go_on.send(()).expect("it hangs");
    let (mut server, _) = listener.accept().expect("it is answered");
    assert_eq!(server.read(&mut [0]).expect("the end"), 0);
}
