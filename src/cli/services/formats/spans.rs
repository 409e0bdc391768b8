//! A line of a file as rustc tells of places: <https://doc.rust-lang.org/rustc/json.html>.

use serde::Serialize;

/// What stands on a line, without its indentation.
#[derive(Serialize)]
pub struct Span {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    line_start: usize,
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    text: [Text; 1],
    label: Option<String>,
    /// Nothing is suggested, and nothing comes of a macro.
    suggested_replacement: Option<String>,
    suggestion_applicability: Option<String>,
    expansion: Option<String>,
}

#[derive(Serialize)]
struct Text {
    text: String,
    highlight_start: usize,
    highlight_end: usize,
}

impl Span {
    /// The line of this number in the file, or its last one.
    pub fn of_line(name: &str, source: &str, line: usize, label: Option<String>) -> Self {
        let mut before = 0;
        let (mut number, mut text) = (1, "");
        for (at, found) in (1..).zip(source.split_inclusive('\n')) {
            before += text.len();
            (number, text) = (at, found);
            if at == line {
                break;
            }
        }
        let whole = text.trim_end_matches(['\r', '\n']);
        let indentation = &whole[..whole.len() - whole.trim_start().len()];
        let code = whole.trim();
        let byte_start = before + indentation.len();
        let column_start = 1 + indentation.chars().count();
        let column_end = column_start + code.chars().count();
        Span {
            file_name: name.to_owned(),
            byte_start,
            byte_end: byte_start + code.len(),
            line_start: number,
            line_end: number,
            column_start,
            column_end,
            is_primary: true,
            text: [Text {
                text: whole.to_owned(),
                highlight_start: column_start,
                highlight_end: column_end,
            }],
            label,
            suggested_replacement: None,
            suggestion_applicability: None,
            expansion: None,
        }
    }

    /// Where it begins, as `file:line:column`.
    pub fn place(&self) -> String {
        let (name, line, column) = (&self.file_name, self.line_start, self.column_start);
        format!("{name}:{line}:{column}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_what_stands_on_its_line() {
        let source = "// é\r\n\tlet é = load();\n\nlast";
        for (line, text, columns) in [
            (1, "// é", 1..5),
            (2, "let é = load();", 2..17),
            (3, "", 1..1),
            (4, "last", 1..5),
            (9, "last", 1..5),
        ] {
            let span = Span::of_line("a.rs", source, line, None);
            assert_eq!(&source[span.byte_start..span.byte_end], text, "{line}");
            assert_eq!(span.column_start..span.column_end, columns, "{line}");
            assert_eq!(span.line_start, line.min(4));
        }
        let span = Span::of_line("a.rs", "", 1, None);
        assert_eq!((span.place().as_str(), span.byte_end), ("a.rs:1:1", 0));
    }
}
