//! "One thread sends what is typed, one shows what arrives, as in a chat." There nobody has a turn; here
//! the client must not speak before it has heard.

slip! {
    TwoThreads,
    caught_by: fin_is_answered_with_fin,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};
use kata::sync::thread;

/// The client types while it listens.
struct TwoThreads;

impl Dialogue for TwoThreads {
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
        thread::scope(|scope| {
            scope.spawn(|| {
                while let Some(line) = ask(console) {
                    if wire.send(&line).is_err() || is_fin(&line) {
                        break;
                    }
                }
            });
            while let Some(text) = wire.receive() {
                if is_fin(&text) {
                    break;
                }
                console.show(&text);
            }
        });
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
