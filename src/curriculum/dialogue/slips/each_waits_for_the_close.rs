//! "Who closes first may cut off what the other one says, so I wait until it has closed." Each of them
//! waits for the other.

slip! {
    EachWaitsForTheClose,
    caught_by: fin_is_answered_with_fin,
    engine: QueueNeverEnds,
    loom: QueueNeverEnds,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// Nobody closes first.
struct EachWaitsForTheClose;

impl Dialogue for EachWaitsForTheClose {
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
        until_closed(wire);
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
        until_closed(wire);
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

/// Waits until the other one has closed the wire.
fn until_closed(wire: &dyn Wire) {
    while wire.receive().is_some() {}
}
