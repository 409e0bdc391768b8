//! Litmus tests, by the names that they have in the literature. What is stored makes no difference.

use super::program::Operation::{self, *};
use super::program::Program;
use super::{Row, Source::*, explore_table};

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;
const W: usize = 3;

/// A litmus test has no size.
const fn executions<const N: u64>() -> &'static [(usize, u64)] {
    &[(0, N)]
}

pub(super) const TABLE: &[Row] = &[
    ("SB", GenMc, executions::<3>(), |_| {
        straight(&[&[Store(X, 1), Load(Y)], &[Store(Y, 1), Load(X)]])
    }),
    ("MP", GenMc, executions::<3>(), |_| {
        straight(&[&[Store(X, 1), Store(Y, 1)], &[Load(Y), Load(X)]])
    }),
    ("LB", GenMc, executions::<3>(), |_| {
        straight(&[&[Load(X), Store(Y, 1)], &[Load(Y), Store(X, 1)]])
    }),
    ("LB3", GenMc, executions::<7>(), |_| {
        straight(&[
            &[Load(X), Store(Y, 1)],
            &[Load(Y), Store(Z, 1)],
            &[Load(Z), Store(X, 1)],
        ])
    }),
    ("2+2W", GenMc, executions::<3>(), |_| {
        straight(&[&[Store(X, 1), Store(Y, 2)], &[Store(Y, 1), Store(X, 2)]])
    }),
    ("IRIW", GenMc, executions::<15>(), |_| {
        straight(&[
            &[Store(X, 1)],
            &[Load(X), Load(Y)],
            &[Load(Y), Load(X)],
            &[Store(Y, 1)],
        ])
    }),
    ("IRIWish", GenMc, executions::<27>(), |_| {
        straight(&[
            &[Store(X, 1)],
            &[Load(X), Store(Y, 1)],
            &[Load(X), Load(Y)],
            &[Load(Y), Load(X)],
        ])
    }),
    ("CoRR", GenMc, executions::<6>(), |_| {
        straight(&[&[Store(X, 1), Store(X, 2)], &[Load(X), Load(X)]])
    }),
    ("CoRR0", GenMc, executions::<4>(), |_| {
        straight(&[&[Store(X, 1)], &[Load(X)], &[Load(X)]])
    }),
    ("CoRR1", GenMc, executions::<36>(), |_| {
        straight(&[
            &[Store(X, 1)],
            &[Store(X, 2)],
            &[Load(X), Load(X)],
            &[Load(X)],
        ])
    }),
    ("CoRR2", GenMc, executions::<72>(), |_| {
        straight(&[
            &[Store(X, 1)],
            &[Store(X, 2)],
            &[Load(X), Load(X)],
            &[Load(X), Load(X)],
        ])
    }),
    ("default", GenMc, executions::<12>(), |_| {
        straight(&[&[Load(X), Load(X)], &[Store(X, 1)], &[Store(X, 2)]])
    }),
    ("W+RRR+W", GenMc, executions::<20>(), |_| {
        straight(&[&[Store(X, 1)], &[Load(X), Load(X), Load(X)], &[Store(X, 2)]])
    }),
    ("fr+w+w+w+reads", GenMc, executions::<210>(), |_| {
        straight(&[
            &[Store(X, 1)],
            &[Store(X, 2)],
            &[Store(X, 3)],
            &[Load(X), Load(X), Load(X), Load(X)],
        ])
    }),
    ("RWC", GenMc, executions::<7>(), |_| {
        straight(&[&[Store(X, 1)], &[Load(X), Load(Y)], &[Store(Y, 1), Load(X)]])
    }),
    ("W+RWC", GenMc, executions::<7>(), |_| {
        straight(&[
            &[Store(X, 1), Store(Z, 1)],
            &[Load(Z), Load(Y)],
            &[Store(Y, 1), Load(X)],
        ])
    }),
    ("isa2", GenMc, executions::<7>(), |_| {
        straight(&[
            &[Store(X, 1), Store(Y, 1)],
            &[Load(Y), Store(Z, 1)],
            &[Load(Z), Load(X)],
        ])
    }),
    ("MP2", GenMc, executions::<9>(), |_| {
        straight(&[
            &[Store(X, 1), Store(Z, 1), Store(Y, 1), Store(W, 1)],
            &[Load(Y), Load(X)],
            &[Load(W), Load(Z)],
        ])
    }),
    ("rel-B-cumul-acq", GenMc, executions::<14>(), |_| {
        straight(&[
            &[Store(X, 1), Store(Y, 1)],
            &[Load(Y), Store(Z, 1)],
            &[Load(Z), Load(X)],
            &[Load(Y)],
        ])
    }),
    ("detour", GenMc, executions::<9>(), |_| {
        straight(&[
            &[Store(X, 1)],
            &[Load(Z), Store(X, 2), Load(X), Store(Y, 1)],
            &[Load(Y), Store(Z, 1)],
        ])
    }),
    ("Z6.U", GenMc, executions::<18>(), |_| {
        straight(&[
            &[Store(X, 1), Store(Y, 1)],
            &[Add(Y, 1), Load(Y)],
            &[Store(Y, 3), Load(X)],
        ])
    }),
    ("relseq", GenMc, executions::<16>(), |_| {
        straight(&[
            &[Store(X, 1), Store(Y, 1), Store(Y, 2)],
            &[Swap(Y, 3)],
            &[Load(Y), Load(X)],
        ])
    }),
    ("inc2w", GenMc, executions::<6>(), |_| {
        straight(&[&[Add(X, 1)], &[Store(X, 4)], &[Add(X, 2)]])
    }),
    ("wcii", GenMc, executions::<24>(), |_| {
        straight(&[
            &[Store(X, 5)],
            &[Exchange(X, 1, 2)],
            &[Add(X, 1)],
            &[Add(X, 1)],
        ])
    }),
    ("inc+inc+RR+W+RR", GenMc, executions::<600>(), |_| {
        straight(&[
            &[Add(X, 1)],
            &[Add(X, 1)],
            &[Load(X), Load(X)],
            &[Store(X, 42)],
            &[Load(X), Load(X)],
        ])
    }),
    ("viktor-relseq", GenMc, executions::<180>(), |_| {
        straight(&[
            &[Add(X, 1), Add(X, 1)],
            &[Add(X, 1), Add(X, 1)],
            &[Add(X, 1)],
            &[Add(X, 1)],
        ])
    }),
];

#[test]
fn litmus_tests_take_as_many_executions_as_are_published() {
    explore_table(TABLE);
}

fn straight(threads: &'static [&'static [Operation]]) -> Program {
    Program::straight(4, threads)
}
