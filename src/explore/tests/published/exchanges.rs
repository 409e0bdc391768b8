//! Exchanges that can fail. One that fails has only read.

use super::program::Program;
use super::{Row, Source::*, explore_table};

pub(super) const TABLE: &[Row] = &[
    ("cas", GenMc, &[(2, 2), (3, 3), (4, 4), (5, 5)], first_come),
    (
        "casrot",
        GenMc,
        &[
            (2, 2),
            (3, 5),
            (4, 14),
            (5, 43),
            (6, 144),
            (7, 523),
            (8, 2_048),
        ],
        each_after_the_one_before,
    ),
    (
        "casw",
        GenMc,
        &[(2, 6), (3, 66), (4, 1_200), (5, 32_880)],
        exchange_then_store,
    ),
    (
        "wcas",
        GenMc,
        &[(2, 5), (3, 13), (4, 33), (5, 81), (6, 193), (7, 449)],
        all_after_a_store,
    ),
    // Those after the first find what they would write: all of them have only read.
    (
        "swaps of one value",
        Counted,
        &[(2, 2), (3, 3), (4, 4)],
        swaps,
    ),
];

#[test]
fn exchanges_take_as_many_executions_as_are_published() {
    explore_table(TABLE);
}

fn first_come(threads: usize) -> Program {
    Program::new([0]).threads(threads, |m, number| {
        m.exchange(0, 0, number as u64 + 1).map(drop)
    })
}

fn each_after_the_one_before(threads: usize) -> Program {
    Program::new([0]).threads(threads, |m, number| {
        let number = number as u64;
        m.exchange(0, number, number + 1).map(drop)
    })
}

fn exchange_then_store(threads: usize) -> Program {
    Program::new([0]).threads(threads, |m, number| {
        m.exchange(0, 0, 1)?;
        m.store(0, number as u64 + 3)?;
        Some(())
    })
}

fn all_after_a_store(threads: usize) -> Program {
    Program::new([0])
        .thread(|m| m.store(0, 2).map(drop))
        .threads(threads, |m, _| m.exchange(0, 2, 3).map(drop))
}

fn swaps(threads: usize) -> Program {
    Program::new([0]).threads(threads, |m, _| m.swap(0, 1).map(drop))
}
