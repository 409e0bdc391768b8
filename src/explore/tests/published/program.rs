//! Programs over numbered cells and locks: one text for an exploration and for the reference.

use super::super::*;
use crate::sync::engine::MutexGuard;
use crate::sync::engine::atomic::AtomicU64;

/// What a program does to its memory, one step each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operation {
    Load(usize),
    Store(usize, u64),
    Add(usize, u64),
    Swap(usize, u64),
    /// Writes the second value if the first is found.
    Exchange(usize, u64, u64),
    Lock(usize),
    TryLock(usize),
    Unlock(usize),
}

/// Performs operations. `None` ends the thread that gets it.
pub(super) trait Memory {
    fn perform(&mut self, operation: Operation) -> Option<u64>;

    fn load(&mut self, cell: usize) -> Option<u64> {
        self.perform(Operation::Load(cell))
    }

    fn store(&mut self, cell: usize, value: u64) -> Option<u64> {
        self.perform(Operation::Store(cell, value))
    }

    fn add(&mut self, cell: usize, value: u64) -> Option<u64> {
        self.perform(Operation::Add(cell, value))
    }

    fn swap(&mut self, cell: usize, value: u64) -> Option<u64> {
        self.perform(Operation::Swap(cell, value))
    }

    /// Whether `current` was found, and replaced.
    fn exchange(&mut self, cell: usize, current: u64, new: u64) -> Option<bool> {
        let found = self.perform(Operation::Exchange(cell, current, new))?;
        Some(found == current)
    }

    fn lock(&mut self, lock: usize) -> Option<u64> {
        self.perform(Operation::Lock(lock))
    }

    fn try_lock(&mut self, lock: usize) -> Option<bool> {
        Some(self.perform(Operation::TryLock(lock))? == 1)
    }

    fn unlock(&mut self, lock: usize) -> Option<u64> {
        self.perform(Operation::Unlock(lock))
    }
}

/// Gives the thread up where it would wait for ever, as the model checkers' `assume` does: an await
/// loop becomes one look.
pub(super) fn assume(condition: bool) -> Option<()> {
    condition.then_some(())
}

/// The code of a thread; `None` if it gave up.
pub(super) type Code = Arc<dyn Fn(&mut dyn Memory) -> Option<()> + Send + Sync>;

#[derive(Clone)]
pub(super) struct Program {
    /// What the cells hold at first.
    pub(super) cells: Vec<u64>,
    pub(super) locks: usize,
    pub(super) threads: Vec<Code>,
}

impl Program {
    pub(super) fn new(cells: impl Into<Vec<u64>>) -> Self {
        Program {
            cells: cells.into(),
            locks: 0,
            threads: Vec::new(),
        }
    }

    pub(super) fn locks(mut self, locks: usize) -> Self {
        self.locks = locks;
        self
    }

    pub(super) fn thread(
        mut self,
        code: impl Fn(&mut dyn Memory) -> Option<()> + Send + Sync + 'static,
    ) -> Self {
        self.threads.push(Arc::new(code));
        self
    }

    /// Threads that run the same code, numbered from 0.
    pub(super) fn threads(
        self,
        count: usize,
        code: impl Fn(&mut dyn Memory, usize) -> Option<()> + Send + Sync + 'static,
    ) -> Self {
        let code = Arc::new(code);
        (0..count).fold(self, |program, number| {
            let code = Arc::clone(&code);
            program.thread(move |memory| code(memory, number))
        })
    }

    /// Threads that only do what is listed.
    pub(super) fn straight(cells: usize, threads: &'static [&'static [Operation]]) -> Self {
        threads
            .iter()
            .fold(Program::new(vec![0; cells]), |program, operations| {
                program.thread(|memory| {
                    operations
                        .iter()
                        .try_for_each(|&next| memory.perform(next).map(drop))
                })
            })
    }

    /// The program on atomics and mutexes. `gave_up` tells of the latest execution.
    pub(super) fn scenario(&self, gave_up: &Arc<std::sync::atomic::AtomicBool>) -> Scenario {
        gave_up.store(false, SeqCst);
        let shared = Arc::new(Shared {
            cells: self.cells.iter().copied().map(AtomicU64::new).collect(),
            locks: (0..self.locks).map(|_| Mutex::new(())).collect(),
        });
        let threads = self.threads.iter().enumerate();
        threads.fold(Scenario::new(), |scenario, (number, code)| {
            let (shared, code, gave_up) =
                (Arc::clone(&shared), Arc::clone(code), Arc::clone(gave_up));
            scenario.thread(format!("t{number}"), move || {
                let mut memory = Native {
                    shared: &shared,
                    held: Vec::new(),
                };
                if code(&mut memory).is_none() {
                    gave_up.store(true, SeqCst);
                }
                // Who does not unlock leaves the lock locked.
                memory
                    .held
                    .into_iter()
                    .for_each(|(_, guard)| std::mem::forget(guard));
            })
        })
    }
}

struct Shared {
    cells: Vec<AtomicU64>,
    locks: Vec<Mutex<()>>,
}

/// The memory as one thread sees it in an exploration.
struct Native<'a> {
    shared: &'a Shared,
    held: Vec<(usize, MutexGuard<'a, ()>)>,
}

impl Memory for Native<'_> {
    fn perform(&mut self, operation: Operation) -> Option<u64> {
        let Shared { cells, locks } = self.shared;
        Some(match operation {
            Operation::Load(cell) => cells[cell].load(SeqCst),
            Operation::Store(cell, value) => {
                cells[cell].store(value, SeqCst);
                0
            }
            Operation::Add(cell, value) => cells[cell].fetch_add(value, SeqCst),
            Operation::Swap(cell, value) => cells[cell].swap(value, SeqCst),
            Operation::Exchange(cell, current, new) => cells[cell]
                .compare_exchange(current, new, SeqCst, SeqCst)
                .unwrap_or_else(|found| found),
            Operation::Lock(lock) => {
                self.held.push((lock, locks[lock].lock()));
                1
            }
            Operation::TryLock(lock) => {
                let guard = locks[lock].try_lock().map(|guard| (lock, guard));
                let succeeded = guard.is_some();
                self.held.extend(guard);
                succeeded.into()
            }
            Operation::Unlock(lock) => {
                self.held.retain(|(held, _)| *held != lock);
                0
            }
        })
    }
}
