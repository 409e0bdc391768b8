//! Who started the threads waits at a condvar until the server has ended it, and wakes who sends.

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::{Condvar, Mutex, thread};
use std::sync::Arc;

/// What is checked.
pub type Solution = AtACondvar;

/// Keeps under a lock whether it is over.
pub struct AtACondvar;

impl Duplex for AtACondvar {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let (is_over, ended) = (Mutex::new(false), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                loop {
                    match keyboard.line() {
                        None => return connection.finish(),
                        Some(line) if connection.send(&line).is_err() => return,
                        Some(_) => {}
                    }
                }
            });
            scope.spawn(|| {
                while let Some(text) = connection.receive() {
                    screen.print(&format!("*{text}*"));
                    if text.eq_ignore_ascii_case(FIN) {
                        break;
                    }
                }
                *is_over.lock() = true;
                ended.notify_one();
            });
            let mut over = is_over.lock();
            while !*over {
                ended.wait(&mut over);
            }
            drop(over);
            connection.close();
            keyboard.stop();
        });
        screen.print(FAREWELL);
    }
}
