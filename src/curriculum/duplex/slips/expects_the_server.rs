//! "Sending works." Not when the server has closed the connection, and a panic says nothing of what it said.

slip! {
    ExpectsTheServer,
    caught_by: the_servers_end_ends_both,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Takes it for granted that a line can be sent.
struct ExpectsTheServer;

impl Duplex for ExpectsTheServer {
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
        connection.send(&line).expect("a server");
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
