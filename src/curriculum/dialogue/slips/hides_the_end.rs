//! "`fin` is for me, and not for the screen." The server is to show it, as all that it hears.

slip! {
    HidesTheEnd,
    caught_by: fin_is_answered_with_fin,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// The server ends before it shows what has ended it.
struct HidesTheEnd;

impl Dialogue for HidesTheEnd {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        let _ = wire.send(WELCOME);
        while let Some(text) = wire.receive() {
            if is_fin(&text) {
                break;
            }
            console.show(&text);
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
