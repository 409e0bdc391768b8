//! A string that is appended to another while a third party shortens it.
//!
//! Every method of Java 1.4's `StringBuffer` is synchronised, but `append` asks the other buffer
//! for its length and then for that many characters: two critical sections, between which the
//! other can shrink. First reported by Flanagan and Qadeer (*A Type and Effect System for
//! Atomicity*, PLDI 2003); SCTBench's CB set (`stringbuffer-jdk1.4`).

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

struct StringBuffer(Mutex<Vec<u8>>);

impl StringBuffer {
    fn new(text: &[u8]) -> Self {
        StringBuffer(Mutex::new(text.to_vec()))
    }

    fn len(&self) -> usize {
        self.0.lock().len()
    }

    fn chars(&self, len: usize) -> Vec<u8> {
        let text = self.0.lock();
        assert!(len <= text.len(), "asked for more characters than it has");
        text[..len].to_vec()
    }

    fn append(&self, other: &StringBuffer) {
        let mut text = self.0.lock();
        let len = other.len();
        text.extend(other.chars(len));
    }

    fn append_text(&self, more: &[u8]) {
        self.0.lock().extend(more);
    }

    fn erase(&self, start: usize, end: usize) {
        let mut text = self.0.lock();
        let end = end.min(text.len());
        text.drain(start..end);
    }
}

/// The program.
pub fn scenario() -> Scenario {
    let buffer = Arc::new(StringBuffer::new(b"abc"));
    let other = Arc::clone(&buffer);
    Scenario::new()
        .thread("append", move || StringBuffer::new(b"").append(&buffer))
        .thread("erase", move || {
            other.erase(0, 3);
            other.append_text(b"abc");
        })
}
