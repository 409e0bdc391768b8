//! The steps that are possible in a state: what each makes of it.

use super::state::{Life, Stage, State};
use crate::explore::tests::oracle::program::{CAPACITIES, End, Op, Seen, Thread, all_ends};

/// A step of one task: the state before it, of which it makes those after it.
pub(super) struct Step<'a> {
    pub(super) before: &'a State,
    pub(super) id: usize,
    pub(super) table: &'a [Thread],
    pub(super) after: &'a mut Vec<State>,
}

impl State {
    /// What each step that is possible makes of this state.
    pub(super) fn successors(&self, table: &[Thread]) -> Vec<State> {
        let mut after = Vec::new();
        if self.panic.is_some() {
            return after;
        }
        for id in 0..self.tasks.len() {
            if self.tasks[id].life == Life::Runs {
                Step {
                    before: self,
                    id,
                    table,
                    after: &mut after,
                }
                .take();
            }
        }
        after
    }
}

impl Step<'_> {
    fn take(mut self) {
        let table = self.table;
        let Thread {
            code, is_spawned, ..
        } = &table[self.id];
        let task = &self.before.tasks[self.id];
        if let Some(op) = code.get(task.at) {
            return self.operation(op);
        }
        let ends = task.ends;
        if !task.guards.is_empty() {
            self.adds(|state, id| {
                let latest = state.tasks[id].guards.len() - 1;
                state.release(id, latest);
            });
        } else if let Some(end) = all_ends().find(|end| ends & end.bit() != 0) {
            self.adds(|state, id| state.drop_end(id, end));
        } else if *is_spawned {
            self.adds(|state, id| state.tasks[id].life = Life::Finished);
        }
    }

    /// Adds a state, made of the one before.
    pub(super) fn adds(&mut self, change: impl FnOnce(&mut State, usize)) {
        let mut state = self.before.clone();
        state.tasks[self.id].has_heard_of = None;
        change(&mut state, self.id);
        self.after.push(state);
    }

    /// Adds a state in which the task is in the middle of its operation.
    pub(super) fn reaches(&mut self, stage: Stage, change: impl FnOnce(&mut State)) {
        self.adds(|state, id| {
            state.tasks[id].stage = stage;
            change(state);
        });
    }

    /// Adds a state in which the task is done with its operation, which may have a result.
    pub(super) fn done<S: Into<Option<Seen>>>(
        &mut self,
        change: impl FnOnce(&mut State, usize) -> S,
    ) {
        let table = self.table;
        self.adds(|state, id| {
            let seen = change(state, id).into();
            let task = &mut state.tasks[id];
            task.stage = Stage::Before;
            task.at += 1;
            task.log.extend(seen);
            state.settle(id, table);
        });
    }

    /// The operation does nothing but to have this result.
    pub(super) fn sees(&mut self, seen: Seen) {
        self.done(|_, _| seen);
    }

    pub(super) fn stage(&self) -> Stage {
        self.before.tasks[self.id].stage
    }

    fn operation(&mut self, op: &Op) {
        match *op {
            Op::Lock(_) | Op::TryLock(_) | Op::LockFor(_) | Op::Unlock | Op::UnlockFirst => {
                self.mutex(op);
            }
            Op::Read(lock) | Op::TryRead(lock) | Op::ReadFor(lock) => self.rwlock(op, lock),
            Op::Write(lock) | Op::TryWrite(lock) | Op::WriteFor(lock) => self.rwlock(op, lock),
            Op::Downgrade => self.downgrade(),
            Op::IsLocked(_) | Op::IsHeld(_) | Op::IsWriting(_) => self.question(op),
            Op::Wait(condvar) => self.wait(condvar, false),
            Op::WaitFor(condvar) => self.wait(condvar, true),
            Op::NotifyOne(condvar) => self.notify_one(condvar),
            Op::NotifyAll(condvar) => self.notify_all(condvar),
            Op::DropSender(channel) => self.drops(End::Sender(channel)),
            Op::DropReceiver(channel) => self.drops(End::Receiver(channel)),
            Op::Len(channel) => {
                self.done(|state, _| Seen::Value(state.channels[channel].messages.len() as u8));
            }
            Op::Send(c) | Op::TrySend(c) | Op::SendTimeout(c) => match CAPACITIES[c] {
                Some(0) => self.hand_over(op, c),
                capacity => self.send(op, c, capacity),
            },
            Op::Recv(c) | Op::TryRecv(c) | Op::RecvTimeout(c) => match CAPACITIES[c] {
                Some(0) => self.take_over(op, c),
                _ => self.receive(op, c),
            },
            Op::Select(one, other) | Op::SelectFor(one, other) => self.select(op, [one, other]),
            Op::Pend => self.pend(false),
            Op::PendFor => self.pend(true),
            Op::Wake(_, left) => self.wake(left, self.target(op)),
            Op::Complete(_) => self.complete(self.target(op)),
            Op::IsDone(_) => self.ask(self.target(op)),
            Op::PollResult => self.poll_result(),
            _ if op.is_atomic() => self.atomic(op),
            _ => self.thread(op),
        }
    }

    fn target(&self, op: &Op) -> usize {
        let target = self.before.target(self.id, op, self.table);
        target.expect("skipped without a target")
    }

    fn drops(&mut self, end: End) {
        self.done(|state, id| {
            state.drop_end(id, end);
            None
        });
    }

    /// A weak exchange may also fail where a strong one does not.
    fn exchange_weak(&mut self, atomic: usize, [expected, new]: [u8; 2]) {
        let old = self.before.atomics[atomic];
        let sees = |state: &mut State, id: usize, succeeds: bool| {
            state.tasks[id].log.push(Seen::Value(old));
            if succeeds { Seen::Yes } else { Seen::No }
        };
        self.done(|state, id| {
            let succeeds = old == expected;
            if succeeds {
                state.atomics[atomic] = new;
            }
            sees(state, id, succeeds)
        });
        if old == expected && !self.before.was_spurious {
            self.done(|state, id| {
                state.was_spurious = true;
                sees(state, id, false)
            });
        }
    }

    /// A park ends with the permit, by its time, or for no reason, and then takes none. It ends so at once:
    /// later it could do no more.
    fn park(&mut self, is_timed: bool) {
        let has_permit = self.before.tasks[self.id].has_permit;
        if self.stage() != Stage::Parked {
            self.reaches(Stage::Parked, |_| ());
            if !self.before.was_spurious {
                self.done(|state, _| {
                    state.was_spurious = true;
                    None
                });
            }
        } else if is_timed || has_permit {
            self.done(|state, id| {
                state.tasks[id].has_permit = false;
                None
            });
        }
    }

    fn atomic(&mut self, op: &Op) {
        if let Op::CompareExchangeWeak(atomic, expected, new) = *op {
            return self.exchange_weak(atomic, [expected, new]);
        }
        self.done(|state, _| {
            let atomics = &mut state.atomics;
            let mut update = |atomic: usize, new: &dyn Fn(u8) -> u8| {
                let old = atomics[atomic];
                atomics[atomic] = new(old);
                Some(Seen::Value(old))
            };
            match *op {
                Op::Load(atomic) => update(atomic, &|old| old),
                Op::Swap(atomic, new) => update(atomic, &|_| new),
                Op::FetchAdd(atomic) => update(atomic, &|old| old + 1),
                Op::CompareExchange(atomic, expected, new) => {
                    update(atomic, &|old| if old == expected { new } else { old })
                }
                Op::Store(atomic, new) => update(atomic, &|_| new).and(None),
                _ => unreachable!("{op} is on no atomic"),
            }
        });
    }

    fn thread(&mut self, op: &Op) {
        let (id, table) = (self.id, self.table);
        let is_finished =
            |nth: usize| self.before.tasks[table[id].children[nth]].life == Life::Finished;
        match *op {
            Op::Join(nth) if is_finished(nth) => self.done(|state, id| {
                state.tasks[id].joined.insert(nth);
                state.hears(id, table[id].children[nth])
            }),
            Op::IsFinished(nth) => self.sees(if is_finished(nth) {
                Seen::Yes
            } else {
                Seen::No
            }),
            Op::Park => self.park(false),
            Op::ParkTimeout => self.park(true),
            Op::Unpark(_) => {
                let target = self.target(op);
                self.done(|state, _| {
                    state.tasks[target].has_permit = true;
                    None
                });
            }
            Op::Yield | Op::Sleep => self.done(|_, _| None),
            _ => {}
        }
    }
}
