//! "I collect what arrives, and print it." Whoever types would have liked to read it before.

slip! {
    PrintsAtTheEnd,
    caught_by: neither_waits_for_the_other,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// Collects the texts.
struct PrintsAtTheEnd;

impl Duplex for PrintsAtTheEnd {
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
    let mut texts = Vec::new();
    while let Some(text) = connection.receive() {
        let is_fin = text.eq_ignore_ascii_case(FIN);
        texts.push(text);
        if is_fin {
            break;
        }
    }
    for text in texts {
        screen.print(&format!("*{text}*"));
    }
}
