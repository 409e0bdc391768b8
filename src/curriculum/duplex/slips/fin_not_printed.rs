//! "`fin` is for the client, and not for who reads." It is a text like the others.

slip! {
    FinNotPrinted,
    caught_by: what_arrives_is_printed,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Does not print the `fin`.
struct FinNotPrinted;

impl Duplex for FinNotPrinted {
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
    while let Some(text) = connection.receive() {
        if text.eq_ignore_ascii_case(FIN) {
            return;
        }
        screen.print(&format!("*{text}*"));
    }
}
