//! "The client has said `fin`, so it knows." It waits for the answer, as after each text.

slip! {
    NoLastWord,
    caught_by: fin_is_answered_with_fin,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// The server closes the wire without a word.
struct NoLastWord;

impl Dialogue for NoLastWord {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        let _ = wire.send(WELCOME);
        loop {
            let heard = wire.receive();
            console.show(heard.as_deref().unwrap_or_default());
            if heard.is_none_or(|text| is_fin(&text)) {
                break;
            }
            let Some(line) = ask(console) else { break };
            let _ = wire.send(&line);
        }
        wire.close();
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        while let Some(text) = wire.receive() {
            if is_fin(&text) {
                break;
            }
            console.show(&text);
            let Some(line) = ask(console) else { break };
            let _ = wire.send(&line);
        }
        wire.close();
    }
}

fn is_fin(text: &str) -> bool {
    text.eq_ignore_ascii_case(FIN)
}

/// The next line that is not empty.
fn ask(console: &dyn Console) -> Option<String> {
    loop {
        let line = console.ask()?;
        if !line.is_empty() {
            return Some(line);
        }
    }
}
