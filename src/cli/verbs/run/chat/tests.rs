//! What the screen shows, on a backend without a terminal.

use super::conversation::{ConnectionState, Conversation, Wish};
use super::draw::draw;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};

/// A conversation, and a terminal without glass.
struct Shown {
    conversation: Conversation,
    terminal: Terminal<TestBackend>,
}

impl Shown {
    fn new(width: u16, height: u16) -> Self {
        let terminal = Terminal::new(TestBackend::new(width, height));
        let mut shown = Shown {
            conversation: Conversation::new("127.0.0.1:46000"),
            terminal: terminal.expect("a terminal"),
        };
        shown.draw();
        shown
    }

    fn draw(&mut self) {
        let conversation = &mut self.conversation;
        let drawn = self.terminal.draw(|frame| draw(frame, conversation));
        drawn.expect("no trouble");
    }

    /// What stands there now, with the cursor's column and row.
    fn text(&mut self) -> String {
        self.draw();
        let backend = self.terminal.backend_mut();
        let cursor = backend.get_cursor_position().expect("no trouble");
        format!("{backend}cursor at {},{}", cursor.x, cursor.y)
    }

    fn press(&mut self, code: KeyCode) -> Option<Wish> {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        self.conversation.press(key)
    }

    fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            assert_eq!(self.press(KeyCode::Char(letter)), None);
        }
    }

    fn hear(&mut self, messages: &[&str]) {
        messages
            .iter()
            .for_each(|message| self.conversation.messages.add(message));
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
    }

    /// The list alone, once it has been fitted to the terminal.
    fn rows(&mut self) -> Vec<String> {
        self.draw();
        self.conversation
            .messages
            .rows()
            .map(str::to_owned)
            .collect()
    }
}

fn twenty() -> Shown {
    let mut shown = Shown::new(60, 8);
    for number in 1..=20 {
        shown.hear(&[&format!("Thread-2> message {number}")]);
    }
    shown
}

#[test]
fn the_screen_shows_the_server_the_messages_and_the_entry() {
    let mut shown = Shown::new(60, 8);
    insta::assert_snapshot!("empty", shown.text());
    shown.hear(&[
        "Vous êtes connecté. Envoyez vos messages.",
        "Thread-2> salut",
    ]);
    shown.type_in("ça va ? 😀");
    insta::assert_snapshot!("typing", shown.text());
    let wish = shown.press(KeyCode::Enter);
    assert_eq!(wish, Some(Wish::Send(vec!["ça va ? 😀".to_owned()])));
    shown.conversation.sent(1);
    shown.conversation.state = ConnectionState::Busy;
    insta::assert_snapshot!("sent", shown.text());
}

#[test]
fn who_scrolls_back_stays_there_while_messages_arrive() {
    let mut shown = twenty();
    shown.press(KeyCode::PageUp);
    shown.press(KeyCode::Up);
    insta::assert_snapshot!("scrolled", shown.text());
    let before = shown.rows();
    shown.hear(&["Thread-3> et moi", "Thread-3> et encore moi"]);
    assert_eq!(shown.rows(), before);
    for _ in 0..9 {
        shown.press(KeyCode::PageUp);
    }
    assert_eq!(shown.rows()[0], "Thread-2> message 1");
    for _ in 0..9 {
        shown.press(KeyCode::PageDown);
    }
    assert_eq!(shown.rows().last().unwrap(), "Thread-3> et encore moi");
}

#[test]
fn long_messages_are_cut_to_the_width_whatever_it_becomes() {
    let mut shown = Shown::new(60, 10);
    shown.hear(&[
        "Thread-2> des caractères larges : 日本語日本語日本語日本語日本語",
        "Thread-2> deux\nlignes,\tet une commande : \x1b[2J",
    ]);
    insta::assert_snapshot!("wide", shown.text());
    shown.resize(24, 10);
    insta::assert_snapshot!("narrow", shown.text());
    // Whatever there is room for: nothing goes wrong.
    for width in [0, 1, 2, 5] {
        for height in 0..6 {
            shown.resize(width, height);
            shown.draw();
        }
    }
}

#[test]
fn what_stood_at_the_end_stays_there_when_the_terminal_is_resized() {
    let mut shown = twenty();
    shown.press(KeyCode::PageUp);
    let last = shown.rows().pop();
    shown.resize(15, 12);
    let rows = shown.rows();
    assert!(last.unwrap().ends_with(rows.last().unwrap().as_str()));
}

#[test]
fn the_entry_can_be_corrected_anywhere() {
    let mut shown = Shown::new(60, 8);
    shown.type_in("slut!?");
    for code in [
        KeyCode::Backspace,
        KeyCode::Home,
        KeyCode::Right,
        KeyCode::Char('a'),
        KeyCode::End,
        KeyCode::Left,
        KeyCode::Delete,
    ] {
        assert_eq!(shown.press(code), None);
    }
    let wish = shown.press(KeyCode::Enter);
    assert_eq!(wish, Some(Wish::Send(vec!["salut".to_owned()])));
}

#[test]
fn lines_that_are_pasted_are_sent_one_by_one() {
    let mut shown = Shown::new(60, 8);
    shown.conversation.line.entry.paste("un\rdeux\r\rtrois");
    let Some(Wish::Send(lines)) = shown.press(KeyCode::Enter) else {
        panic!("nothing to send");
    };
    assert_eq!(lines, ["un", "deux", "trois"]);
    // There was no room for the last one.
    shown.conversation.sent(2);
    assert_eq!(shown.rows(), ["> un", "> deux"]);
    let wish = shown.press(KeyCode::Enter);
    assert_eq!(wish, Some(Wish::Send(vec!["trois".to_owned()])));
}

#[test]
fn a_key_of_the_line_editor_does_not_quit_while_there_is_a_line() {
    let mut shown = Shown::new(60, 8);
    shown.type_in("salut");
    for (letter, wish) in [('a', None), ('d', None), ('l', Some(Wish::Redraw))] {
        let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
        assert_eq!(shown.conversation.press(key), wish);
    }
    let wish = shown.press(KeyCode::Enter);
    assert_eq!(wish, Some(Wish::Send(vec!["alut".to_owned()])));
}

#[test]
fn an_entry_longer_than_the_line_shows_where_the_cursor_is() {
    let mut shown = Shown::new(20, 4);
    shown.type_in("un message plus long que la ligne");
    insta::assert_snapshot!("long_entry", shown.text());
}

#[test]
fn an_empty_entry_is_not_sent() {
    let mut shown = Shown::new(60, 8);
    assert_eq!(shown.press(KeyCode::Enter), None);
}

#[test]
fn escape_and_the_keys_of_the_terminal_quit() {
    let mut shown = Shown::new(60, 8);
    assert_eq!(shown.press(KeyCode::Esc), Some(Wish::Quit));
    for letter in ['c', 'd'] {
        let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
        assert_eq!(shown.conversation.press(key), Some(Wish::Quit));
    }
}

#[test]
fn only_the_latest_thousand_messages_are_kept() {
    let mut shown = Shown::new(60, 8);
    for number in 1..=1500 {
        shown.hear(&[&number.to_string()]);
    }
    assert_eq!(shown.conversation.messages.count(), 1500);
    for _ in 0..400 {
        shown.press(KeyCode::PageUp);
    }
    assert_eq!(shown.rows()[0], "501");
}
