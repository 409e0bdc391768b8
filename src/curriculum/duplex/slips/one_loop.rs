//! "A line, an answer, a line." Whoever types has to wait for an answer, and to be answered one has to
//! type.

slip! {
    OneLoop,
    caught_by: what_is_typed_is_sent,
    engine: NobodySends,
    loom: NobodySends,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use std::sync::Arc;

/// Sends and receives in turn.
struct OneLoop;

impl Duplex for OneLoop {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        while let Some(line) = keyboard.line() {
            if connection.send(&line).is_err() {
                break;
            }
            let Some(text) = connection.receive() else {
                break;
            };
            screen.print(&format!("*{text}*"));
            if text.eq_ignore_ascii_case(FIN) {
                break;
            }
        }
        connection.finish();
        connection.close();
        screen.print(FAREWELL);
    }
}
