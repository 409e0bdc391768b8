//! Only one thread prints. The others send it their blocks, and wait until these are printed.

use kata::report::{Probe, Report, Screen, block};
use kata::sync::channel::{self, Sender};
use kata::sync::thread;
use std::sync::Arc;

/// What is checked.
pub type Solution = PrintingThread;

/// Lines that belong together, and what to drop when they are printed.
struct Block {
    lines: [String; 3],
    _printed: Sender<()>,
}

/// A channel to the thread that prints.
pub struct PrintingThread {
    blocks: Sender<Block>,
}

impl Report for PrintingThread {
    fn new(screen: Arc<dyn Screen>) -> Self {
        let (blocks, to_print) = channel::unbounded::<Block>();
        // Ends once the report, hence the only sender, is gone.
        thread::spawn(move || {
            for block in to_print {
                for line in &block.lines {
                    screen.line(line);
                }
            }
        });
        PrintingThread { blocks }
    }

    fn report(&self, host: &str, probe: Probe) {
        let (printed, end) = channel::bounded(1);
        let lines = block(host, probe());
        let block = Block {
            lines,
            _printed: printed,
        };
        let sent = self.blocks.send(block);
        assert!(sent.is_ok(), "who prints lives as long as the report");
        assert!(end.recv().is_err(), "nobody sends");
    }
}
