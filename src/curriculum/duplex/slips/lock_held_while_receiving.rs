//! "Two threads use the connection, so it needs a lock." Whoever receives waits with it, and nobody sends.

slip! {
    LockHeldWhileReceiving,
    caught_by: what_is_typed_is_sent,
    engine: WaitsHoldingLock,
    loom: WaitsHoldingLock,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::{Mutex, thread};
use std::sync::Arc;

/// Lets one thread use the connection at a time.
struct LockHeldWhileReceiving;

impl Duplex for LockHeldWhileReceiving {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let connection = Mutex::new(connection);
        thread::scope(|scope| {
            scope.spawn(|| emit(&*keyboard, &connection));
            receive(&connection, &*screen);
            keyboard.stop();
            connection.lock().close();
        });
        screen.print(FAREWELL);
    }
}

/// Sends what is typed.
fn emit(keyboard: &dyn Keyboard, connection: &Mutex<Arc<dyn Connection>>) {
    while let Some(line) = keyboard.line() {
        if connection.lock().send(&line).is_err() {
            return;
        }
    }
    connection.lock().finish();
}

/// Prints what arrives.
fn receive(connection: &Mutex<Arc<dyn Connection>>, screen: &dyn Screen) {
    loop {
        let Some(text) = connection.lock().receive() else {
            return;
        };
        screen.print(&format!("*{text}*"));
        if text.eq_ignore_ascii_case(FIN) {
            return;
        }
    }
}
