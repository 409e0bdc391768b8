//! "Whoever ends says so." Both end.

slip! {
    FarewellByBoth,
    caught_by: the_farewell_comes_once_and_last,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Has each thread print the farewell.
struct FarewellByBoth;

impl Duplex for FarewellByBoth {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        thread::scope(|scope| {
            scope.spawn(|| {
                emit(&*keyboard, &*connection);
                screen.print(FAREWELL);
            });
            receive(&*connection, &*screen);
            keyboard.stop();
            connection.close();
            screen.print(FAREWELL);
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
