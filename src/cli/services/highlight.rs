//! Rust source in runs of one look each, line by line, for pages.

use kata::mistakes::lexer::{Kind, Piece, pieces};

/// How a run looks: the name of a class of the pages' style; none for what is plain.
pub type Look = &'static str;

const PLAIN: Look = "";
const KEYWORD: Look = "k";
const TYPE: Look = "y";
const LITERAL: Look = "l";
const MACRO: Look = "m";
const COMMENT: Look = "c";

/// A line in runs.
pub type Line<'a> = Vec<(Look, &'a str)>;

const KEYWORDS: [&str; 38] = [
    "Self", "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
    "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
    "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "type",
    "unsafe", "use", "where", "while",
];

/// The lines of the source; together the runs of a line are the line.
pub fn lines(source: &str) -> Vec<Line<'_>> {
    let mut lines = vec![Line::new()];
    let mut rest = pieces(source).peekable();
    while let Some(piece) = rest.next() {
        let look = look(piece, rest.peek().map(|next| next.text));
        for (number, part) in piece.text.split('\n').enumerate() {
            if number > 0 {
                lines.push(Line::new());
            }
            if let Some(line) = lines.last_mut()
                && !part.is_empty()
            {
                line.push((look, part));
            }
        }
    }
    // What ends with a line break has no line after it.
    if source.is_empty() || source.ends_with('\n') {
        lines.pop();
    }
    lines
}

fn look(piece: Piece, next: Option<&str>) -> Look {
    let text = piece.text;
    match piece.kind {
        Kind::Comment => COMMENT,
        Kind::Literal => LITERAL,
        Kind::Word if KEYWORDS.contains(&text) => KEYWORD,
        Kind::Word if next == Some("!") => MACRO,
        Kind::Word if text.starts_with(char::is_uppercase) => TYPE,
        Kind::Space | Kind::Word | Kind::Sign => PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_look_as_what_they_are() {
        let source = "let x: Vec<u8> = vec![1]; // 'x'\n\nself.é(\"a\nb\")\n";
        let expected: &[&[(Look, &str)]] = &[
            &[
                ("k", "let"),
                ("", " "),
                ("", "x"),
                ("", ":"),
                ("", " "),
                ("y", "Vec"),
                ("", "<"),
                ("", "u8"),
                ("", ">"),
                ("", " "),
                ("", "="),
                ("", " "),
                ("m", "vec"),
                ("", "!"),
                ("", "["),
                ("l", "1"),
                ("", "]"),
                ("", ";"),
                ("", " "),
                ("c", "// 'x'"),
            ],
            &[],
            &[("k", "self"), ("", "."), ("", "é"), ("", "("), ("l", "\"a")],
            &[("l", "b\""), ("", ")")],
        ];
        assert_eq!(lines(source), expected);
    }

    #[test]
    fn no_line_is_lost_or_made() {
        for source in [
            "",
            "\n",
            "a",
            "a\n",
            "a\n\n b",
            include_str!("highlight.rs"),
        ] {
            let whole: Vec<String> = lines(source)
                .iter()
                .map(|line| line.iter().map(|(_, text)| *text).collect())
                .collect();
            assert_eq!(whole, source.lines().collect::<Vec<_>>());
        }
    }
}
