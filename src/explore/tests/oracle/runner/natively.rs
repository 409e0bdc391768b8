//! Runs a program on real threads.

use super::{Records, World, collect, scenario};
use crate::explore::tests::oracle::outcome::Outcome;
use crate::explore::tests::oracle::program::{Program, Thread};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

/// So long a program without a deadlock is waited for, whatever else the machine has to do.
const PATIENCE: Duration = Duration::from_secs(30);

/// What one run comes to; `None` if it does not end.
pub(in super::super) fn run(program: &Program) -> Option<Outcome> {
    let table: Arc<[Thread]> = program.table().into();
    let records = Records::default();
    *records.lock().unwrap() = vec![super::Record::default(); table.len()];
    let begin_with = table.iter().filter(|thread| !thread.is_spawned).count();
    // Hung up once nobody has the program's world any more: each of its threads does.
    let (alive, all_over) = mpsc::channel();
    let start = Arc::new(Barrier::new(begin_with));
    let world = World::of(&table, &records);
    let world = World {
        start: Some(start),
        _alive: Some(alive),
        ..world
    };
    let (threads, _) = scenario(world).into_parts();
    for (_, body) in threads {
        // Whether it panics is in the records.
        drop(thread::spawn(body));
    }
    match all_over.recv_timeout(PATIENCE) {
        Err(RecvTimeoutError::Disconnected) => Some(collect(&table, &records, None)),
        _ => None,
    }
}
