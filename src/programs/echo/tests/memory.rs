//! The server without sockets: calls and lines in memory.

use crate::curriculum::echo::EchoServer;
use crate::curriculum::echo::solution::Threads;
use crate::programs::echo::desk::Desk;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::printer::{Printed, Printer};
use crate::programs::kit::tests::{Caller, Exchange, Remote, Screen, TOO_LONG, World};
use crate::sync::thread;
use crate::sync::time::Instant;
use std::sync::Arc;

/// A server whose clients are in this process, with nothing in between.
pub struct Core {
    threads: Arc<Threads>,
    exchange: Exchange,
    framing: Framing,
    screen: Screen,
    serving: Option<thread::JoinHandle<()>>,
}

impl Core {
    pub fn start(framing: Framing) -> Self {
        let (threads, exchange) = (Arc::new(Threads::new()), Exchange::default());
        let screen = Screen::new();
        let printer = Printer::start(screen.clone(), |_| ()).unwrap();
        let desk = Desk::new(exchange.clone(), framing, Arc::clone(&printer));
        let server = Arc::clone(&threads);
        let serving = thread::spawn(move || {
            server.serve(Arc::new(desk));
            assert_eq!(printer.close(Instant::now() + TOO_LONG), Printed::All);
        });
        Core {
            threads,
            exchange,
            framing,
            screen,
            serving: Some(serving),
        }
    }
}

impl World for Core {
    fn join(&mut self) -> Box<dyn Remote> {
        Box::new(Caller {
            wire: self.exchange.ring(),
            framing: self.framing,
        })
    }

    fn screen(&self) -> Screen {
        self.screen.clone()
    }

    fn stop(&mut self) {
        self.threads.stop();
        let serving = self.serving.take().expect("it is stopped once");
        serving.join().unwrap();
    }
}
