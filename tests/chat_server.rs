//! `chat-server` as a process: what it does at the limits of the system, and when it is asked to end.
#![cfg(all(unix, not(loom)))]
// Peers in plain sockets, and the real clock, which says that a send has waited.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod served;

use served::{Running, next_line};
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const SERVER: &str = "chat-server";

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_does_not_silence_the_chat_and_is_told_at_once() {
    let mut running = Running::start(SERVER, &["--log", "/dev/full"]);
    let notice = running.notice();
    let what = "cannot write to /dev/full: No space left";
    assert!(notice.starts_with(what), "{notice}");
    let client = running.connect();
    let mut screen = running.screen();
    let first = next_line(&mut screen);
    assert_eq!(first, "Serveur prêt, en attente de requêtes ...");
    assert!(next_line(&mut screen).starts_with("Client Thread-1 connecté"));
    running.interrupt();
    let mut heard = String::new();
    (&client).read_to_string(&mut heard).expect("UTF-8");
    assert!(heard.ends_with("\nfin\n"), "{heard}");
    drop(client);
    // What is in the log is not all.
    assert_eq!(running.ends(), Some(1));
}

#[test]
fn an_output_that_nobody_reads_stops_nobody_and_is_told() {
    let mut running = Running::start(SERVER, &[]);
    let unread = running.screen();
    let mut client = running.connect();
    // Several times what a pipe holds.
    let line = [&[b'x'; 999][..], b"\n"].concat();
    for _ in 0..500 {
        client.write_all(&line).expect("it listens");
    }
    client.write_all(b"fin\n").expect("it listens");
    client.read_to_string(&mut String::new()).expect("the end");
    running.interrupt();
    let notice = running.notice();
    assert_eq!(notice, "note: not all of the output was read");
    assert_eq!(running.ends(), Some(0));
    drop(unread);
}

#[test]
fn a_second_interrupt_ends_the_chat_at_once() {
    let mut running = Running::start(SERVER, &[]);
    let deaf = running.connect();
    let mut client = running.connect();
    let mut heard = BufReader::new(client.try_clone().expect("a socket"));
    next_line(&mut heard);
    // More than the system keeps for one that does not read, and less than its outbox holds.
    let line = [&[b'x'; 60_000][..], b"\n"].concat();
    for _ in 0..300 {
        client.write_all(&line).expect("it listens");
    }
    running.interrupt();
    let mut farewell = String::new();
    heard.read_to_string(&mut farewell).expect("UTF-8");
    assert_eq!(farewell, "fin\n");
    // The server waits for the other one, and not any more.
    running.interrupt();
    assert_eq!(running.ends(), Some(130));
    drop(deaf);
}

#[test]
fn without_descriptors_clients_wait_which_is_told_once_and_when_it_is_over() {
    let mut running = Running::start_after("ulimit -n 24", SERVER);
    let mut inside = vec![running.connect()];
    let mut first = BufReader::new(inside[0].try_clone().expect("a socket"));
    next_line(&mut first);
    let outside: Vec<TcpStream> = (0..24).map(|_| running.connect()).collect();
    let notice = running.notice();
    assert!(notice.starts_with("cannot let clients in: "), "{notice}");
    inside.push(running.connect());
    // Who is inside is still heard.
    inside[0].write_all(b"fin\n").expect("it listens");
    assert_eq!(next_line(&mut first), "", "it has ended");
    // That was room for one. It may well be full again.
    drop(outside);
    let notice = running.notice();
    assert_eq!(notice, "clients are let in again");
    let mut last = BufReader::new(inside[1].try_clone().expect("a socket"));
    assert!(!next_line(&mut last).is_empty(), "it is welcomed");
    running.interrupt();
    assert_eq!(running.ends(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn clients_that_take_nothing_cost_no_more_than_is_documented() {
    const OUTBOX: usize = 256;
    const DEAF: usize = 14;
    const MESSAGE: usize = 64 * 1024;
    let running = Running::start(SERVER, &["--outbox", "256"]);
    let deaf: Vec<TcpStream> = (0..DEAF).map(|_| running.connect()).collect();
    let mut speaker = running.connect();
    next_line(&mut BufReader::new(speaker.try_clone().expect("a socket")));
    // Until the server reads no more of it, since the others have no room.
    let a_while = Some(Duration::from_millis(500));
    speaker.set_write_timeout(a_while).expect("a socket");
    let line = [&vec![b'x'; MESSAGE - 1][..], b"\n"].concat();
    let mut said = 0;
    while speaker.write_all(&line).is_ok() {
        said += 1;
        assert!(said < 4 * OUTBOX, "nobody waits");
    }
    let peak = running.peak();
    let documented =
        2 * OUTBOX * MESSAGE + (DEAF + 1) * (OUTBOX * 16 + 9 * MESSAGE) + 2 * 8 * 1024 * 1024;
    // What the process takes before anybody comes.
    let itself = 16 * 1024 * 1024;
    assert!(
        said > OUTBOX && peak < documented + itself,
        "{said}: {peak}"
    );
    drop(deaf);
}
