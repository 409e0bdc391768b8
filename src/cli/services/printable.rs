//! Texts of others as a terminal can show them.

/// The text with its control characters written out: it could move the cursor, or hide what is there.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn control_characters_are_written_out_and_nothing_else_is() {
        let text = "a\u{1b}[2J\r\n\u{9b}é日";
        assert_eq!(printable(text), "a\\u{1b}[2J\\r\\n\\u{9b}é日");
    }
}
