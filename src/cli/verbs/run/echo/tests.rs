//! What the form shows and asks for, on a backend without a terminal.

#[cfg(not(loom))]
mod sessions;

use super::draw::draw;
use super::form::{Form, State, Wish};
use super::places::Part;
use super::target::Target;
use crate::cli::services::screen::Input;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::style::Modifier;
use std::fmt::Write;

/// A form, and a terminal without glass.
struct Shown {
    form: Form,
    terminal: Terminal<TestBackend>,
}

impl Shown {
    fn new(width: u16, height: u16) -> Self {
        let terminal = Terminal::new(TestBackend::new(width, height));
        let mut shown = Shown {
            form: Form::new("127.0.0.1", "4567"),
            terminal: terminal.expect("a terminal"),
        };
        shown.draw();
        shown
    }

    /// On a terminal that has shown nothing: what a wide letter has hidden would be left over.
    fn draw(&mut self) {
        let size = self.terminal.size().expect("no trouble");
        let backend = TestBackend::new(size.width, size.height);
        self.terminal = Terminal::new(backend).expect("a terminal");
        let form = &mut self.form;
        let drawn = self.terminal.draw(|frame| draw(frame, form));
        drawn.expect("no trouble");
    }

    /// What stands there now, what of it is set off, and the cursor's column and row.
    fn text(&mut self) -> String {
        self.draw();
        let backend = self.terminal.backend_mut();
        let cursor = backend.get_cursor_position().expect("no trouble");
        let mut text = backend.to_string();
        let buffer = backend.buffer();
        for y in 0..buffer.area.height {
            let cells = (0..buffer.area.width).map(|x| &buffer[(x, y)]);
            let marked = cells.map(|cell| {
                let is_marked = cell.modifier.contains(Modifier::REVERSED);
                if is_marked { cell.symbol() } else { "\0" }
            });
            let marked: String = marked.collect();
            for run in marked.split('\0').filter(|run| !run.is_empty()) {
                writeln!(text, "set off in row {y}: \"{}\"", run.trim_end()).expect("a string");
            }
        }
        text + &format!("cursor at {},{}", cursor.x, cursor.y)
    }

    fn press(&mut self, code: KeyCode) -> Option<Wish> {
        self.press_with(code, KeyModifiers::NONE)
    }

    fn press_with(&mut self, code: KeyCode, modifiers: KeyModifiers) -> Option<Wish> {
        self.form.take(Input::Key(KeyEvent::new(code, modifiers)))
    }

    fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            assert_eq!(self.press(KeyCode::Char(letter)), None);
        }
    }

    /// Clicks on the last letter of this text, wherever it stands.
    fn click(&mut self, text: &str) -> Option<Wish> {
        self.draw();
        let buffer = self.terminal.backend().buffer();
        let (width, height) = (buffer.area.width, buffer.area.height);
        let mut places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let is_there = |&(x, y): &(u16, u16)| {
            let rest: String = (x..width).map(|x| buffer[(x, y)].symbol()).collect();
            rest.starts_with(text)
        };
        let (column, row) = places.find(is_there).expect("it is shown");
        let last = u16::try_from(text.chars().count() - 1).expect("a word");
        let column = column + last;
        self.form.take(Input::Click { column, row })
    }

    fn connect(&mut self) {
        self.form.is_now(State::Connected, None);
    }

    fn hear(&mut self, texts: &[&str]) {
        texts.iter().for_each(|text| self.form.texts.add(text));
    }

    fn rows(&mut self) -> Vec<String> {
        self.draw();
        self.form.texts.rows().map(str::to_owned).collect()
    }
}

fn calls(host: &str, port: u16) -> Option<Wish> {
    let host = host.to_owned();
    Some(Wish::Connect(Ok(Target { host, port })))
}

fn sends(texts: &[&str]) -> Option<Wish> {
    Some(Wish::Send(texts.iter().map(|&it| it.to_owned()).collect()))
}

#[test]
fn the_screen_shows_the_server_the_state_the_texts_and_the_message() {
    for (size, (width, height)) in [("wide", (80, 10)), ("narrow", (20, 6))] {
        let mut shown = Shown::new(width, height);
        insta::assert_snapshot!(format!("start_{size}"), shown.text());
        shown.connect();
        shown.hear(&["echo : bonjour", "echo : ça va ? 😀"]);
        shown.click("Message");
        shown.type_in("déjà vu");
        insta::assert_snapshot!(format!("connected_{size}"), shown.text());
        shown.hear(&["FIN"]);
        shown.form.is_now(State::Ended, None);
        insta::assert_snapshot!(format!("ended_{size}"), shown.text());
        let why = "Connection refused (os error 111)".to_owned();
        shown.form.is_now(State::Failed, Some(why));
        insta::assert_snapshot!(format!("failed_{size}"), shown.text());
    }
}

#[test]
fn each_state_is_told_in_the_words_of_the_original() {
    for (state, told) in [
        (State::Open, "Etat de la connection..."),
        (State::Connected, "Connexion établie"),
        (State::Failed, "La connexion a échoué."),
        (State::Ended, "Connexion terminée."),
    ] {
        let mut form = Form::new("127.0.0.1", "4567");
        form.is_now(state, None);
        assert_eq!(form.state(), told);
        form.notes("pour la raison que voici");
        assert_eq!(form.state(), format!("{told} | pour la raison que voici"));
    }
}

#[test]
fn what_has_the_focus_is_set_off_and_has_the_cursor() {
    let mut shown = Shown::new(80, 6);
    for part in Part::ALL {
        shown.form.focus = part;
        insta::assert_snapshot!(format!("focus_{part:?}").to_lowercase(), shown.text());
    }
}

#[test]
fn keys_move_the_focus_and_act_where_it_is() {
    const NONE: KeyModifiers = KeyModifiers::NONE;
    const CONTROL: KeyModifiers = KeyModifiers::CONTROL;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
    let letter = KeyCode::Char;
    let called = || calls("127.0.0.1", 4567);
    let sent = || sends(&["salut"]);
    use Part::{Address, Connect, Message, Port, Send};
    for (focus, code, modifiers, wish, after) in [
        (Address, KeyCode::Tab, NONE, None, Port),
        (Port, KeyCode::Tab, NONE, None, Connect),
        (Connect, KeyCode::Tab, NONE, None, Message),
        (Message, KeyCode::Tab, NONE, None, Send),
        (Send, KeyCode::Tab, NONE, None, Address),
        (Address, KeyCode::BackTab, SHIFT, None, Send),
        (Message, KeyCode::Tab, SHIFT, None, Connect),
        (Address, KeyCode::Enter, NONE, called(), Address),
        (Port, KeyCode::Enter, NONE, called(), Port),
        (Connect, KeyCode::Enter, NONE, called(), Connect),
        (Connect, letter('j'), CONTROL, called(), Connect),
        (Message, KeyCode::Enter, NONE, sent(), Message),
        (Send, KeyCode::Enter, NONE, sent(), Send),
        (Message, KeyCode::Esc, NONE, Some(Wish::Quit), Message),
        (Address, letter('c'), CONTROL, Some(Wish::Quit), Address),
        (Port, letter('l'), CONTROL, Some(Wish::Redraw), Port),
        // Buttons are not typed in.
        (Connect, letter('x'), NONE, None, Connect),
        (Send, letter(' '), NONE, None, Send),
    ] {
        let mut shown = Shown::new(80, 10);
        shown.form.message.entry.paste("salut");
        shown.connect();
        shown.form.focus = focus;
        let what = format!("{code:?} with {modifiers:?} at {focus:?}");
        assert_eq!(shown.press_with(code, modifiers), wish, "{what}");
        assert_eq!(shown.form.focus, after, "{what}");
        let typed = [&shown.form.address, &shown.form.port, &shown.form.message];
        let typed = typed.map(|field| field.entry.text());
        assert_eq!(typed, ["127.0.0.1", "4567", "salut"], "{what}");
    }
}

#[test]
fn a_click_has_the_focus_and_presses_what_is_a_button() {
    for (width, height) in [(80, 10), (20, 6)] {
        for (text, wish, focus) in [
            ("Adresse", None, Part::Address),
            ("127.0", None, Part::Address),
            ("Port", None, Part::Port),
            ("4567", None, Part::Port),
            ("[Connexion]", calls("127.0.0.1", 4567), Part::Connect),
            ("Message", None, Part::Message),
            ("salut", None, Part::Message),
            ("[Envoyer]", sends(&["salut"]), Part::Send),
            // Neither a field nor a button.
            ("Connexion établie", None, Part::Message),
            ("echo : bonjour", None, Part::Message),
        ] {
            let mut shown = Shown::new(width, height);
            shown.form.message.entry.paste("salut");
            shown.connect();
            shown.hear(&["echo : bonjour"]);
            shown.form.focus = Part::Message;
            assert_eq!(shown.click(text), wish, "{text} of {width} columns");
            assert_eq!(shown.form.focus, focus, "{text} of {width} columns");
        }
    }
}

#[test]
fn what_is_typed_goes_where_the_focus_is() {
    let mut shown = Shown::new(80, 10);
    for (part, text) in [
        (Part::Address, "localhost"),
        (Part::Port, "80"),
        (Part::Message, "ça va ?"),
    ] {
        shown.form.focus = part;
        shown.press_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
        shown.type_in(text);
    }
    assert_eq!(shown.click("[Connexion]"), calls("localhost", 80));
    // A field has one line, however it was pasted; a button none.
    shown.form.focus = Part::Address;
    shown
        .form
        .take(Input::Paste(".\r\nlocaldomain\n".to_owned()));
    shown.form.focus = Part::Connect;
    shown.form.take(Input::Paste("\n".to_owned()));
    let wish = shown.press(KeyCode::Enter);
    assert_eq!(wish, calls("localhost.localdomain", 80));
}

#[test]
fn lines_that_are_pasted_are_sent_one_by_one() {
    let mut shown = Shown::new(80, 10);
    shown.connect();
    shown.form.focus = Part::Message;
    shown
        .form
        .take(Input::Paste("un\rdeux\r\rtrois".to_owned()));
    assert_eq!(shown.press(KeyCode::Enter), sends(&["un", "deux", "trois"]));
    // There was no room for the last one.
    shown.form.sent(2);
    assert_eq!(shown.press(KeyCode::Enter), sends(&["trois"]));
    shown.form.sent(1);
    assert_eq!(shown.press(KeyCode::Enter), None);
    // The list is of what is received.
    assert_eq!(shown.rows(), [""; 0]);
}

#[test]
fn without_a_connection_nothing_is_sent_and_nothing_is_lost() {
    for state in [State::Open, State::Failed, State::Ended] {
        let mut shown = Shown::new(80, 10);
        shown.form.is_now(state, None);
        shown.form.focus = Part::Message;
        shown.type_in("salut");
        for part in [Part::Message, Part::Send] {
            shown.form.focus = part;
            assert_eq!(shown.press(KeyCode::Enter), None);
            let told = format!("{state} | pas de connexion, rien n'est envoyé");
            assert_eq!(shown.form.state(), told);
        }
        shown.connect();
        assert_eq!(shown.press(KeyCode::Enter), sends(&["salut"]));
    }
}

#[test]
fn texts_scroll_by_keys_and_by_the_wheel_wherever_the_focus_is() {
    for focus in Part::ALL {
        let mut shown = Shown::new(80, 10);
        for number in 1..=20 {
            shown.hear(&[&number.to_string()]);
        }
        shown.form.focus = focus;
        assert_eq!(shown.rows(), ["15", "16", "17", "18", "19", "20"]);
        for (input, first) in [
            (Input::Wheel(3), "12"),
            (Input::Wheel(-1), "13"),
            (Input::Key(KeyCode::Up.into()), "12"),
            (Input::Key(KeyCode::PageUp.into()), "7"),
            (Input::Key(KeyCode::Down.into()), "8"),
            (Input::Key(KeyCode::PageDown.into()), "13"),
            (Input::Wheel(100), "1"),
            (Input::Wheel(-100), "15"),
        ] {
            assert_eq!(shown.form.take(input.clone()), None);
            assert_eq!(shown.rows()[0], first, "{input:?} at {focus:?}");
        }
    }
    let mut shown = Shown::new(80, 10);
    for number in 1..=20 {
        shown.hear(&[&number.to_string()]);
    }
    shown.form.take(Input::Wheel(3));
    insta::assert_snapshot!("scrolled", shown.text());
}

#[test]
fn whatever_room_there_is_nothing_goes_wrong() {
    for width in [0, 1, 2, 5, 11, 20, 59, 60, 61, 200] {
        for height in 0..12 {
            let mut shown = Shown::new(width, height);
            shown.hear(&["日本語日本語", "deux\x1b[2Jcommandes\u{9b}2J"]);
            for part in Part::ALL {
                shown.form.focus = part;
                shown.draw();
                let cells = shown.terminal.backend().buffer().content();
                let commands = cells
                    .iter()
                    .any(|cell| cell.symbol().contains(char::is_control));
                assert!(!commands, "{width} × {height}");
            }
        }
    }
}
