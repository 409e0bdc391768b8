//! "Two threads wait, and one loop does what is to be done." While it waits to send, it prints nothing.

slip! {
    OneLoopBehindAChannel,
    caught_by: the_servers_end_ends_both,
    engine: HeldUp,
    loom: HeldUp,
}

use kata::duplex::{Connection, Duplex, FAREWELL, FIN, Keyboard, Screen};
use kata::sync::{channel, thread};
use std::sync::Arc;

/// Sends and prints in one thread.
struct OneLoopBehindAChannel;

impl Duplex for OneLoopBehindAChannel {
    fn run(keyboard: Arc<dyn Keyboard>, connection: Arc<dyn Connection>, screen: Arc<dyn Screen>) {
        let (tell, events) = channel::unbounded();
        thread::scope(|scope| {
            let typed = tell.clone();
            scope.spawn(|| {
                let typed = typed;
                while let Some(line) = keyboard.line() {
                    typed.send(Event::Typed(line)).unwrap();
                }
                typed.send(Event::NothingTyped).unwrap();
            });
            scope.spawn(|| {
                let arrived = tell;
                while let Some(text) = connection.receive() {
                    let is_fin = text.eq_ignore_ascii_case(FIN);
                    arrived.send(Event::Arrived(text)).unwrap();
                    if is_fin {
                        break;
                    }
                }
                arrived.send(Event::NothingArrives).unwrap();
            });
            for event in events.iter() {
                match event {
                    // If it fails the end arrives.
                    Event::Typed(line) => drop(connection.send(&line)),
                    Event::NothingTyped => connection.finish(),
                    Event::Arrived(text) => screen.print(&format!("*{text}*")),
                    Event::NothingArrives => break,
                }
            }
            keyboard.stop();
            connection.close();
        });
        screen.print(FAREWELL);
    }
}

/// What can happen.
enum Event {
    Typed(String),
    NothingTyped,
    Arrived(String),
    NothingArrives,
}
