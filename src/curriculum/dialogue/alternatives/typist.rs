//! A thread at the keyboard, which asks for a line each time that it is told to, and hands it over.

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};
use kata::sync::{channel, thread};

/// What is checked.
pub type Solution = Typist;

/// Keeps the wire and the keyboard apart.
pub struct Typist;

impl Dialogue for Typist {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        at_a_keyboard(console, |next_line| {
            let mut says = Some(WELCOME.to_owned());
            while let Some(text) = says.take() {
                let _ = wire.send(&text);
                match wire.receive() {
                    None => console.show(""),
                    Some(text) => {
                        console.show(&text);
                        if !text.eq_ignore_ascii_case(FIN) {
                            says = next_line();
                        }
                    }
                }
            }
        });
        let _ = wire.send(FIN);
        wire.close();
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        at_a_keyboard(console, |next_line| {
            while let Some(text) = wire.receive() {
                if text.eq_ignore_ascii_case(FIN) {
                    return;
                }
                console.show(&text);
                let Some(line) = next_line() else { return };
                let _ = wire.send(&line);
            }
        });
        wire.close();
    }
}

/// Talks, with somebody at the keyboard who is asked for one line at a time.
fn at_a_keyboard(console: &dyn Console, talk: impl FnOnce(&dyn Fn() -> Option<String>)) {
    let (ask, asked) = channel::bounded(1);
    let (type_in, typed) = channel::bounded(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            // Ends when nobody can ask any more.
            while asked.recv().is_ok() {
                let mut line = console.ask();
                while line.as_deref() == Some("") {
                    line = console.ask();
                }
                if type_in.send(line).is_err() {
                    return;
                }
            }
        });
        talk(&|| {
            ask.send(()).ok()?;
            typed.recv().ok()?
        });
        drop(ask);
    });
}
