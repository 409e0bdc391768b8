//! The reference solution of `dialogue`: each party says one text and listens to one, until the end.

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// What is checked.
pub type Solution = Turns;

/// Two loops that fit each other: one begins with speaking, one with listening.
#[derive(Debug)]
pub struct Turns;

impl Dialogue for Turns {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        let mut line = Some(WELCOME.to_owned());
        while let Some(text) = line {
            // Whether somebody hears it is seen by what comes back.
            let _ = wire.send(&text);
            let heard = wire.receive();
            console.show(heard.as_deref().unwrap_or_default());
            line = heard
                .filter(|text| !is_fin(text))
                .and_then(|_| typed(console));
        }
        let _ = wire.send(FIN);
        wire.close();
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        while let Some(text) = wire.receive().filter(|text| !is_fin(text)) {
            console.show(&text);
            let Some(line) = typed(console) else { break };
            let _ = wire.send(&line);
        }
        wire.close();
    }
}

fn is_fin(text: &str) -> bool {
    text.eq_ignore_ascii_case(FIN)
}

/// The next line that is not empty.
fn typed(console: &dyn Console) -> Option<String> {
    loop {
        let line = console.ask()?;
        if !line.is_empty() {
            return Some(line);
        }
    }
}
