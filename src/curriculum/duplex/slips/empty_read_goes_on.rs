//! "Nothing has come, so I read again." It is the end, and stays so.

slip! {
    EmptyReadGoesOn,
    caught_by: what_is_typed_is_sent,
    engine: SpinsForEver,
    loom: SpinsForEver,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Reads until it hears `fin`.
struct EmptyReadGoesOn;

impl Duplex for EmptyReadGoesOn {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        thread::scope(|scope| {
            scope.spawn(|| emit(&*keyboard, &*connection));
            receive(&*connection, &*screen);
            keyboard.stop();
            connection.close();
        });
        screen.print(FAREWELL);
    }
}

/// Sends what is typed.
fn emit(keyboard: &dyn Keyboard, connection: &dyn Connection) {
    while let Some(line) = keyboard.line() {
        if connection.send(&line).is_err() {
            return;
        }
    }
    connection.finish();
}

/// Prints what arrives.
fn receive(connection: &dyn Connection, screen: &dyn Screen) {
    loop {
        if let Some(text) = connection.receive() {
            screen.print(&format!("*{text}*"));
            if text.eq_ignore_ascii_case(FIN) {
                return;
            }
        }
    }
}
