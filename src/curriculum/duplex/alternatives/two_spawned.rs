//! Two threads besides the caller, which joins the one that receives, and then the one that sends.

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::sync::Arc;

/// What is checked.
pub type Solution = TwoSpawned;

/// Joins in the order in which they end.
pub struct TwoSpawned;

impl Duplex for TwoSpawned {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let emission = {
            let (keyboard, connection) = (Arc::clone(&keyboard), Arc::clone(&connection));
            thread::spawn(move || {
                while let Some(line) = keyboard.line() {
                    if connection.send(&line).is_err() {
                        break;
                    }
                }
                connection.finish();
            })
        };
        let reception = {
            let (connection, screen) = (Arc::clone(&connection), Arc::clone(&screen));
            thread::spawn(move || {
                loop {
                    let Some(text) = connection.receive() else {
                        return;
                    };
                    screen.print(&format!("*{text}*"));
                    if text.to_lowercase() == FIN {
                        return;
                    }
                }
            })
        };
        reception.join().unwrap();
        connection.close();
        keyboard.stop();
        emission.join().unwrap();
        screen.print(FAREWELL);
    }
}
