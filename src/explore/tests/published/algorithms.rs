//! Small algorithms where what is read decides what comes next.

use super::program::Program;
use super::{Row, Source::*, explore_table};

pub(super) const TABLE: &[Row] = &[
    (
        "lastzero",
        Nidhugg,
        &[(1, 2), (2, 5), (3, 12), (4, 28)],
        last_zero,
    ),
    ("lastzero", GenMc, &[(5, 64), (10, 3_328)], last_zero),
    ("indexer", GenMc, &[(12, 8), (15, 4_096)], indexer),
    // Three collisions of two threads for every thread after the eleventh: 8^(n - 11).
    ("indexer", Counted, &[(11, 1), (13, 64), (14, 512)], indexer),
    ("eratosthenes", GenMc, &[(5, 398)], eratosthenes),
    ("fib_bench", Nidhugg, &[(1, 11), (2, 140)], fibonacci),
    // The reference has the last only if it may look at more prefixes.
    (
        "fib_bench",
        Reference,
        &[(3, 1_698), (4, 19_605)],
        fibonacci,
    ),
    ("approxds_append", Reference, &[(3, 90)], append),
    ("control_flow", Reference, &[(2, 18), (3, 90)], control_flow),
];

#[test]
fn algorithms_take_as_many_executions_as_are_published() {
    explore_table(TABLE);
}

/// Each writer adds one to what its neighbour has; the reader looks for a zero from the other end.
fn last_zero(writers: usize) -> Program {
    Program::new(vec![0; writers + 1])
        .thread(move |m| {
            let mut at = writers;
            while m.load(at)? != 0 {
                at -= 1;
            }
            Some(())
        })
        .threads(writers, |m, number| {
            let before = m.load(number)?;
            m.store(number + 1, before + 1).map(drop)
        })
}

/// A hash table; who finds a slot taken goes on to the next.
fn indexer(threads: usize) -> Program {
    const SIZE: usize = 128;
    Program::new([0; SIZE]).threads(threads, |m, number| {
        for entry in (0..4).map(|i| 11 * i + number) {
            let mut at = entry * 7 % SIZE;
            while !m.exchange(at, 0, entry as u64)? {
                at = (at + 1) % SIZE;
            }
        }
        Some(())
    })
}

fn eratosthenes(numbers: usize) -> Program {
    Program::new(vec![0; numbers]).threads(2, move |m, _| {
        for at in 0..numbers {
            if m.load(at)? == 0 {
                m.store(at, 1)?;
                for multiple in (2 * at + 2..numbers).step_by(at + 2) {
                    m.store(multiple, 2)?;
                }
            }
        }
        Some(())
    })
}

/// Two threads add each one number to the other, and a third looks at both.
fn fibonacci(rounds: usize) -> Program {
    Program::new([1, 1])
        .threads(2, move |m, mine| {
            for _ in 0..rounds {
                let sum = m.load(0)? + m.load(1)?;
                m.store(mine, sum)?;
            }
            Some(())
        })
        .thread(|m| {
            assert!(m.load(0)? <= 144 && m.load(1)? <= 144);
            Some(())
        })
}

/// Each appends to a list without locks, if it has room; some entries are lost.
fn append(threads: usize) -> Program {
    const LENGTH: usize = 0;
    let room = threads as u64 - 1;
    Program::new(vec![0; threads]).threads(threads, move |m, number| {
        let length = m.load(LENGTH)?;
        if length < room {
            m.store(1 + length as usize, number as u64)?;
            m.store(LENGTH, length + 1)?;
        }
        Some(())
    })
}

/// Whether there is a conflict at `X` depends on the order of others.
fn control_flow(pairs: usize) -> Program {
    const X: usize = 0;
    const Y: usize = 1;
    const Z: usize = 2;
    Program::new([0; 3])
        .threads(pairs, |m, _| m.load(X).map(drop))
        .threads(pairs, |m, _| m.store(Y, 1).map(drop))
        .thread(|m| {
            if m.load(Y)? == 0 {
                m.store(Z, 1)?;
            }
            Some(())
        })
        .thread(|m| {
            if m.load(Z)? == 1 && m.load(Y)? == 0 {
                m.store(X, 1)?;
            }
            Some(())
        })
}
