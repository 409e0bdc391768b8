//! "The server has closed the connection already." Its half of it.

slip! {
    ClosesOnlyAfterFin,
    caught_by: the_connection_is_closed_once,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Closes after `fin` only.
struct ClosesOnlyAfterFin;

impl Duplex for ClosesOnlyAfterFin {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        thread::scope(|scope| {
            scope.spawn(|| emit(&*keyboard, &*connection));
            if receive(&*connection, &*screen) {
                connection.close();
            }
            keyboard.stop();
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

/// Prints what arrives; true if that was `fin` in the end.
fn receive(connection: &dyn Connection, screen: &dyn Screen) -> bool {
    while let Some(text) = connection.receive() {
        screen.print(&format!("*{text}*"));
        if text.eq_ignore_ascii_case(FIN) {
            return true;
        }
    }
    false
}
