//! Where in the bytes of a connection one message ends and the next one begins.

use crate::programs::kit::visible::visible;
use std::str;

/// The longest message, in bytes.
pub const MAX_MESSAGE: usize = 64 * 1024;

/// Room for a speaker's name, whatever its number, and what stands after it.
const MAX_NAME: usize = 32;

/// What a message is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Framing {
    /// A line.
    #[default]
    Lines,
    /// What one read returns, as the original clients need it. A newline at its end is dropped.
    Chunks,
}

impl Framing {
    /// A text as it is sent.
    pub fn encode(self, text: &str, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(text.as_bytes());
        if self == Framing::Lines {
            bytes.push(b'\n');
        }
    }
}

/// A message is longer than it may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooLong;

/// Makes messages of what is read. What is not UTF-8 is replaced, and what would command a terminal
/// is made [`visible`].
#[derive(Debug)]
pub struct Decoder {
    framing: Framing,
    /// The longest message.
    most: usize,
    /// What has been read and is not yet a message; of a chunk, the beginning of its last character.
    pending: Vec<u8>,
    /// How much of it has become messages.
    start: usize,
    /// How much of the rest is known to have no end of a line.
    searched: usize,
}

impl Decoder {
    /// For what a client sends, from its beginning.
    pub fn new(framing: Framing) -> Self {
        Decoder {
            framing,
            most: MAX_MESSAGE,
            pending: Vec::new(),
            start: 0,
            searched: 0,
        }
    }

    /// For what a server sends: messages with their speakers' names before them.
    pub fn of_server(framing: Framing) -> Self {
        Decoder {
            most: MAX_MESSAGE + MAX_NAME,
            ..Decoder::new(framing)
        }
    }

    /// Takes what one read returned.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.pending.drain(..self.start);
        self.start = 0;
        self.pending.extend_from_slice(bytes);
    }

    /// The messages that end in what one read returned.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Result<String, TooLong>> {
        self.feed(bytes);
        std::iter::from_fn(|| self.next_message()).collect()
    }

    /// The next message that has ended. After one that is too long nothing makes sense any more.
    pub fn next_message(&mut self) -> Option<Result<String, TooLong>> {
        let rest = &self.pending[self.start..];
        let (length, end) = match self.framing {
            Framing::Lines => {
                let mut new = rest[self.searched..].iter();
                let end = new.position(|byte| *byte == b'\n');
                let end = end.map(|end| self.searched + end);
                self.searched = if end.is_some() { 0 } else { rest.len() };
                (end.unwrap_or(rest.len()), end.map(|end| end + 1))
            }
            Framing::Chunks => {
                let complete = rest.len() - cut_off(rest);
                (complete, (complete > 0).then_some(complete))
            }
        };
        if length > self.most {
            self.forget();
            return Some(Err(TooLong));
        }
        let Some(end) = end else {
            if rest.is_empty() {
                // Who is idle needs no memory.
                self.forget();
            }
            return None;
        };
        let bytes = &rest[..length];
        let bytes = match self.framing {
            Framing::Lines => bytes,
            Framing::Chunks => bytes.strip_suffix(b"\n").unwrap_or(bytes),
        };
        let message = text(bytes);
        self.start += end;
        // What is shown for a character can be longer than the character.
        let is_short = message.len() <= self.most;
        Some(is_short.then_some(message).ok_or(TooLong))
    }

    /// True if there is the beginning of a message, whose end has not come.
    pub fn has_begun(&self) -> bool {
        self.start < self.pending.len()
    }

    /// The message that only the end of the connection ends.
    pub fn end(&mut self) -> Option<String> {
        let rest = std::mem::take(&mut self.pending).split_off(self.start);
        self.forget();
        (!rest.is_empty()).then(|| text(&rest))
    }

    fn forget(&mut self) {
        (self.pending, self.start, self.searched) = (Vec::new(), 0, 0);
    }
}

fn text(bytes: &[u8]) -> String {
    let line = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    visible(&String::from_utf8_lossy(line)).into_owned()
}

/// How many bytes at the end are the beginning of a character whose rest may yet come.
fn cut_off(bytes: &[u8]) -> usize {
    let last = &bytes[bytes.len().saturating_sub(3)..];
    (1..=last.len())
        .rev()
        .find(|&length| {
            let error = str::from_utf8(&last[last.len() - length..]).err();
            error.is_some_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn messages(framing: Framing, reads: &[&[u8]]) -> Vec<Result<String, TooLong>> {
        let mut decoder = Decoder::new(framing);
        let mut messages: Vec<_> = reads.iter().flat_map(|read| decoder.read(read)).collect();
        messages.extend(decoder.end().map(Ok));
        messages
    }

    #[track_caller]
    fn check(framing: Framing, reads: &[&str], expected: &[&str]) {
        let reads: Vec<&[u8]> = reads.iter().map(|read| read.as_bytes()).collect();
        let expected: Vec<_> = expected.iter().map(|text| Ok((*text).to_owned())).collect();
        assert_eq!(messages(framing, &reads), expected);
    }

    #[test]
    fn a_message_is_a_line_however_it_is_read() {
        check(Framing::Lines, &["un\ndeux\n"], &["un", "deux"]);
        check(Framing::Lines, &["u", "n\nde", "ux", "\n"], &["un", "deux"]);
        check(
            Framing::Lines,
            &["un\r\n", "\n", "deux"],
            &["un", "", "deux"],
        );
    }

    #[test]
    fn a_message_is_what_one_read_returns() {
        check(
            Framing::Chunks,
            &["un", "deux\n", "a\nb"],
            &["un", "deux", "a␊b"],
        );
        check(Framing::Chunks, &["\n"], &[""]);
    }

    #[test]
    fn a_character_that_is_cut_by_a_read_arrives_whole() {
        let text = "é€😀";
        for cut in 0..=text.len() {
            let (first, second) = text.as_bytes().split_at(cut);
            let found: String = messages(Framing::Chunks, &[first, second])
                .into_iter()
                .map(Result::unwrap)
                .collect();
            assert_eq!(found, text, "cut at {cut}");
        }
    }

    #[test]
    fn what_is_no_utf8_is_replaced() {
        for framing in [Framing::Lines, Framing::Chunks] {
            let found = messages(framing, &[b"a\xff\xc3b\n"]);
            assert_eq!(found, [Ok("a\u{fffd}\u{fffd}b".to_owned())]);
        }
    }

    #[test]
    fn a_line_may_have_64_kib_and_no_more() {
        let line = |length| [&vec![b'x'; length][..], b"\n"].concat();
        assert!(messages(Framing::Lines, &[&line(MAX_MESSAGE)])[0].is_ok());
        assert_eq!(
            messages(Framing::Lines, &[&line(MAX_MESSAGE + 1)]),
            [Err(TooLong)]
        );
        let endless = vec![b'x'; MAX_MESSAGE / 2 + 1];
        assert_eq!(
            messages(Framing::Lines, &[&endless, &endless]),
            [Err(TooLong)]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn lines_do_not_depend_on_how_they_are_cut(
            lines in prop::collection::vec("[^\r\n]{0,9}", 0..5),
            cuts in prop::collection::vec(0..64_usize, 0..6),
        ) {
            let mut bytes = Vec::new();
            lines.iter().for_each(|line| Framing::Lines.encode(line, &mut bytes));
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let reads: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
            let shown = |line: &String| Ok(visible(line).into_owned());
            let expected: Vec<_> = lines.iter().map(shown).collect();
            prop_assert_eq!(messages(Framing::Lines, &reads), expected);
        }
    }
}
