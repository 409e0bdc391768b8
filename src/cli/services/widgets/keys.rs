//! What keys mean wherever they are pressed.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// To leave.
    Quit,
    /// Everything again: something else has written on the screen.
    Redraw,
    /// To do what is to be done here.
    Act,
    /// The next thing to type in or to press.
    Next,
    /// The one before.
    Previous,
    /// Nothing that means the same everywhere.
    Other,
}

/// What this key asks for.
pub fn meaning(key: KeyEvent) -> Meaning {
    let with = |modifier| key.modifiers.contains(modifier);
    match key.code {
        KeyCode::Esc => Meaning::Quit,
        KeyCode::Char('c') if with(KeyModifiers::CONTROL) => Meaning::Quit,
        KeyCode::Char('l') if with(KeyModifiers::CONTROL) => Meaning::Redraw,
        // The end of a line, as some terminals send it.
        KeyCode::Char('j') if with(KeyModifiers::CONTROL) => Meaning::Act,
        KeyCode::Enter => Meaning::Act,
        KeyCode::BackTab => Meaning::Previous,
        KeyCode::Tab if with(KeyModifiers::SHIFT) => Meaning::Previous,
        KeyCode::Tab => Meaning::Next,
        _ => Meaning::Other,
    }
}
