//! Mutexes, read-write locks and condvars.

use super::state::{Guard, Stage, State};
use super::steps::Step;
use crate::explore::tests::oracle::program::{MUTEX_OF_CONDVAR, Op, Seen};
use std::mem;

impl State {
    /// Drops a guard of the task.
    pub(super) fn release(&mut self, id: usize, position: usize) {
        match self.tasks[id].guards.remove(position) {
            Guard::Mutex(mutex) => self.mutexes[mutex].is_held = false,
            Guard::Read(lock) => self.rwlocks[lock].readers -= 1,
            Guard::Write(lock) => self.rwlocks[lock].has_writer = false,
        }
    }

    /// Takes a free mutex; its value.
    fn take(&mut self, mutex: usize) -> Seen {
        self.mutexes[mutex].is_held = true;
        Seen::Value(self.mutexes[mutex].value)
    }
}

impl Step<'_> {
    pub(super) fn mutex(&mut self, op: &Op) {
        let is_held = |mutex: usize| self.before.mutexes[mutex].is_held;
        match *op {
            Op::Lock(mutex) if is_held(mutex) => {}
            Op::TryLock(mutex) if is_held(mutex) => self.sees(Seen::No),
            Op::LockFor(mutex) if is_held(mutex) => self.sees(Seen::TimedOut),
            Op::Lock(mutex) | Op::TryLock(mutex) | Op::LockFor(mutex) => self.done(|state, id| {
                state.tasks[id].guards.push(Guard::Mutex(mutex));
                state.take(mutex)
            }),
            _ => self.done(|state, id| {
                let latest = state.tasks[id].guards.len() - 1;
                state.release(id, if *op == Op::Unlock { latest } else { 0 });
                None
            }),
        }
    }

    pub(super) fn rwlock(&mut self, op: &Op, lock: usize) {
        let has_writer = self.before.rwlocks[lock].has_writer;
        let has_readers = self.before.rwlocks[lock].readers > 0;
        match (op, self.stage()) {
            (Op::Write(_), Stage::Entering) if has_readers => {}
            (Op::WriteFor(_), Stage::Entering) if has_readers => self.done(|state, _| {
                state.rwlocks[lock].has_writer = false;
                Seen::TimedOut
            }),
            (_, Stage::Entering) => self.done(|state, id| state.enter(id, lock)),
            (Op::Read(_) | Op::Write(_), _) if has_writer => {}
            (Op::WriteFor(_), _) if has_writer => self.sees(Seen::TimedOut),
            (Op::Write(_) | Op::WriteFor(_), _) => {
                self.reaches(Stage::Entering, |state| {
                    state.rwlocks[lock].has_writer = true
                });
            }
            (Op::TryRead(_), _) if has_writer => self.sees(Seen::No),
            (Op::ReadFor(_), _) if has_writer => self.sees(Seen::TimedOut),
            (Op::TryWrite(_), _) if has_writer || has_readers => self.sees(Seen::No),
            (Op::TryWrite(_), _) => self.done(|state, id| {
                state.rwlocks[lock].has_writer = true;
                state.enter(id, lock)
            }),
            _ => self.done(|state, id| {
                state.rwlocks[lock].readers += 1;
                state.tasks[id].guards.push(Guard::Read(lock));
                Seen::Value(state.rwlocks[lock].value)
            }),
        }
    }

    /// A writer goes on as a reader.
    pub(super) fn downgrade(&mut self) {
        self.done(|state, id| {
            if let Some(Guard::Write(lock)) = state.tasks[id].guards.pop() {
                state.rwlocks[lock].has_writer = false;
                state.rwlocks[lock].readers += 1;
                state.tasks[id].guards.push(Guard::Read(lock));
            }
            None
        });
    }

    pub(super) fn question(&mut self, op: &Op) {
        let rwlock = |lock: usize| &self.before.rwlocks[lock];
        let holds = match *op {
            Op::IsLocked(mutex) => self.before.mutexes[mutex].is_held,
            Op::IsHeld(lock) => rwlock(lock).has_writer || rwlock(lock).readers > 0,
            Op::IsWriting(lock) => rwlock(lock).has_writer,
            _ => unreachable!("{op} asks for no lock"),
        };
        self.sees(if holds { Seen::Yes } else { Seen::No });
    }

    pub(super) fn wait(&mut self, condvar: usize, is_timed: bool) {
        let mutex = MUTEX_OF_CONDVAR[condvar];
        let is_free = !self.before.mutexes[mutex].is_held;
        match self.stage() {
            Stage::Waiting { is_woken } if is_timed => {
                let timed_out = !is_woken;
                let id = self.id;
                self.reaches(Stage::Waited { timed_out }, |state| {
                    state.condvars[condvar].remove(&id);
                });
            }
            Stage::Waiting { is_woken: true } if is_free => self.done(|state, _| state.take(mutex)),
            Stage::Waited { timed_out } if is_free => self.done(|state, id| {
                let result = if timed_out { Seen::TimedOut } else { Seen::No };
                state.tasks[id].log.push(result);
                state.take(mutex)
            }),
            Stage::Waiting { .. } | Stage::Waited { .. } => {}
            _ => self.begin_to_wait(condvar, mutex),
        }
    }

    /// Gives the mutex back. The guard stays where it is among the others.
    fn begin_to_wait(&mut self, condvar: usize, mutex: usize) {
        let id = self.id;
        self.reaches(Stage::Waiting { is_woken: false }, |state| {
            state.mutexes[mutex].is_held = false;
            state.condvars[condvar].insert(id);
        });
        if !self.before.was_spurious {
            self.reaches(Stage::Waiting { is_woken: true }, |state| {
                state.mutexes[mutex].is_held = false;
                state.was_spurious = true;
            });
        }
    }

    pub(super) fn notify_one(&mut self, condvar: usize) {
        let before = self.before;
        for &waiter in &before.condvars[condvar] {
            self.done(|state, _| {
                state.condvars[condvar].remove(&waiter);
                state.wake(waiter);
                Seen::Yes
            });
        }
        if before.condvars[condvar].is_empty() {
            self.sees(Seen::No);
        }
    }

    pub(super) fn notify_all(&mut self, condvar: usize) {
        self.done(|state, _| {
            let waiters = mem::take(&mut state.condvars[condvar]);
            waiters.iter().for_each(|&waiter| state.wake(waiter));
            Seen::Value(waiters.len() as u8)
        });
    }
}

impl State {
    /// A writer that has begun has the lock; its value.
    fn enter(&mut self, id: usize, lock: usize) -> Seen {
        self.tasks[id].guards.push(Guard::Write(lock));
        Seen::Value(self.rwlocks[lock].value)
    }

    fn wake(&mut self, waiter: usize) {
        self.tasks[waiter].stage = Stage::Waiting { is_woken: true };
    }
}
