//! "The server has ended it: I say so, and then I tell the other thread." It still waits for a line.

slip! {
    FarewellBeforeTheEnd,
    caught_by: the_farewell_comes_once_and_last,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Prints the farewell before the other thread has ended.
struct FarewellBeforeTheEnd;

impl Duplex for FarewellBeforeTheEnd {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        thread::scope(|scope| {
            scope.spawn(|| emit(&*keyboard, &*connection));
            receive(&*connection, &*screen);
            screen.print(FAREWELL);
            keyboard.stop();
            connection.close();
        });
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
        screen.print(&format!("*{text}*"));
        if text.eq_ignore_ascii_case(FIN) {
            return;
        }
    }
}
