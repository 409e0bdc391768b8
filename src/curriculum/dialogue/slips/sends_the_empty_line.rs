//! "An empty line is a line." It is sent, and nothing arrives: the other one still waits for this one's
//! turn, and this one for the answer.

slip! {
    SendsTheEmptyLine,
    caught_by: an_empty_line_is_no_text,
    engine: NobodySends,
    loom: NobodySends,
}

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};

/// Sends whatever is typed.
struct SendsTheEmptyLine;

impl Dialogue for SendsTheEmptyLine {
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
            let Some(line) = ask(console) else { break };
            let _ = wire.send(&line);
        }
        wire.close();
    }
}

fn is_fin(text: &str) -> bool {
    text.eq_ignore_ascii_case(FIN)
}

/// The next line.
fn ask(console: &dyn Console) -> Option<String> {
    console.ask()
}
