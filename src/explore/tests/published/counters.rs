//! Threads that count, in one step or in two.

use super::program::Program;
use super::{Row, Source::*, explore_table};

pub(super) const TABLE: &[Row] = &[
    (
        "ainc",
        GenMc,
        &[(2, 2), (3, 6), (4, 24), (5, 120), (6, 720), (7, 5_040)],
        |n| increments(n, 1),
    ),
    ("binc", GenMc, &[(2, 4), (3, 36), (4, 576)], |n| {
        increments(n, 2)
    }),
    ("cinc", GenMc, &[(2, 8), (3, 216), (4, 13_824)], |n| {
        increments(n, 3)
    }),
    (
        "inc",
        GenMc,
        &[(2, 4), (3, 36), (4, 576)],
        increments_in_two_steps,
    ),
    // One who withdraws, and so many who deposit.
    ("account", Counted, &[(2, 36), (3, 576)], |n| {
        increments_in_two_steps(n + 1)
    }),
    ("rw", GenMc, &[(2, 4), (3, 36), (4, 576)], |n| {
        reads_and_writes(n, false)
    }),
    ("wrw", GenMc, &[(2, 22), (3, 300), (4, 6_576)], |n| {
        reads_and_writes(n, true)
    }),
    (
        "wainc",
        GenMc,
        &[(2, 6), (3, 24), (4, 120)],
        a_store_and_increments,
    ),
    // The orders of all the increments of a cell, merged.
    (
        "threads of three updates",
        Nidhugg,
        &[(2, 20), (3, 1_680)],
        |n| updates(n, 3),
    ),
    (
        "threads of two updates",
        Nidhugg,
        &[(2, 6), (3, 90), (4, 2_520)],
        |n| updates(n, 2),
    ),
];

#[test]
fn counters_take_as_many_executions_as_are_published() {
    explore_table(TABLE);
}

/// Each thread increments every cell.
fn increments(threads: usize, cells: usize) -> Program {
    Program::new(vec![0; cells]).threads(threads, move |m, _| {
        (0..cells).try_for_each(|cell| m.add(cell, 1).map(drop))
    })
}

fn increments_in_two_steps(threads: usize) -> Program {
    Program::new([0]).threads(threads, |m, number| {
        let old = m.load(0)?;
        m.store(0, old + (1 << number))?;
        Some(())
    })
}

fn reads_and_writes(threads: usize, and_a_writer: bool) -> Program {
    let program = Program::new([0]).threads(threads, |m, number| {
        m.load(0)?;
        m.store(0, number as u64)?;
        Some(())
    });
    if and_a_writer {
        program.thread(|m| m.store(0, 100).map(drop))
    } else {
        program
    }
}

fn a_store_and_increments(threads: usize) -> Program {
    Program::new([0])
        .thread(|m| m.store(0, 42).map(drop))
        .threads(threads, |m, _| m.add(0, 1).map(drop))
}

fn updates(threads: usize, each: usize) -> Program {
    Program::new([0]).threads(threads, move |m, _| {
        (0..each).try_for_each(|_| m.add(0, 1).map(drop))
    })
}
