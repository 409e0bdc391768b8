//! Threads that lock.

use super::program::{Memory, Program};
use super::{Row, Source::*, explore_table};

pub(super) const TABLE: &[Row] = &[
    (
        "lockinc",
        GenMc,
        &[(2, 2), (3, 6), (4, 24), (5, 120), (6, 720)],
        |n| locked_increments(n, 1),
    ),
    (
        "lock2inc",
        GenMc,
        &[(2, 2), (3, 6), (4, 24), (5, 120), (6, 720)],
        |n| locked_increments(n, 2),
    ),
    ("mutex_order", Nidhugg, &[(2, 2), (3, 6)], |n| {
        locked_increments(n, 0)
    }),
    // Who locks first never unlocks.
    ("mutex_deadlock", Nidhugg, &[(2, 2), (3, 3)], |n| {
        unlocking(n, |_, _| false)
    }),
    // 2; 0 2, 1 2; 0 1 2, 1 0 2.
    ("mutex_deadlock_one", Nidhugg, &[(3, 5)], |n| {
        unlocking(n, |me, _| me != 2)
    }),
    ("mutex_hard", Nidhugg, &[(3, 4)], |n| {
        unlocking(n, |me, old| me as u64 == old)
    }),
    ("mutex_vs_trylock", Nidhugg, &[(1, 3)], tries_against_a_lock),
    // One less than Nidhugg has, since two attempts that fail commute.
    (
        "mutex_vs_trylock",
        Counted,
        &[(2, 15)],
        tries_against_a_lock,
    ),
    // The first locks for good, and attempts that fail commute.
    ("mutex_trylock_deadlock", Counted, &[(3, 3)], |n| {
        tries(n, false)
    }),
    ("mutex_trylock_unlock", Reference, &[(2, 4), (3, 21)], |n| {
        tries(n, true)
    }),
    // The critical sections of two threads, merged: C(2n, n).
    (
        "circular_buffer",
        Counted,
        &[(3, 20), (5, 252), (7, 3_432)],
        circular_buffer,
    ),
    // At each fork one neighbour comes first, but not everyone before the next.
    (
        "philosophers, ordered",
        Counted,
        &[(3, 6), (4, 14), (5, 30)],
        |n| philosophers(n, true),
    ),
    // The same, and the deadlock.
    ("philosophers", Counted, &[(3, 7), (4, 15), (5, 31)], |n| {
        philosophers(n, false)
    }),
    // Every thread after the thirteenth has one collision, with one other: 2^(n - 13).
    (
        "filesystem",
        Counted,
        &[(13, 1), (14, 2), (16, 8), (18, 32)],
        file_system,
    ),
    (
        "exponential_bug",
        Reference,
        &[(1, 106), (2, 280)],
        exponential_bug,
    ),
];

#[test]
fn locks_take_as_many_executions_as_are_published() {
    explore_table(TABLE);
}

fn locked_increments(threads: usize, cells: usize) -> Program {
    Program::new(vec![0; cells])
        .locks(1)
        .threads(threads, move |m, _| {
            m.lock(0)?;
            for cell in 0..cells {
                let old = m.load(cell)?;
                m.store(cell, old + 1)?;
            }
            m.unlock(0).map(drop)
        })
}

/// Some threads, by their number and how many came before, do not unlock.
fn unlocking(threads: usize, unlocks: fn(usize, u64) -> bool) -> Program {
    Program::new([0])
        .locks(1)
        .threads(threads, move |m, number| {
            m.lock(0)?;
            let old = m.add(0, 1)?;
            if unlocks(number, old) {
                m.unlock(0)?;
            }
            Some(())
        })
}

fn tries(threads: usize, unlocking: bool) -> Program {
    Program::new([0]).locks(1).threads(threads, move |m, _| {
        if m.try_lock(0)? {
            m.add(0, 1)?;
            if unlocking {
                m.unlock(0)?;
            }
        }
        Some(())
    })
}

fn tries_against_a_lock(attempts: usize) -> Program {
    tries(attempts, true).thread(|m| {
        m.lock(0)?;
        m.add(0, 1)?;
        m.unlock(0).map(drop)
    })
}

/// One puts in, one takes out; either does nothing if it is not its turn.
fn circular_buffer(rounds: usize) -> Program {
    const IS_FULL: usize = 0;
    Program::new([0; 2]).locks(1).threads(2, move |m, turn| {
        for round in 0..rounds {
            m.lock(0)?;
            if m.load(IS_FULL)? == turn as u64 {
                m.store(1, round as u64)?;
                m.store(IS_FULL, 1 - turn as u64)?;
            }
            m.unlock(0)?;
        }
        Some(())
    })
}

/// Each takes the left fork first, or the lower one.
fn philosophers(count: usize, are_ordered: bool) -> Program {
    Program::new([])
        .locks(count)
        .threads(count, move |m, seat| {
            let mut forks = [seat, (seat + 1) % count];
            if are_ordered {
                forks.sort_unstable();
            }
            m.lock(forks[0])?;
            m.lock(forks[1])?;
            m.unlock(forks[1])?;
            m.unlock(forks[0]).map(drop)
        })
}

/// The file system of Flanagan and Godefroid: every file takes the next block that is free.
fn file_system(threads: usize) -> Program {
    const FILES: usize = 32;
    const BLOCKS: usize = 26;
    Program::new([0; FILES + BLOCKS])
        .locks(FILES + BLOCKS)
        .threads(threads, |m, file| {
            m.lock(file)?;
            if m.load(file)? == 0 {
                for block in (0..10).map(|i| (2 * file + i) % BLOCKS) {
                    if take_block(m, file, block, FILES + block)? {
                        break;
                    }
                }
            }
            m.unlock(file).map(drop)
        })
}

fn take_block(m: &mut dyn Memory, file: usize, block: usize, busy: usize) -> Option<bool> {
    m.lock(busy)?;
    let is_free = m.load(busy)? == 0;
    if is_free {
        m.store(busy, 1)?;
        m.store(file, block as u64 + 1)?;
    }
    m.unlock(busy)?;
    Some(is_free)
}

/// A bug that only few of very many orders show.
fn exponential_bug(stores: usize) -> Program {
    const X: usize = 0;
    const Y: usize = 1;
    Program::new([0; 2])
        .locks(1)
        .thread(move |m| {
            for _ in 0..2 {
                m.lock(0)?;
                m.store(X, 1)?;
                (0..stores).try_for_each(|_| m.store(Y, 1).map(drop))?;
                m.unlock(0)?;
            }
            Some(())
        })
        .thread(|m| {
            m.lock(0)?;
            m.store(X, 0)?;
            m.unlock(0)?;
            if m.load(X)? > 0 {
                let y = m.load(Y)?;
                m.store(Y, y + 1)?;
                m.store(X, 2)?;
            }
            Some(())
        })
        .thread(|m| {
            if m.load(X)? > 1 && m.load(Y)? != 3 {
                m.store(Y, 2)?;
            }
            Some(())
        })
}
