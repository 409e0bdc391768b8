//! One loop for both parties, which are told apart by what they begin with, show last and end with.

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// What is checked.
pub type Solution = OneLoop;

/// In what the parties differ.
pub struct OneLoop {
    /// What it says first, if it does.
    opening: Option<&'static str>,
    /// What it says last, if it does.
    farewell: Option<&'static str>,
    /// The end is shown.
    shows_the_end: bool,
}

const SERVER: OneLoop = OneLoop {
    opening: Some(WELCOME),
    farewell: Some(FIN),
    shows_the_end: true,
};

const CLIENT: OneLoop = OneLoop {
    opening: None,
    farewell: None,
    shows_the_end: false,
};

impl Dialogue for OneLoop {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        SERVER.talk(wire, console);
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        CLIENT.talk(wire, console);
    }
}

impl OneLoop {
    fn talk(&self, wire: &dyn Wire, console: &dyn Console) {
        let say = |text: &str| {
            // Whether somebody hears it is seen by what comes back.
            let _ = wire.send(text);
        };
        self.opening.into_iter().for_each(say);
        loop {
            // A closed wire says nothing, and no text is empty.
            let text = wire.receive().unwrap_or_default();
            let is_the_end = text.is_empty() || text.to_lowercase() == FIN;
            if !is_the_end || self.shows_the_end {
                console.show(&text);
            }
            if is_the_end {
                break;
            }
            match ask(console) {
                Some(line) => say(&line),
                None => break,
            }
        }
        self.farewell.into_iter().for_each(say);
        wire.close();
    }
}

fn ask(console: &dyn Console) -> Option<String> {
    std::iter::from_fn(|| console.ask()).find(|line| !line.is_empty())
}
