//! How many columns a text takes on a terminal: a wide character takes two, a combining one none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns the text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// As much of the text's beginning as fits into so many columns.
pub fn head(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let mut ends = text.char_indices().filter_map(|(at, c)| {
        used += c.width().unwrap_or(0);
        (used > columns).then_some(at)
    });
    ends.next().map_or(text, |end| &text[..end])
}

/// The text with spaces after it, up to so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{:missing$}", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_a_terminal_has_them() {
        for (text, columns) in [("abc", 3), ("作家", 4), ("Zoe\u{301}", 3), ("→ ✗", 3)] {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn a_beginning_has_whole_characters_with_what_combines_with_them() {
        assert_eq!(head("作家", 3), "作");
        assert_eq!(head("e\u{301}a", 1), "e\u{301}");
        assert_eq!(head("abc", 0), "");
        assert_eq!(head("abc", 3), "abc");
    }

    #[test]
    fn what_is_padded_ends_in_the_same_column() {
        assert_eq!(padded("作", 4), "作  ");
        assert_eq!(padded("e\u{301}", 2), "e\u{301} ");
        assert_eq!(padded("abc", 2), "abc");
    }
}
