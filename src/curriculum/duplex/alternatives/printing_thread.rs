//! A third thread prints, what the others send it over a channel, until nobody is left who would.

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::{channel, thread};
use std::sync::Arc;

/// What is checked.
pub type Solution = PrintingThread;

/// The screen belongs to one thread.
pub struct PrintingThread;

impl Duplex for PrintingThread {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let (lines, printing) = channel::unbounded::<String>();
        let printer = thread::spawn(move || {
            for line in printing {
                screen.print(&line);
            }
        });
        thread::scope(|scope| {
            scope.spawn(|| {
                while let Some(line) = keyboard.line() {
                    if connection.send(&line).is_err() {
                        return;
                    }
                }
                connection.finish();
            });
            let mut texts = std::iter::from_fn(|| connection.receive());
            let is_fin = |text: &String| text.eq_ignore_ascii_case(FIN);
            // Stops after the first `fin`.
            texts.any(|text| {
                lines.send(format!("*{text}*")).unwrap();
                is_fin(&text)
            });
            keyboard.stop();
            connection.close();
        });
        lines.send(FAREWELL.to_owned()).unwrap();
        drop(lines);
        printer.join().unwrap();
    }
}
