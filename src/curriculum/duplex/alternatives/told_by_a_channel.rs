//! Each thread says when it has ended, over one channel; who started them does what follows from it.

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::{channel, thread};
use std::sync::Arc;

/// What is checked.
pub type Solution = ToldByAChannel;

/// Decides in one place what the end of a thread means for the other one.
pub struct ToldByAChannel;

/// Who has ended.
enum Ended {
    Emission,
    Reception,
}

impl Duplex for ToldByAChannel {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let (tell, told) = channel::unbounded();
        thread::scope(|scope| {
            scope.spawn(|| {
                while let Some(line) = keyboard.line() {
                    if connection.send(&line).is_err() {
                        break;
                    }
                }
                tell.send(Ended::Emission).unwrap();
            });
            scope.spawn(|| {
                let mut is_over = false;
                while !is_over {
                    let text = connection.receive();
                    if let Some(text) = &text {
                        screen.print(&format!("*{text}*"));
                    }
                    is_over = text.is_none_or(|text| text.eq_ignore_ascii_case(FIN));
                }
                tell.send(Ended::Reception).unwrap();
            });
            for _ in 0..2 {
                match told.recv().unwrap() {
                    Ended::Emission => connection.finish(),
                    Ended::Reception => {
                        keyboard.stop();
                        connection.close();
                    }
                }
            }
        });
        screen.print(FAREWELL);
    }
}
