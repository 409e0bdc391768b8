//! Screens and files that take lines slowly, not at all, or fail.

use super::{Screen, TOO_LONG};
use crate::programs::chat::output::Output;
use crate::sync::channel::{self, Receiver};
use crate::sync::time::Instant;
use std::io::{self, ErrorKind, Write};

/// Takes nothing before the other end of the channel says so, or is gone.
struct Stuck(Receiver<()>);

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.recv();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Full;

impl Write for Full {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn nobody_waits_for_a_screen_that_takes_nothing() {
    let (release, released) = channel::unbounded::<()>();
    let output = Output::start(Stuck(released), |_| ()).unwrap();
    for _ in 0..100_000 {
        output.line("un message".into());
    }
    assert!(!output.close(Instant::now()), "nothing has been printed");
    drop(release);
}

#[test]
fn a_full_disk_is_told_at_once_and_once() {
    let told = Screen::new();
    let notices = told.clone();
    let failed = move |error: io::Error| notices.print(&format!("{error}\n"));
    let output = Output::start(Full, failed).unwrap();
    output.line("un".into());
    told.lines(1, "");
    output.line("deux".into());
    assert!(!output.close(Instant::now() + TOO_LONG));
    assert_eq!(told.lines(1, "").len(), 1);
}
