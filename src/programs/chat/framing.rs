//! Where in the bytes of a connection one message ends and the next one begins.

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

/// Makes messages of what is read. What is not UTF-8 is replaced.
#[derive(Debug)]
pub struct Decoder {
    framing: Framing,
    /// The longest message.
    most: usize,
    /// The beginning of a message; or, of a chunk, the beginning of its last character.
    pending: Vec<u8>,
}

impl Decoder {
    /// For what a client sends, from its beginning.
    pub fn new(framing: Framing) -> Self {
        Decoder {
            framing,
            most: MAX_MESSAGE,
            pending: Vec::new(),
        }
    }

    /// For what a server sends: messages with their speakers' names before them.
    pub fn of_server(framing: Framing) -> Self {
        Decoder {
            most: MAX_MESSAGE + MAX_NAME,
            ..Decoder::new(framing)
        }
    }

    /// The messages that end in what one read returned.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Result<String, TooLong>> {
        match self.framing {
            Framing::Lines => self.lines(bytes),
            Framing::Chunks => Vec::from_iter(self.chunk(bytes)),
        }
    }

    /// The message that only the end of the connection ends.
    pub fn end(&mut self) -> Option<String> {
        let rest = std::mem::take(&mut self.pending);
        (!rest.is_empty()).then(|| text(&rest))
    }

    fn lines(&mut self, bytes: &[u8]) -> Vec<Result<String, TooLong>> {
        let mut messages = Vec::new();
        let mut parts = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(part) = parts.next() {
            if self.pending.len() + part.len() > self.most {
                messages.push(Err(TooLong));
                self.pending.clear();
                break;
            }
            self.pending.extend_from_slice(part);
            if parts.peek().is_some() {
                messages.push(Ok(text(&self.pending)));
                self.pending.clear();
            }
        }
        messages
    }

    fn chunk(&mut self, bytes: &[u8]) -> Option<Result<String, TooLong>> {
        self.pending.extend_from_slice(bytes);
        let complete = self.pending.len() - cut_off(&self.pending);
        if complete == 0 {
            return None;
        }
        let message: Vec<u8> = self.pending.drain(..complete).collect();
        Some(if message.len() > self.most {
            Err(TooLong)
        } else {
            Ok(text(message.strip_suffix(b"\n").unwrap_or(&message)))
        })
    }
}

fn text(bytes: &[u8]) -> String {
    let line = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    String::from_utf8_lossy(line).into_owned()
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
            &["un", "deux", "a\nb"],
        );
        check(Framing::Chunks, &["\n"], &[""]);
    }

    #[test]
    fn a_character_that_is_cut_by_a_read_arrives_whole() {
        let text = "é€😀";
        for cut in 0..=text.len() {
            let (first, second) = text.as_bytes().split_at(cut);
            let found = messages(Framing::Chunks, &[first, second]);
            let found: String = found.into_iter().map(Result::unwrap).collect();
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
            let expected: Vec<_> = lines.into_iter().map(Ok).collect();
            prop_assert_eq!(messages(Framing::Lines, &reads), expected);
        }
    }
}
