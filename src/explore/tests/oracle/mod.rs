//! An oracle for the explorers: what small programs can come to, from the rules of their operations
//! alone.
//!
//! | | |
//! |---|---|
//! | `program`, `display`, `outcome` | what is run, and what comes of it |
//! | `generate`, `phrases`, `shrink` | programs at random, by families, and smaller ones that fail as well |
//! | `by_hand`, `tasks_by_hand` | what the oracle itself is compared with |
//! | `rare` | programs that come up too seldom |
//! | `machine` | the oracle |
//! | `runner` | the same programs on `kata::sync`, under an explorer |
//!
//! Both the plain search and the reduction must find exactly the outcomes that the oracle expects,
//! and the reduction nothing twice. The reduction's partial order must say the truth: every
//! list of an execution's operations that keeps it must be an execution with the same outcome, and
//! of two operations that are independent in a state each must come to the same after the other.
//!
//! Where each operation is taken for a call, the histories for which its executions stand must be
//! those of all executions.
//!
//! Nor may the same programs come to anything else on real threads: one in eight of them is run there
//! some times.
//!
//! `KATA_ORACLE_PROGRAMS` says how many programs are tried with each explorer, all families
//! together (2,000 by default), and `KATA_ORACLE_SEED` which. A long run, which says how much it has
//! tried:
//!
//! ```sh
//! KATA_ORACLE_PROGRAMS=200000 KATA_ORACLE_SEED=1 cargo test --lib -- oracle:: --nocapture
//! ```
//!
//! `oracle::real_threads::`, `oracle::plain_search::`, `oracle::partial_order::`, `oracle::neighbours::`, `oracle::histories::`
//! and `oracle::reduction::` select an explorer,
//! and the name of a family after that one of its tests.

mod by_hand;
mod compare;
mod display;
mod generate;
mod machine;
mod outcome;
mod phrases;
mod program;
mod rare;
mod runner;
mod shrink;
mod tasks_by_hand;

/// A test for each family of programs. The last ones are not part of the mixture.
macro_rules! families {
    ($($pure:ident),*; $($other:ident),*) => {
        /// The families of which the mixture is made.
        const PURE: &[fn() -> generate::Family] = &[$(phrases::$pure),*];

        families!(@tests $($pure)* $($other)*);
    };
    (@tests $($family:ident)*) => {
        const FAMILIES: u32 = [$(stringify!($family)),*].len() as u32;

        mod plain_search {
            $(#[test]
            fn $family() {
                super::compare::all(super::phrases::$family(), super::compare::with_plain_search);
            })*
        }

        mod partial_order {
            $(#[test]
            fn $family() {
                super::compare::all(super::phrases::$family(), super::compare::with_other_orders);
            })*
        }

        mod neighbours {
            $(#[test]
            fn $family() {
                super::compare::all(super::phrases::$family(), super::compare::with_neighbours);
            })*
        }

        mod histories {
            $(#[test]
            fn $family() {
                super::compare::part(super::phrases::$family(), super::compare::with_histories, 8);
            })*
        }

        mod real_threads {
            $(#[test]
            fn $family() {
                super::compare::part(super::phrases::$family(), super::compare::with_real_threads, 8);
            })*
        }

        mod reduction {
            $(#[test]
            fn $family() {
                super::compare::all(super::phrases::$family(), super::compare::with_reduction);
            })*
        }
    };
}

families!(
    locks,
    waits,
    timed_waits,
    rwlocks,
    channels,
    rendezvous,
    selections,
    parking,
    spurious,
    spawning,
    atomics,
    yields,
    timers,
    tasks;
    panics,
    mixed
);
