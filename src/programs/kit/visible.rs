//! What addresses and the text of others look like on a screen. What that text can do to it: nothing.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::net::SocketAddr;

/// The text, with what would command a terminal made visible.
///
/// Somebody's text may contain what clears a screen, overwrites a name, or makes a terminal answer as
/// if somebody typed. So for each control character there stands its picture, such as `␛`; for each
/// other character that breaks lines or turns their direction its number, such as `<U+202E>`.
/// The chat's server does this to all that arrives, which protects clients of any kind, and our clients
/// do it again, whatever server they talk to.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '\0'..='\x1f' => shown.push(picture(u32::from(letter))),
            '\x7f' => shown.push('␡'),
            _ if is_harmless(letter) => shown.push(letter),
            _ => drop(write!(shown, "<U+{:04X}>", u32::from(letter))),
        }
    }
    Cow::Owned(shown)
}

/// Those of U+0000 to U+001F stand in a row.
fn picture(control: u32) -> char {
    char::from_u32(0x2400 + control).expect("a picture for each of them")
}

fn is_harmless(letter: char) -> bool {
    let breaks_lines = matches!(letter, '\u{2028}' | '\u{2029}');
    let turns = matches!(letter,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !letter.is_control() && !breaks_lines && !turns
}

/// An address as the original servers show it: `('127.0.0.1', 60532)`.
#[derive(Clone, Copy)]
pub(crate) struct Address(pub(crate) SocketAddr);

impl fmt::Display for Address {
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
    use proptest::prelude::*;

    #[test]
    fn what_commands_a_terminal_is_shown_instead() {
        for (text, shown) in [
            ("ça va ? 😀 日本語", "ça va ? 😀 日本語"),
            ("\x1b[2J\x1b[H", "␛[2J␛[H"),
            ("x\rThread-1> je pars", "x␍Thread-1> je pars"),
            ("salut\nThread-1> non", "salut␊Thread-1> non"),
            ("a\tb\0\x07\x08\x7f", "a␉b␀␇␈␡"),
            ("\u{9b}2J\u{90}", "<U+009B>2J<U+0090>"),
            ("\u{202e}nif\u{2028}\u{2066}", "<U+202E>nif<U+2028><U+2066>"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn nothing_is_left_that_commands_and_nothing_else_is_changed(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert!(shown.chars().all(is_harmless));
            prop_assert_eq!(visible(&shown), &*shown);
            prop_assert_eq!(shown == text, text.chars().all(is_harmless));
        }
    }
}
