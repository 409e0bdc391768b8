//! Two hundred clients at once, a third of whom misbehave.

use super::sockets::Running;
use crate::programs::chat::server::Settings;
use crate::programs::kit::tests::{Client, Remote, World};
use crate::sync::thread;
use std::collections::HashSet;
use std::io::Write;

const CLIENTS: usize = 200;

/// What each of those who behave says.
const MESSAGES: usize = 3;

/// How a client misbehaves.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// Goes away in the middle of a message.
    Killed,
    /// Reads nothing.
    Stalled,
    /// Sends what is no text.
    Garbage,
    /// Goes away with something unread, which resets the connection.
    Reset,
}

const FAULTS: [Fault; 4] = [Fault::Killed, Fault::Stalled, Fault::Garbage, Fault::Reset];

#[test]
fn a_third_of_the_clients_misbehaves_and_the_others_hear_all_in_one_order() {
    // Nobody who reads is dropped: there is room for all that is ever said.
    let settings = Settings {
        outbox: 4 * CLIENTS * MESSAGES,
        ..Settings::default()
    };
    let mut server = Running::start(&settings);
    let mut listener = server.connect();
    listener.texts(1).unwrap();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for number in 0..CLIENTS {
        let mut client = server.connect();
        client.texts(1).unwrap();
        match number % 3 {
            0 => bad.push((client, FAULTS[number / 3 % FAULTS.len()])),
            _ => good.push(client),
        }
    }
    let stalled = thread::scope(|scope| {
        let bad = bad.into_iter();
        let faults: Vec<_> = bad
            .map(|(client, fault)| scope.spawn(move || misbehave(client, fault)))
            .collect();
        for (number, client) in good.iter_mut().enumerate() {
            scope.spawn(move || speak(client, number));
        }
        let stalled = faults.into_iter().filter_map(|fault| fault.join().unwrap());
        stalled.collect::<Vec<Client>>()
    });
    let said = good.len() * MESSAGES;
    let all = heard(&mut listener, said);
    let hear = |client: &mut Client| heard(client, said - MESSAGES);
    let transcripts: Vec<Vec<String>> = good.iter_mut().map(hear).collect();
    drop(stalled);
    server.stop();
    assert_complete(&all, &transcripts);
}

fn misbehave(mut client: Client, fault: Fault) -> Option<Client> {
    match fault {
        Fault::Killed => client.send(b"je n'ai pas fi"),
        Fault::Reset => client.send(b"bonjour\n"),
        Fault::Stalled => return Some(client),
        Fault::Garbage => {
            let garbage: Vec<u8> = (0..=255).rev().cycle().take(10_000).collect();
            // The server ends the session at the first empty line, if there is one.
            let _ = client.stream.write_all(&garbage);
        }
    }
    None
}

fn speak(client: &mut Client, number: usize) {
    for message in 1..=MESSAGES {
        client.send(format!("message {message} de {number}\n").as_bytes());
    }
}

/// What a client hears of those who behave, once it is so much.
fn heard(client: &mut Client, number: usize) -> Vec<String> {
    let mut texts = Vec::new();
    let is_good = |text: &&String| text.contains("> message ");
    while texts.iter().filter(is_good).count() < number {
        let known = texts.len();
        texts = client.texts(known + 1).unwrap();
        assert!(
            texts.len() > known,
            "the server has closed: {:?}",
            texts.last()
        );
    }
    texts.into_iter().filter(|text| is_good(&text)).collect()
}

/// The one who only listens has heard everything; everybody else the same without its own.
fn assert_complete(all: &[String], transcripts: &[Vec<String>]) {
    let different: HashSet<&String> = all.iter().collect();
    assert_eq!(different.len(), all.len(), "something was heard twice");
    for texts in transcripts {
        assert_eq!(texts.len(), all.len() - MESSAGES, "what one client heard");
        let mut rest = all.iter();
        let fits = texts.iter().all(|text| rest.any(|other| other == text));
        assert!(fits, "one client heard another order");
    }
}
