//! "I set a flag, and the other thread looks at it." It looks when the next line has been typed.

slip! {
    FlagAfterTheWait,
    caught_by: what_arrives_is_printed,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::sync::Arc;

/// Tells by a flag that it is over.
struct FlagAfterTheWait;

impl Duplex for FlagAfterTheWait {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while let Some(line) = keyboard.line() {
                    if is_over.load(SeqCst) || connection.send(&line).is_err() {
                        return;
                    }
                }
                connection.finish();
            });
            receive(&*connection, &*screen);
            is_over.store(true, SeqCst);
            connection.close();
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
