//! "Sometimes a read brings nothing: then I read again." That nothing came is the end, and it stays so.

slip! {
    SpinsOnTheEnd,
    caught_by: the_server_may_end_it,
    engine: SpinsForEver,
    loom: SpinsForEver,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// Waits for a text on a wire that is closed.
struct SpinsOnTheEnd;

impl Dialogue for SpinsOnTheEnd {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        let _ = wire.send(WELCOME);
        loop {
            let text = heard(wire);
            console.show(&text);
            if is_fin(&text) {
                break;
            }
            let Some(line) = ask(console) else { break };
            let _ = wire.send(&line);
        }
        let _ = wire.send(FIN);
        wire.close();
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        loop {
            let text = heard(wire);
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

/// What the other one says.
fn heard(wire: &dyn Wire) -> String {
    loop {
        if let Some(text) = wire.receive() {
            return text;
        }
    }
}
