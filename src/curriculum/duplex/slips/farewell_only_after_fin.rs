//! "The conversation ends with `fin`." Or with the end of the connection, and that needs a farewell, too.

slip! {
    FarewellOnlyAfterFin,
    caught_by: the_farewell_comes_once_and_last,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Prints the farewell after `fin` only.
struct FarewellOnlyAfterFin;

impl Duplex for FarewellOnlyAfterFin {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let is_fin = thread::scope(|scope| {
            scope.spawn(|| emit(&*keyboard, &*connection));
            let is_fin = receive(&*connection, &*screen);
            keyboard.stop();
            connection.close();
            is_fin
        });
        if is_fin {
            screen.print(FAREWELL);
        }
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
