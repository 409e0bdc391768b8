//! Rust source as words and signs, without comments, and without what literals say; and in pieces that
//! leave out nothing.
//!
//! A lexer of our own, for files that nobody else reads: `proc-macro2` gives no token at all of a
//! file with an unclosed brace, a brace too many, a stray quote or a sign that Rust does not know.
//! Such a file does not compile, and there a word on what else is wrong with it helps most.

/// What a piece of source is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// White space.
    Space,
    /// A comment, of either kind.
    Comment,
    /// A name or a keyword; `r#type` is one as well.
    Word,
    /// A string, a character, a lifetime or a number.
    Literal,
    /// A sign; `::` is one, all others are single characters.
    Sign,
}

/// A piece of source: one after the other they are the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: Kind,
    /// What stands there.
    pub text: &'a str,
}

/// The source in pieces.
pub fn pieces(source: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (kind, length) = piece(rest, first);
        let (text, after) = rest.split_at(length);
        rest = after;
        Some(Piece { kind, text })
    })
}

/// The kind and the length of the piece with which the text begins.
fn piece(text: &str, first: char) -> (Kind, usize) {
    let space = text.len() - text.trim_start().len();
    if space > 0 {
        return (Kind::Space, space);
    }
    if text.starts_with("//") {
        return (Kind::Comment, text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return (Kind::Comment, comment(text));
    }
    if let Some(raw) = text.strip_prefix(RAW)
        && raw.starts_with(is_word_start)
    {
        return (Kind::Word, RAW.len() + word(raw));
    }
    match literal(text) {
        Some(length) => (Kind::Literal, length),
        None if is_word_start(first) => (Kind::Word, word(text)),
        None if text.starts_with("::") => (Kind::Sign, 2),
        None => (Kind::Sign, first.len_utf8()),
    }
}

/// A word, a sign or a literal, and the line on which it stands, from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(is_word_start)
    }
}

/// What stands for a literal, whatever it says.
const LITERAL: &str = "\"";

/// What makes a keyword a name.
const RAW: &str = "r#";

/// The source in tokens. `::` is one; all other signs are single characters.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut line = 1;
    let mut tokens = Vec::new();
    for Piece { kind, text } in pieces(source) {
        let said = match kind {
            Kind::Space | Kind::Comment => None,
            // `r#type` is the word `type`.
            Kind::Word => Some(text.strip_prefix(RAW).unwrap_or(text)),
            Kind::Literal => Some(LITERAL),
            Kind::Sign => Some(text),
        };
        tokens.extend(said.map(|text| Token { text, line }));
        line += text.matches('\n').count();
    }
    tokens
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len())
}

/// The length of a comment in `/* */`, which may have others inside.
fn comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let step = match rest.get(..2) {
            Some("/*") => (1, 2),
            Some("*/") => (-1, 2),
            _ => (0, rest.chars().next().map_or(1, char::len_utf8)),
        };
        depth += step.0;
        at += step.1;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of the string, character, lifetime or number with which the text begins.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r"]
        .into_iter()
        .find(|prefix| {
            let rest = text.strip_prefix(prefix);
            let opens = |rest: &str| {
                let unhashed = rest.trim_start_matches('#');
                let is_raw = prefix.ends_with('r');
                unhashed.starts_with('"') && (is_raw || unhashed.len() == rest.len())
                    || *prefix == "b" && rest.starts_with('\'')
            };
            rest.is_some_and(opens)
        })
        .unwrap_or("");
    let rest = &text[prefix.len()..];
    let length = match rest.chars().next()? {
        '"' | '#' if prefix.ends_with('r') => raw(rest),
        '"' => quoted(rest, '"'),
        '\'' => quote(rest),
        '0'..='9' => word(rest),
        _ => return None,
    };
    Some(prefix.len() + length)
}

/// `##"..."##`
fn raw(text: &str) -> usize {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let close = format!("\"{}", &text[..hashes]);
    let body = &text[hashes + 1..];
    let end = body.find(&close).map(|at| hashes + 1 + at + close.len());
    end.unwrap_or(text.len())
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn quote(text: &str) -> usize {
    let mut inside = text.chars().skip(1);
    match (inside.next(), inside.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(text, '\''),
        _ => 1 + word(&text[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let texts: Vec<&str> = tokens(source).iter().map(|token| token.text).collect();
        assert_eq!(texts.join(" "), expected, "{source}");
    }

    #[test]
    fn words_and_signs_are_left_and_nothing_else() {
        check("a::b<C>(1_u8)", "a :: b < C > ( \" )");
        check("a // unsafe\nb /* c /* d */ e */ f", "a b f");
        check(r#""un\"safe" b"x" c'"#, "\" \" c \"");
        check(
            r###"r#"a "quoted" b"# r"\" br##"x"# y"## z"###,
            "\" \" \" z",
        );
        check(r"'a' '\'' b'x' &'static str", "\" \" \" & \" str");
        check("r#type raw brave crab", "type raw brave crab");
        check("\"never closed", "\"");
        check("/* never closed", "");
    }

    #[test]
    fn pieces_leave_out_nothing() {
        for source in [
            include_str!("lexer.rs"),
            "/* never closed",
            "r#\"x\"# 'a' 'b r#fn \u{e9}\u{301}",
        ] {
            let whole: String = pieces(source).map(|piece| piece.text).collect();
            assert_eq!(whole, source);
        }
        let kinds: Vec<Kind> = pieces("a 'b // c").map(|piece| piece.kind).collect();
        use Kind::{Comment, Literal, Space, Word};
        assert_eq!(kinds, [Word, Space, Literal, Space, Comment]);
    }

    #[test]
    fn lines_are_counted_in_all_that_is_left_out() {
        let found = tokens("a\n/* 2\n3 */ b \"3\n4\" c // 4\nd");
        let lines: Vec<_> = found.iter().map(|token| (token.text, token.line)).collect();
        assert_eq!(lines, [("a", 1), ("b", 3), ("\"", 3), ("c", 4), ("d", 5)]);
    }
}
