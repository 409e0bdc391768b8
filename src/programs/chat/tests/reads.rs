//! How often a client's connection is read.

use super::sockets::Running;
use crate::programs::chat::server::Settings;
use crate::programs::chat::session::{Connection, Read, Session};
use crate::programs::kit::framing::Framing;
use crate::programs::kit::tests::World;
use std::io::{self, ErrorKind};
use std::net::Shutdown;

/// Brings two lines, and then nothing, or the end.
#[derive(Default)]
struct Brief {
    reads: usize,
    ends: bool,
}

impl Connection for &mut Brief {
    const SHORT_READ_IS_LAST: bool = true;

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reads += 1;
        let lines = b"un\ndeux\n";
        match self.reads {
            1 => {
                buffer[..lines.len()].copy_from_slice(lines);
                Ok(lines.len())
            }
            2 if self.ends => Ok(0),
            _ => Err(ErrorKind::WouldBlock.into()),
        }
    }

    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        unreachable!("nothing is said")
    }

    fn shutdown(&self, _how: Shutdown) {}
}

/// What two reads come to.
fn read_twice(connection: &mut Brief) -> bool {
    let is_ending = connection.ends;
    let mut session = Session::new(connection, Framing::Lines);
    session.is_ending = is_ending;
    let mut buffer = [0; 64];
    assert!(matches!(session.read(&mut buffer), Ok(Read::Some)));
    assert!(session.read(&mut buffer).is_ok());
    session.has_hung_up
}

#[test]
fn a_read_that_takes_all_is_not_followed_by_one_that_says_so() {
    let mut connection = Brief::default();
    assert!(!read_twice(&mut connection));
    assert_eq!(connection.reads, 1);
}

#[test]
fn who_is_known_to_hang_up_is_read_to_the_end() {
    let mut connection = Brief {
        ends: true,
        ..Brief::default()
    };
    assert!(read_twice(&mut connection));
    assert_eq!(connection.reads, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn last_words_and_the_end_are_seen_when_they_come_at_once() {
    use rustix::net::{SendFlags, send};
    let mut server = Running::start(&Settings::default());
    let client = server.connect();
    server.screen.lines(2, "connecté");
    // With more to come the system keeps it back, and sends it with the end.
    send(&client.stream, b"adieu\n", SendFlags::MORE).unwrap();
    client.stream.shutdown(Shutdown::Write).unwrap();
    let lines = server.screen.lines(4, "Client Thread-1 déconnecté.");
    assert_eq!(lines[2], "Thread-1> adieu");
    server.stop();
}
