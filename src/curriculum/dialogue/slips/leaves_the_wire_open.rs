//! "Nobody types any more, so I am done." The other one does not know, and waits.

slip! {
    LeavesTheWireOpen,
    caught_by: a_client_without_a_line_ends_it,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// The client returns from the middle of its loop.
struct LeavesTheWireOpen;

impl Dialogue for LeavesTheWireOpen {
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
        let _ = wire.send(FIN);
        wire.close();
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        while let Some(text) = wire.receive() {
            if is_fin(&text) {
                break;
            }
            console.show(&text);
            let Some(line) = ask(console) else { return };
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
