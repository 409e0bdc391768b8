//! A machine of steps: what a party does next is a value, and each step makes the one that follows.

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// What is checked.
pub type Solution = Steps;

/// What a party does next.
pub enum Steps {
    Say(String),
    Listen,
    Ask,
    /// The last step.
    Leave,
}

impl Dialogue for Steps {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        let mut step = Steps::Say(WELCOME.to_owned());
        loop {
            step = match step {
                Steps::Listen => {
                    let text = wire.receive();
                    console.show(text.as_deref().unwrap_or(""));
                    after(text.as_deref())
                }
                Steps::Leave => break,
                step => step.speak(wire, console),
            };
        }
        // The client may have gone.
        let _ = wire.send(FIN);
        wire.close();
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        let mut step = Steps::Listen;
        loop {
            step = match step {
                Steps::Listen => {
                    let text = wire.receive();
                    let step = after(text.as_deref());
                    if let (Steps::Ask, Some(text)) = (&step, text) {
                        console.show(&text);
                    }
                    step
                }
                Steps::Leave => break,
                step => step.speak(wire, console),
            };
        }
        wire.close();
    }
}

/// What follows what has been heard.
fn after(heard: Option<&str>) -> Steps {
    match heard {
        Some(text) if !text.eq_ignore_ascii_case(FIN) => Steps::Ask,
        _ => Steps::Leave,
    }
}

impl Steps {
    /// The steps that are the same for both.
    fn speak(self, wire: &dyn Wire, console: &dyn Console) -> Steps {
        match self {
            Steps::Say(text) => match wire.send(&text) {
                // If it has failed, the end is what will be heard.
                Ok(()) | Err(_) => Steps::Listen,
            },
            Steps::Ask => match console.ask() {
                Some(line) if line.is_empty() => Steps::Ask,
                Some(line) => Steps::Say(line),
                None => Steps::Leave,
            },
            step => step,
        }
    }
}
