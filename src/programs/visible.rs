//! Text of others that is safe to print.

use std::borrow::Cow;

/// The text with pictures in the place of control characters: nobody else's text commands the
/// terminal, or ends a line.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        text.chars().map(picture).collect::<String>().into()
    } else {
        text.into()
    }
}

fn picture(letter: char) -> char {
    match letter {
        '\0'..'\x20' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_all_else_stays() {
        assert_eq!(visible("Émile N'Guessan 😀"), "Émile N'Guessan 😀");
        assert_eq!(
            visible("\x1b[2J\r\n\0\t\x7f\u{9b}6n"),
            "␛[2J␍␊␀␉␡\u{fffd}6n"
        );
    }
}
