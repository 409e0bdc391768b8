//! What the server prints: in the order of the stock, by a thread that nobody waits for.

use crate::curriculum::stock::Delivery;
use crate::sync::{Condvar, Mutex};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::mem;
use std::net::SocketAddr;

/// How many bytes may wait to be printed. The shop goes on also if nobody reads its output, and
/// what finds no room is left out.
const ROOM: usize = 1 << 20;

/// Lines that wait to be printed.
pub(super) struct Log {
    lines: Mutex<Lines>,
    has_news: Condvar,
}

struct Lines {
    waiting: String,
    /// How many have found no room.
    left_out: u64,
    /// The stock after the last delivery that was noted down.
    stock: u32,
    /// Deliveries that were noted down before one that was taken earlier: under the stock that
    /// they found, the one that they left, and their lines.
    early: BTreeMap<u32, (u32, String)>,
    /// Nothing more comes, or nothing more can be printed.
    is_closed: bool,
}

impl Log {
    /// For the sale of so many bottles.
    pub(super) fn new(stock: u32) -> Self {
        Log {
            lines: Mutex::new(Lines {
                waiting: String::new(),
                left_out: 0,
                stock,
                early: BTreeMap::new(),
                is_closed: false,
            }),
            has_news: Condvar::new(),
        }
    }

    /// Notes lines down, to be printed soon.
    pub(super) fn note(&self, text: fmt::Arguments) {
        self.lines.lock().add(&text.to_string());
        self.has_news.notify_one();
    }

    /// Notes a delivery down. Deliveries are printed in the order in which they were taken from
    /// the stock, which is where the one before left it, whichever thread comes here first.
    pub(super) fn note_delivery(&self, delivery: Delivery, peer: Shown) {
        let Delivery { bottles, left } = delivery;
        let text = format!(
            "Livraison de {bottles} bouteille(s) -> {peer}\n\
             Reste en stock : {left} bouteille(s)\n"
        );
        let mut lines = self.lines.lock();
        lines.early.insert(left + bottles, (left, text));
        let found = lines.stock;
        let mut next = found;
        while let Some((left, text)) = lines.early.remove(&next) {
            lines.add(&text);
            next = left;
        }
        lines.stock = next;
        if next != found {
            self.has_news.notify_one();
        }
    }

    /// Prints what is noted down until the log is closed, and returns how many lines were left out.
    ///
    /// # Errors
    /// Those of `out`: then nothing more is printed.
    pub(super) fn print(&self, out: &mut dyn Write) -> io::Result<u64> {
        let _closing = self.closing();
        loop {
            let mut lines = self.lines.lock();
            self.has_news.wait_while(&mut lines, |lines| {
                lines.waiting.is_empty() && !lines.is_closed
            });
            let text = mem::take(&mut lines.waiting);
            if text.is_empty() {
                return Ok(lines.left_out);
            }
            drop(lines);
            out.write_all(text.as_bytes())?;
            out.flush()?;
        }
    }

    /// Closes the log when it is dropped.
    pub(super) fn closing(&self) -> Closing<'_> {
        Closing(self)
    }
}

impl Lines {
    fn add(&mut self, text: &str) {
        if self.is_closed {
            return;
        }
        if self.waiting.len() + text.len() > ROOM {
            self.left_out += text.lines().count() as u64;
            return;
        }
        self.waiting += text;
    }
}

/// Closes a log, however it comes to that.
pub(super) struct Closing<'a>(&'a Log);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.lines.lock().is_closed = true;
        self.0.has_news.notify_all();
    }
}

/// An address as the original shows it.
#[derive(Clone, Copy)]
pub(super) struct Shown(pub(super) SocketAddr);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ip, port) = (self.0.ip(), self.0.port());
        match self.0 {
            SocketAddr::V4(_) => write!(f, "('{ip}', {port})"),
            SocketAddr::V6(address) => {
                let (flow, scope) = (address.flowinfo(), address.scope_id());
                write!(f, "('{ip}', {port}, {flow}, {scope})")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;

    const PEER: SocketAddr =
        SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 7);

    fn printed(log: &Log) -> String {
        drop(log.closing());
        let mut out = Vec::new();
        log.print(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// True where `kata::sync` works outside a check.
    fn works() -> bool {
        !BACK_ENDS.contains(&BackEnd::Loom)
    }

    #[test]
    fn deliveries_are_printed_in_the_order_of_the_stock_whoever_notes_them_down_first() {
        if !works() {
            return;
        }
        // What is taken first finds 10 bottles, then 7, then 6.
        let deliveries = [(3, 7), (1, 6), (6, 0)].map(|(bottles, left)| Delivery { bottles, left });
        for order in [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ] {
            let log = Log::new(10);
            for index in order {
                log.note_delivery(deliveries[index], Shown(PEER));
            }
            let text = printed(&log);
            let stock: Vec<&str> = text
                .lines()
                .filter_map(|line| line.strip_prefix("Reste en stock : "))
                .collect();
            let expected = [7, 6, 0].map(|left| format!("{left} bouteille(s)"));
            assert_eq!(stock, expected, "{order:?}");
        }
    }

    #[test]
    fn what_finds_no_room_is_left_out_and_counted() {
        if !works() {
            return;
        }
        let log = Log::new(10);
        let lines = "x\n".repeat(ROOM / 2);
        log.note(format_args!("{lines}"));
        log.note(format_args!("one\ntwo\n"));
        drop(log.closing());
        let mut out = Vec::new();
        assert_eq!(log.print(&mut out).unwrap(), 2);
        assert_eq!(out, lines.as_bytes());
    }

    #[test]
    fn nothing_is_kept_for_an_output_that_has_failed() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        if !works() {
            return;
        }
        let log = Log::new(10);
        log.note(format_args!("one\n"));
        assert!(log.print(&mut Full).is_err());
        log.note(format_args!("two\n"));
        assert_eq!(printed(&log), "");
    }
}
