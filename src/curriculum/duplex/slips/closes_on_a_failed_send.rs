//! "It cannot be sent, so it is over, and I close." What the server said before has not been read yet.

slip! {
    ClosesOnAFailedSend,
    caught_by: the_servers_end_ends_both,
    engine: no_pattern,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::sync::Arc;

/// Closes when a line cannot be sent.
struct ClosesOnAFailedSend;

impl Duplex for ClosesOnAFailedSend {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let is_closed = AtomicBool::new(false);
        // Whoever comes first.
        let close = || {
            if !is_closed.swap(true, SeqCst) {
                connection.close();
            }
        };
        thread::scope(|scope| {
            scope.spawn(|| {
                while let Some(line) = keyboard.line() {
                    if connection.send(&line).is_err() {
                        return close();
                    }
                }
                connection.finish();
            });
            receive(&*connection, &*screen);
            keyboard.stop();
            close();
        });
        screen.print(FAREWELL);
    }
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
