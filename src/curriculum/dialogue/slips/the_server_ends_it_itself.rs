//! "The server has said `fin`, so it is over." The client has yet to hear that, and it is its turn.

slip! {
    TheServerEndsItItself,
    caught_by: the_server_may_end_it,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// The server ends on what it says.
struct TheServerEndsItItself;

impl Dialogue for TheServerEndsItItself {
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
            if is_fin(&line) {
                break;
            }
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
