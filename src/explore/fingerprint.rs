//! Which executions have come to the same state, though by another order.

use crate::explore::model::operation::{ObjectId, Operation, TaskId};
use crate::explore::model::record::{Event, EventKind, Record};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A number for what has happened so far, the same for executions that differ only in the order of
/// operations that have neither a task nor an object in common: these have come to the same state.
///
/// `None` if the order of other operations matters too: somebody gave way, or watches the clock.
/// Which waiter a notification woke is not in the record: who wants to tell that apart must.
pub fn fingerprint(record: &Record) -> Option<u64> {
    let object = |info: &crate::explore::model::record::ObjectInfo| {
        digest(&(info.kind, info.location.file(), info.location.line()))
    };
    let mut state = Histories {
        tasks: vec![0; record.tasks.len()],
        objects: record.objects.iter().map(object).collect(),
    };
    for event in &record.events {
        state.follow(event)?;
    }
    Some(digest(&(state.tasks, state.objects)))
}

/// The history of each task and object, as a number.
struct Histories {
    tasks: Vec<u64>,
    objects: Vec<u64>,
}

impl Histories {
    fn follow(&mut self, event: &Event) -> Option<()> {
        match &event.what {
            EventKind::TimePassed(_) | EventKind::Performed(Operation::Yield, _) => return None,
            EventKind::Performed(operation, _) if operation.deadline().is_some() => return None,
            EventKind::Performed(operation, response) => {
                let what = (operation, response);
                self.meet(
                    event.task,
                    digest(&what),
                    objects(operation),
                    operation.subject(),
                );
            }
            EventKind::WokeSpuriously(condvar) => {
                let what = digest("woke spuriously");
                self.meet(event.task, what, [Some(*condvar), None], None);
            }
            EventKind::FinalCheck => self.meet(event.task, digest("check"), [None; 2], None),
            EventKind::Finished => self.meet(event.task, digest("finished"), [None; 2], None),
            EventKind::Panicked(message) => {
                self.meet(event.task, digest(message), [None; 2], None);
            }
        }
        Some(())
    }

    /// What the task does knows the histories of all that it is about, and becomes theirs.
    fn meet(
        &mut self,
        task: TaskId,
        what: u64,
        objects: [Option<ObjectId>; 2],
        subject: Option<TaskId>,
    ) {
        let objects = objects.map(|object| object.map(ObjectId::index));
        let before = objects.map(|object| object.and_then(|index| self.objects.get(index)));
        let of_subject = subject.and_then(|subject| self.tasks.get(subject.index()));
        let now = digest(&(task, what, self.tasks[task.index()], before, of_subject));
        self.tasks[task.index()] = now;
        if let Some(history) = subject.and_then(|subject| self.tasks.get_mut(subject.index())) {
            *history = now;
        }
        for index in objects.into_iter().flatten() {
            if let Some(history) = self.objects.get_mut(index) {
                *history = now;
            }
        }
    }
}

fn objects(operation: &Operation) -> [Option<ObjectId>; 2] {
    match *operation {
        Operation::Wait { condvar, mutex } | Operation::Wake { condvar, mutex, .. } => {
            [Some(condvar), Some(mutex)]
        }
        _ => [operation.object(), None],
    }
}

/// A number for a value, the same in every process.
pub fn digest(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::Options;
    use crate::explore::interactive::Player;
    use crate::explore::model::check::Check;
    use crate::explore::model::scenario::Scenario;
    use crate::sync::engine::atomic::{AtomicU8, Ordering::SeqCst};
    use crate::sync::engine::thread;
    use proptest::strategy::Just;
    use std::sync::Arc;

    /// Two tasks: the one writes twice to the first atomic, the other once to that of this index.
    fn state(other: usize, gives_way: bool, choices: &[u16]) -> Option<u64> {
        let scenario = move |_: &u8| {
            let atomics = Arc::new([AtomicU8::new(0), AtomicU8::new(0)]);
            let theirs = Arc::clone(&atomics);
            Scenario::new()
                .thread("a", move || {
                    atomics[0].store(1, SeqCst);
                    if gives_way {
                        thread::yield_now();
                    }
                    atomics[0].store(2, SeqCst);
                })
                .thread("b", move || theirs[other].store(1, SeqCst))
        };
        let check = Check::new("check", "holds", Just(0), [0u8], [], scenario);
        let position = Player::new(&check, "0", &Options::default())
            .unwrap()
            .position(choices);
        fingerprint(&position.so_far.record)
    }

    #[test]
    fn only_the_order_of_what_has_an_object_in_common_makes_another_state() {
        // a b, and b a.
        let (ab, ba) = (&[0, 1], &[1]);
        assert_eq!(state(1, false, ab), state(1, false, ba));
        assert_ne!(state(0, false, ab), state(0, false, ba));
        assert_ne!(state(1, false, &[0]), state(1, false, ba));
    }

    #[test]
    fn where_somebody_gives_way_no_state_is_taken_for_another() {
        assert_eq!(state(1, true, &[0, 0]), None);
    }
}
