//! "It has just spoken, so it is there." It was.

slip! {
    ExpectsSomebody,
    caught_by: who_has_left_is_noticed,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// Panics if nobody hears it.
struct ExpectsSomebody;

impl Dialogue for ExpectsSomebody {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        wire.send(WELCOME).expect("somebody who listens");
        loop {
            let heard = wire.receive();
            console.show(heard.as_deref().unwrap_or_default());
            if heard.is_none_or(|text| is_fin(&text)) {
                break;
            }
            let Some(line) = ask(console) else { break };
            wire.send(&line).expect("somebody who listens");
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
            let Some(line) = ask(console) else { break };
            wire.send(&line).expect("somebody who listens");
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
