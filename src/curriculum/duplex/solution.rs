//! The reference solution of `duplex`: a second thread sends, and who receives ends both.

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::thread;
use std::io;
use std::sync::Arc;

/// What is checked.
pub type Solution = TwoThreads;

/// Sends in one thread, and receives in the other.
#[derive(Debug)]
pub struct TwoThreads;

impl Duplex for TwoThreads {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let talked = try_run(&*keyboard, &*connection, &*screen);
        talked.expect("the system has room for a thread");
    }
}

/// The same, where the system may have no room for another thread. Nothing was sent or printed when
/// that is told, and the connection is open.
pub fn try_run(
    keyboard: &dyn Keyboard,
    connection: &dyn Connection,
    screen: &dyn Screen,
) -> io::Result<()> {
    thread::scope(|scope| {
        thread::Builder::new().spawn_scoped(scope, || emit(keyboard, connection))?;
        receive(connection, screen);
        // The other thread may wait for a line, or for the server to take one.
        keyboard.stop();
        connection.close();
        Ok::<_, io::Error>(())
    })?;
    screen.print(FAREWELL);
    Ok(())
}

/// Sends what is typed, until nothing more is typed or nobody is there to send it to.
fn emit(keyboard: &dyn Keyboard, connection: &dyn Connection) {
    while let Some(line) = keyboard.line() {
        if connection.send(&line).is_err() {
            return;
        }
    }
    // Then the server ends it, and so the other thread learns of it.
    connection.finish();
}

/// Prints what arrives, until the server ends it.
fn receive(connection: &dyn Connection, screen: &dyn Screen) {
    while let Some(text) = connection.receive() {
        screen.print(&format!("*{text}*"));
        if text.eq_ignore_ascii_case(FIN) {
            return;
        }
    }
}
