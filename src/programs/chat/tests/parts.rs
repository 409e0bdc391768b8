//! Nobody can say in what parts bytes are taken and arrive. What the original gets wrong about that
//! stands here as code, beside what is right: the same property tells them apart.

use crate::programs::chat::session::{self, Session};
use crate::programs::kit::framing::{Decoder, Framing};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::io::{self, Write};
use std::net::Shutdown;

/// How messages are sent, and what a receiver makes of what it reads.
struct Style {
    send: fn(&mut Connection, &[u8]),
    receive: fn(&[&[u8]]) -> Vec<String>,
}

const OURS: Style = Style {
    send: |out, bytes| {
        let mut session = Session::new(out, Framing::Chunks);
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        session.put(&[text.into()]);
        session.send().expect("it takes everything in the end");
    },
    receive: |reads| {
        let mut decoder = Decoder::new(Framing::Lines);
        let read = |read: &&[u8]| decoder.read(read);
        reads.iter().flat_map(read).map(Result::unwrap).collect()
    },
};

/// "`send` sends." It sends as much as there is room for.
const SENDS_A_PART: Style = Style {
    send: |out, bytes| drop(out.write(bytes)),
    ..OURS
};

/// "What one `recv` returns is one message." It can be two of them, or a part of one.
const A_READ_IS_A_MESSAGE: Style = Style {
    receive: |reads| {
        let text = |read: &&[u8]| String::from_utf8_lossy(read).trim_end().to_owned();
        reads.iter().map(text).collect()
    },
    ..OURS
};

/// "What one `recv` returns is text." It can end in the middle of a character.
const A_READ_IS_TEXT: Style = Style {
    receive: |reads| {
        let texts = reads
            .iter()
            .map_while(|read| std::str::from_utf8(read).ok());
        let all: String = texts.collect();
        all.lines().map(str::to_owned).collect()
    },
    ..OURS
};

/// A connection that takes so many bytes at a time, and then again from the beginning.
struct Connection {
    takes: Vec<usize>,
    writes: usize,
    taken: Vec<u8>,
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let most = self.takes[self.writes % self.takes.len()];
        self.writes += 1;
        let part = &bytes[..bytes.len().min(most)];
        self.taken.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl session::Connection for &mut Connection {
    const SHORT_READ_IS_LAST: bool = false;

    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        unreachable!("nobody reads")
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(self, bytes)
    }

    fn shutdown(&self, _how: Shutdown) {}
}

/// Whether all messages arrive, whole, once and in order.
fn holds(style: &Style) -> bool {
    let config = Config {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0),
        ..Config::default()
    };
    let messages = prop::collection::vec("[a-zé😀]{0,5}", 0..4);
    let sizes = || prop::collection::vec(1..9_usize, 1..4);
    let result = TestRunner::new(config).run(&(messages, sizes(), sizes()), |case| {
        let (messages, takes, reads) = case;
        prop_assert_eq!(arrived(style, &messages, takes, &reads), messages);
        Ok(())
    });
    result.is_ok()
}

fn arrived(style: &Style, messages: &[String], takes: Vec<usize>, reads: &[usize]) -> Vec<String> {
    let mut connection = Connection {
        takes,
        writes: 0,
        taken: Vec::new(),
    };
    for message in messages {
        let mut bytes = Vec::new();
        Framing::Lines.encode(message, &mut bytes);
        (style.send)(&mut connection, &bytes);
    }
    let mut rest = &connection.taken[..];
    let mut parts = Vec::new();
    for &length in reads.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (part, after) = rest.split_at(length.min(rest.len()));
        parts.push(part);
        rest = after;
    }
    (style.receive)(&parts)
}

#[test]
fn messages_arrive_whole_in_whatever_parts_they_are_taken_and_read() {
    assert!(holds(&OURS));
}

#[test]
fn what_the_original_gets_wrong_about_that_is_noticed() {
    for slip in [SENDS_A_PART, A_READ_IS_A_MESSAGE, A_READ_IS_TEXT] {
        assert!(!holds(&slip));
    }
}
