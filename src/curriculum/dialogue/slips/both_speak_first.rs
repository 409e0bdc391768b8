//! "Who calls says who it is." The server does so at the same time, and both answer what the other one
//! has not asked.

slip! {
    BothSpeakFirst,
    caught_by: fin_is_answered_with_fin,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// The client does not wait to be greeted.
struct BothSpeakFirst;

impl Dialogue for BothSpeakFirst {
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
        while let Some(line) = ask(console) {
            let _ = wire.send(&line);
            let Some(text) = wire.receive() else { break };
            if is_fin(&text) {
                break;
            }
            console.show(&text);
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
