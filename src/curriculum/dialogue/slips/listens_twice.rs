//! "As long as it is not the end, I show what I hear." Each time it listens is another turn: the text
//! that was compared is lost, and the one to be shown does not come.

slip! {
    ListensTwice,
    caught_by: fin_is_answered_with_fin,
    engine: NobodySends,
    loom: NobodySends,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// The client listens in the condition, and once more in the loop.
struct ListensTwice;

impl Dialogue for ListensTwice {
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
        while !is_fin(&heard(wire)) {
            console.show(&heard(wire));
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

/// What the other one says; nothing at the end.
fn heard(wire: &dyn Wire) -> String {
    wire.receive().unwrap_or_default()
}
