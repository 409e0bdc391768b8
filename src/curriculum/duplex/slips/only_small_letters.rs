//! "The server says `fin`." Another one says `FIN`, and waits for us to close the connection.

slip! {
    OnlySmallLetters,
    caught_by: any_fin_ends_it_and_nothing_else,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Knows `fin` in small letters only.
struct OnlySmallLetters;

impl Duplex for OnlySmallLetters {
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
        screen.print(&format!("*{text}*"));
        if text == FIN {
            return;
        }
    }
}
