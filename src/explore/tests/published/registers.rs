//! Plain loads and stores, and nobody who waits.

use super::program::Program;
use super::{Row, Source::*, explore_table};

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;
const W: usize = 3;

pub(super) const TABLE: &[Row] = &[
    ("readers", GenMc, &[(2, 4), (8, 256), (13, 8_192)], readers),
    ("N-writers", GenMc, &[(4, 720)], |n| {
        writers_and_a_reader(n + 1)
    }),
    // The orders of the writers, and the reader among them.
    (
        "floating_read",
        Counted,
        &[(3, 24), (5, 720)],
        writers_and_a_reader,
    ),
    ("lastwrite", Counted, &[(3, 6), (5, 120)], last_write),
    // In any order of the stores, each load can come after its own store or any later one.
    (
        "race of pairs",
        Counted,
        &[(2, 4), (3, 36), (4, 576)],
        |n| pairs(n, 0),
    ),
    // GenMC has it for hundreds of steps; they make no difference.
    ("par_length", GenMc, &[(0, 4), (10, 4)], |n| pairs(2, n)),
    // The orders of the stores, and two loads among them: C(2n, n) · C(2n + 2, 2).
    (
        "redundant_co",
        Counted,
        &[(1, 12), (2, 90), (3, 560)],
        two_loads_among_stores,
    ),
    (
        "CoA",
        GenMc,
        &[(1, 4), (2, 15), (3, 130), (4, 2_028)],
        coherence,
    ),
    ("SharedPtr", GenMc, &[(100, 410)], shared_pointer),
    ("publish", GenMc, &[(40, 42)], publish),
    // The size is the number of rounds that the writers make.
    ("big0", GenMc, &[(3, 69_112)], big),
    ("big0", Reference, &[(1, 290)], big),
    ("reorder", Reference, &[(2, 56), (3, 1_248)], reorder),
    ("sat-example", Reference, &[(1, 2_476)], |_| {
        satisfiability()
    }),
];

#[test]
fn loads_and_stores_take_as_many_executions_as_are_published() {
    explore_table(TABLE);
}

fn readers(count: usize) -> Program {
    Program::new([0])
        .thread(|m| m.store(X, 42).map(drop))
        .threads(count, |m, _| m.load(X).map(drop))
}

fn writers_and_a_reader(writers: usize) -> Program {
    last_write(writers).thread(|m| m.load(X).map(drop))
}

fn last_write(writers: usize) -> Program {
    Program::new([0]).threads(writers, |m, number| m.store(X, number as u64).map(drop))
}

/// A store and a load by each thread, after some steps of its own.
fn pairs(threads: usize, own_steps: usize) -> Program {
    Program::new(vec![0; threads + 1]).threads(threads, move |m, number| {
        for step in 0..own_steps {
            m.store(number + 1, step as u64)?;
            m.load(number + 1)?;
        }
        m.store(X, number as u64)?;
        m.load(X)?;
        Some(())
    })
}

fn two_loads_among_stores(stores: usize) -> Program {
    Program::new([0])
        .threads(2, move |m, number| {
            (0..stores).try_for_each(|_| m.store(X, number as u64).map(drop))
        })
        .thread(|m| {
            m.load(X)?;
            m.load(X)?;
            Some(())
        })
}

fn coherence(threads: usize) -> Program {
    Program::new([0; 3])
        .threads(2, |m, number| {
            m.store(X, number as u64 + 1)?;
            m.load([Y, Z][number])?;
            m.load(X)?;
            Some(())
        })
        .threads(threads - 1, |m, number| {
            m.store(Y, number as u64)?;
            m.store(Z, number as u64)?;
            Some(())
        })
}

/// Each lets a pointer point to what the other looks at, then writes to where it points.
fn shared_pointer(looks: usize) -> Program {
    const POINTER: usize = Z;
    Program::new([3, 4, X as u64]).threads(2, move |m, number| {
        let (mine, others) = [(Y, X), (X, Y)][number];
        m.store(POINTER, mine as u64)?;
        for _ in 0..looks {
            m.load(others)?;
        }
        let target = m.load(POINTER)? as usize;
        let old = m.load(target)?;
        m.store(target, old + 3)?;
        Some(())
    })
}

/// A reader that looks so many times, and once more, whether something is there.
fn publish(looks: usize) -> Program {
    const IS_THERE: usize = Y;
    Program::new([0; 2])
        .thread(|m| {
            m.store(X, 42)?;
            m.store(IS_THERE, 1)?;
            Some(())
        })
        .thread(move |m| {
            for _ in 0..=looks {
                if m.load(IS_THERE)? == 1 {
                    assert_eq!(m.load(X)?, 42);
                    break;
                }
            }
            Some(())
        })
}

fn big(rounds: usize) -> Program {
    let writer = move |cells: [usize; 2]| {
        move |m: &mut dyn super::program::Memory| {
            for round in 1..=rounds as u64 {
                for cell in cells {
                    m.store(cell, round)?;
                }
            }
            Some(())
        }
    };
    let reader = |cells: &'static [usize]| {
        move |m: &mut dyn super::program::Memory| {
            cells.iter().try_for_each(|&cell| m.load(cell).map(drop))
        }
    };
    Program::new([0; 4])
        .thread(reader(&[X, Y, Z, W, X, Y, Z]))
        .thread(reader(&[X, Y, Z]))
        .thread(writer([X, Y]))
        .thread(writer([Z, W]))
}

fn reorder(setters: usize) -> Program {
    Program::new([0; 2])
        .threads(setters, |m, _| {
            m.store(X, 1)?;
            m.store(Y, 2)?;
            Some(())
        })
        .thread(|m| {
            if m.load(X)? == 0 && m.load(Y)? == 0 {
                return Some(());
            }
            if m.load(X)? == 1 {
                m.load(Y)?;
            }
            Some(())
        })
}

/// Whether two threads can each see the other's turn is a question of satisfiability here.
fn satisfiability() -> Program {
    Program::new([0; 3])
        .thread(|m| m.store(Z, 1).map(drop))
        .thread(|m| {
            m.load(Z)?;
            m.store(Y, 1).map(drop)
        })
        .thread(|m| {
            m.load(Y)?;
            m.store(X, 1).map(drop)
        })
        .thread(|m| m.store(X, 2).map(drop))
        .thread(|m| {
            m.load(X)?;
            m.store(Y, 2)?;
            m.load(Z).map(drop)
        })
        .thread(|m| {
            m.load(X)?;
            m.store(Z, 2)?;
            m.load(Y).map(drop)
        })
}
