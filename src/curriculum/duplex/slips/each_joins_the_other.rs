//! "A thread ends when the other one has ended." Each waits for the other one's last step.

slip! {
    EachJoinsTheOther,
    caught_by: what_is_typed_is_sent,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::{Mutex, channel, thread};
use std::sync::Arc;

/// Has each thread join the other one.
struct EachJoinsTheOther;

impl Duplex for EachJoinsTheOther {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let threads: Arc<[Handle; 2]> = Arc::default();
        let (done, ended) = channel::unbounded();
        for index in [0, 1] {
            let (keyboard, connection) = (Arc::clone(&keyboard), Arc::clone(&connection));
            let (screen, others) = (Arc::clone(&screen), Arc::clone(&threads));
            let done = done.clone();
            let mut own = threads[index].lock();
            *own = Some(thread::spawn(move || {
                if index == 0 {
                    emit(&*keyboard, &*connection);
                } else {
                    receive(&*connection, &*screen);
                    keyboard.stop();
                    connection.close();
                }
                let other = others[1 - index].lock().take();
                other.expect("it was started").join().unwrap();
                done.send(()).unwrap();
            }));
        }
        for _ in 0..2 {
            ended.recv().unwrap();
        }
        screen.print(FAREWELL);
    }
}

/// A thread, until somebody joins it.
type Handle = Mutex<Option<thread::JoinHandle<()>>>;

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
