//! "If it is not closed yet, I close it." Both look before one of them says that it does.

slip! {
    LooksThenCloses,
    caught_by: the_connection_is_closed_once,
    engine: CheckThenAct,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::sync::Arc;

/// Lets each thread close it at its end.
struct LooksThenCloses;

impl Duplex for LooksThenCloses {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let (is_over, is_closed) = (AtomicBool::new(false), AtomicBool::new(false));
        let close = || {
            if !is_closed.load(SeqCst) {
                is_closed.store(true, SeqCst);
                connection.close();
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| {
                emit(&*keyboard, &*connection);
                if is_over.load(SeqCst) {
                    close();
                }
            });
            receive(&*connection, &*screen);
            is_over.store(true, SeqCst);
            keyboard.stop();
            close();
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
        if text.eq_ignore_ascii_case(FIN) {
            return;
        }
    }
}
