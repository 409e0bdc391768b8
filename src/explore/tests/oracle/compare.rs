//! What the explorers find, compared with what the oracle expects.

use super::FAMILIES;
use super::generate::Family;
use super::machine::{Expected, expected};
use super::outcome::{Ending, Outcome};
use super::program::{Op, Program, RENDEZVOUS};
use super::runner::{Found, Refusal, found, histories, natively};
use crate::explore::search::BoundedDfs;
use crate::explore::search::dpor::Dpor;
use crate::explore::search::dpor::neighbours::Neighbours;
use crate::explore::search::dpor::reorder::Reorder;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::env;
use std::str::FromStr;

/// With more states than this a program is too large.
const MOST_STATES: usize = 2_500;

/// With more threads than this it has so many states that they are not counted.
const MOST_THREADS: usize = 7;

/// With more executions than this it is so for the plain search.
const MOST_PLAIN: u64 = 1_000;

/// What takes an explorer more than this is too large for it.
const MOST_TRIED: usize = 5_000;

/// How many executions at random are tried of a program, with others of the same partial orders.
const REORDERED: usize = 30;

/// In how many executions of a program, two by two, neighbours are tried in both orders.
const WITH_NEIGHBOURS: usize = 60;

/// With more histories than about this it is too large for all of them.
const MOST_HISTORIES: usize = 8_000;

/// How often a program is run on real threads.
const ON_REAL_THREADS: usize = 6;

/// Why a comparison does not come out as it should.
pub(super) enum Objection {
    /// The program is too large to be compared.
    TooLarge,
    /// The explorer is wrong, or the oracle.
    Mismatch(String),
}

use Objection::{Mismatch, TooLarge};

type Compare = fn(&Program, &Expected) -> Result<(), Objection>;

/// Compares an explorer's finds with the oracle's for the family's share of the programs; what is
/// too large does not count.
pub(super) fn all(family: Family, compare: Compare) {
    part(family, compare, 1);
}

/// The same for one of so many of its programs.
pub(super) fn part(family: Family, compare: Compare, of: u32) {
    let config = Config {
        cases: number("KATA_ORACLE_PROGRAMS", 2_000_u32).div_ceil(FAMILIES * of),
        rng_seed: RngSeed::Fixed(number("KATA_ORACLE_SEED", 0)),
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        max_shrink_iters: number("PROPTEST_MAX_SHRINK_ITERS", 10_000),
        ..Config::default()
    };
    let (tried, too_large) = (Cell::new(0), Cell::new(0));
    let tested = TestRunner::new(config).run(&family.programs(), |program| {
        tried.set(tried.get() + 1);
        one(&program, compare).map_err(|objection| match objection {
            TooLarge => {
                too_large.set(too_large.get() + 1);
                TestCaseError::reject("too large")
            }
            Mismatch(what) => TestCaseError::fail(what),
        })
    });
    let (tried, too_large) = (tried.get(), too_large.get());
    println!("{tried} programs, {too_large} of them too large");
    match tested {
        Ok(()) => {}
        Err(TestError::Fail(what, program)) => panic!("\n{program}\n{what}\n"),
        Err(other) => panic!("{other}"),
    }
}

fn one(program: &Program, compare: Compare) -> Result<(), Objection> {
    if program.table().len() > MOST_THREADS || may_be_given_up(program) {
        return Err(TooLarge);
    }
    let expected = expected(program, MOST_STATES).ok_or(TooLarge)?;
    compare(program, &expected)
}

/// True for a program in which a selection may wait at the channel without room while others only
/// attempt to find it there: its exploration is given up.
fn may_be_given_up(program: &Program) -> bool {
    let selects = |op: &Op| op.selects().is_some_and(|both| both.contains(&RENDEZVOUS));
    let attempts = |op: &Op| matches!(op, Op::TrySend(RENDEZVOUS));
    let threads = program.table();
    let has = |wanted: &dyn Fn(&Op) -> bool| threads.iter().any(|it| it.code.iter().any(wanted));
    has(&selects) && has(&attempts)
}

/// Compares one program, with the reduction and with many orders.
#[track_caller]
pub(super) fn thoroughly(program: &Program) {
    let many = |program: &Program, expected: &Expected| reordered(program, expected, MOST_TRIED);
    for compare in [many, with_reduction] {
        match one(program, compare) {
            Ok(()) => {}
            Err(TooLarge) => panic!("too large"),
            Err(Mismatch(what)) => panic!("{what}"),
        }
    }
}

/// The outcomes that the oracle expects, a line each.
pub(super) fn shown(program: &Program) -> BTreeSet<String> {
    let table = program.table();
    let expected = expected(program, MOST_STATES).expect("a small program");
    (expected.outcomes.iter())
        .map(|outcome| outcome.show(&table))
        .collect()
}

fn number<N: FromStr>(variable: &str, default: N) -> N {
    let text = env::var(variable).ok();
    text.map_or(default, |text| {
        let number = text.parse().ok();
        number.unwrap_or_else(|| panic!("{variable} is no number: {text}"))
    })
}

pub(super) fn with_plain_search(program: &Program, expected: &Expected) -> Result<(), Objection> {
    if expected.executions > MOST_PLAIN {
        return Err(TooLarge);
    }
    // There can be more than the oracle counts: a thread that unparks others makes one step more.
    let found =
        found(program, BoundedDfs::through_all(), |_| 0, MOST_TRIED).map_err(|_| TooLarge)?;
    same(&expected.outcomes, &found.outcomes, program)
}

pub(super) fn with_other_orders(program: &Program, expected: &Expected) -> Result<(), Objection> {
    reordered(program, expected, REORDERED)
}

/// Executions at random, and others of the same partial orders.
fn reordered(program: &Program, expected: &Expected, count: usize) -> Result<(), Objection> {
    let found = found(program, Reorder::new(count), |_| 0, MOST_TRIED).map_err(|_| TooLarge)?;
    let extra = found.outcomes.difference(&expected.outcomes).collect();
    none([("extra", extra)], program)
}

/// Real threads, which must come to nothing that the reduction does not find. A program that can wait
/// for ever, or panic, is none for them.
pub(super) fn with_real_threads(program: &Program, expected: &Expected) -> Result<(), Objection> {
    let ends = |outcome: &Outcome| outcome.ending == Ending::Ends;
    if !expected.outcomes.iter().all(ends) {
        return Err(TooLarge);
    }
    let explored = found(program, Dpor::with_source_sets(), Dpor::order, MOST_TRIED)
        .map_err(|refusal| objection(refusal, program, expected))?;
    for _ in 0..ON_REAL_THREADS {
        let Some(outcome) = natively::run(program) else {
            return Err(Mismatch("it does not end on real threads".to_owned()));
        };
        if !explored.outcomes.contains(&outcome) {
            return none([("only on real threads", vec![&outcome])], program);
        }
    }
    Ok(())
}

/// Two operations in a state at random, in both orders.
pub(super) fn with_neighbours(program: &Program, _expected: &Expected) -> Result<(), Objection> {
    let neighbours = Neighbours::new(WITH_NEIGHBOURS);
    found(program, neighbours, |_| 0, MOST_TRIED).map_err(|_| TooLarge)?;
    Ok(())
}

/// The histories for which the reduction's executions stand, in which each operation is a call: they
/// must be those of the plain search, in which beginnings and returns are steps.
pub(super) fn with_histories(program: &Program, _expected: &Expected) -> Result<(), Objection> {
    if orders_of_steps(program) > MOST_HISTORIES as f64 {
        return Err(TooLarge);
    }
    let expected = histories::by_steps(program, 3 * MOST_HISTORIES).ok_or(TooLarge)?;
    let found = histories::by_marks(program, Dpor::default(), MOST_TRIED)
        .or_else(|| histories::by_marks(program, Dpor::with_source_sets(), MOST_TRIED))
        .ok_or_else(|| Mismatch("it gave up".to_owned()))?;
    let line = |kind: &str, history: &Vec<String>| format!("{kind}: {history:#?}\n");
    let missing = expected.difference(&found).map(|one| line("missing", one));
    let extra = found.difference(&expected).map(|one| line("extra", one));
    match missing.chain(extra).next() {
        None => Ok(()),
        Some(text) => Err(Mismatch(text)),
    }
}

/// About how many orders there are of the threads' steps, with two more for each operation.
fn orders_of_steps(program: &Program) -> f64 {
    let table = program.table();
    let mut orders = 1.0;
    let mut all = 0;
    for thread in &table {
        for step in 1..=3 * thread.code.len() {
            all += 1;
            orders *= f64::from(all) / step as f64;
        }
    }
    orders
}

/// With wakeup trees, unless the search gives up on them, and with source sets.
pub(super) fn with_reduction(program: &Program, expected: &Expected) -> Result<(), Objection> {
    let found = |explorer| found(program, explorer, Dpor::order, MOST_TRIED);
    // Which waiter is woken, and whether something ends or fails by itself, is a choice that a way to a
    // reversal does not foresee in every case.
    let text = program.to_string();
    let has_choices = text.contains("wait") || text.contains("weak");
    match found(Dpor::default()) {
        Err(Refusal::GaveUp) if is_foreseen(program) => {
            return Err(Mismatch("it gave up on wakeup trees".to_owned()));
        }
        Err(Refusal::GaveUp) => {}
        Err(refusal) => return Err(objection(refusal, program, expected)),
        Ok(found) => {
            same(&expected.outcomes, &found.outcomes, program).map_err(
                |objection| match objection {
                    Mismatch(text) => Mismatch(format!("with wakeup trees: {text}")),
                    TooLarge => TooLarge,
                },
            )?;
            nothing_twice(&found, !has_choices)?;
        }
    }
    let found =
        found(Dpor::with_source_sets()).map_err(|refusal| objection(refusal, program, expected))?;
    same(&expected.outcomes, &found.outcomes, program)?;
    if has_joint_steps(program) {
        // They commute with nothing, as far as the search knows.
        return Ok(());
    }
    nothing_twice(&found, false)
}

/// True if a thread can panic without ending the execution: what its destructors do belongs to one
/// step with what it did before.
fn has_joint_steps(program: &Program) -> bool {
    let panics = |op: &Op| matches!(op, Op::PanicIfSaw(_));
    let threads = program.table();
    let mut spawned = threads.iter().filter(|thread| thread.is_spawned);
    spawned.any(|thread| thread.code.iter().any(panics))
}

/// True for a program without what the search need not foresee: then wakeup trees have to do.
fn is_foreseen(program: &Program) -> bool {
    let is_open = |op: &Op| {
        matches!(
            op,
            Op::Wait(_)
                | Op::WaitFor(_)
                | Op::PanicIfSaw(_)
                | Op::CompareExchangeWeak(..)
                | Op::TryWrite(_)
                | Op::Park
                | Op::ParkTimeout
                | Op::Pend
                | Op::PendFor
                | Op::Select(..)
                | Op::SelectFor(..)
                | Op::TrySend(RENDEZVOUS)
                | Op::SendTimeout(RENDEZVOUS)
                | Op::TryRecv(RENDEZVOUS)
                | Op::RecvTimeout(RENDEZVOUS)
        )
    };
    let threads = program.table();
    !threads.iter().any(|thread| thread.code.iter().any(is_open))
}

/// What to make of a reduction that finds nothing.
fn objection(refusal: Refusal, program: &Program, expected: &Expected) -> Objection {
    let there_are = expected.executions;
    // A selection is one step to the oracle. Here it looks at one operation after the other, and which
    // of them comes first is a choice; those that meet from both sides cost several times as many.
    let selects = |op: &&Op| op.selects().is_some();
    let threads = program.table();
    let selections: usize = (threads.iter())
        .map(|thread| thread.code.iter().filter(selects).count())
        .sum();
    match refusal {
        Refusal::GaveUp => Mismatch("it gave up".to_owned()),
        Refusal::TooMany if there_are > MOST_TRIED as u64 >> (3 + selections) => TooLarge,
        Refusal::TooMany => Mismatch(format!("more than {MOST_TRIED} executions, of {there_are}")),
    }
}

/// No order twice, and nothing broken off unless source sets had to do.
fn nothing_twice(found: &Found, is_optimal: bool) -> Result<(), Objection> {
    let (executions, redundant) = (found.executions, found.redundant);
    let orders = found.orders.len();
    if (redundant == 0 || !is_optimal) && executions == orders {
        Ok(())
    } else {
        Err(Mismatch(format!(
            "{executions} executions with {orders} orders, and {redundant} broken off"
        )))
    }
}

fn same(
    expected: &BTreeSet<Outcome>,
    found: &BTreeSet<Outcome>,
    program: &Program,
) -> Result<(), Objection> {
    let missing = expected.difference(found).collect();
    let extra = found.difference(expected).collect();
    none([("missing", missing), ("extra", extra)], program)
}

/// Objects to outcomes of these kinds.
fn none<const N: usize>(
    kinds: [(&str, Vec<&Outcome>); N],
    program: &Program,
) -> Result<(), Objection> {
    let table = program.table();
    let line = |kind: &str, outcome: &Outcome| format!("{kind}: {}\n", outcome.show(&table));
    let lines = kinds
        .iter()
        .flat_map(|(kind, outcomes)| outcomes.iter().map(|o| line(kind, o)));
    let text: String = lines.collect();
    if text.is_empty() {
        Ok(())
    } else {
        Err(Mismatch(text))
    }
}
