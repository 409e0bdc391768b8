//! "Nothing more is typed: then both stop." It stops between two texts of the server.

slip! {
    LeavesWhenNothingIsTyped,
    caught_by: the_servers_last_words_are_printed,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::atomic::AtomicBool;
use kata::sync::atomic::Ordering::SeqCst;
use kata::sync::thread;
use std::sync::Arc;

/// Listens as long as somebody types.
struct LeavesWhenNothingIsTyped;

impl Duplex for LeavesWhenNothingIsTyped {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while let Some(line) = keyboard.line() {
                    if connection.send(&line).is_err() {
                        return;
                    }
                }
                is_over.store(true, SeqCst);
                connection.finish();
            });
            while let Some(text) = connection.receive() {
                if is_over.load(SeqCst) {
                    break;
                }
                screen.print(&format!("*{text}*"));
                if text.eq_ignore_ascii_case(FIN) {
                    break;
                }
            }
            keyboard.stop();
            connection.close();
        });
        screen.print(FAREWELL);
    }
}
