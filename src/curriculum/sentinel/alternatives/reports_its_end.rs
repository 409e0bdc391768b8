//! Nobody is joined: each reader reports on a channel when it has delivered its last.

use kata::sentinel::{Deliver, Job, Pipeline, Player, Source};
use kata::sync::channel::{self, Receiver};
use kata::sync::thread;

/// What is checked.
pub type Solution = ReportsItsEnd;

/// The players of one source that are looked for.
fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}

/// Waits for reports.
pub struct ReportsItsEnd;

impl Pipeline for ReportsItsEnd {
    fn run(job: Job) {
        let (sender, queue) = channel::bounded(job.capacity);
        let (report, reports) = channel::unbounded();
        for reader in 0..job.readers {
            let (queue, deliver, report) = (queue.clone(), job.deliver.clone(), report.clone());
            thread::spawn(move || {
                read(reader, &queue, &deliver);
                report.send(()).unwrap();
            });
        }
        let (written, writers) = channel::unbounded();
        let number = job.sources.len();
        for source in job.sources {
            let (sender, nation, written) = (sender.clone(), job.nation.clone(), written.clone());
            thread::spawn(move || {
                wanted(source, &nation).for_each(|player| sender.send(Some(player)).unwrap());
                written.send(()).unwrap();
            });
        }
        (0..number).for_each(|_| writers.recv().unwrap());
        (0..job.readers).for_each(|_| sender.send(None).unwrap());
        (0..job.readers).for_each(|_| reports.recv().unwrap());
    }
}
