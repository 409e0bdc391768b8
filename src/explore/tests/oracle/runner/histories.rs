//! The histories of a program: each of its operations is a call, which begins and returns.

use super::{Records, World, scenario, settings};
use crate::explore::Workload;
use crate::explore::driver::Executions;
use crate::explore::model::calls::Precedence;
use crate::explore::model::verdict::FailureKind;
use crate::explore::runtime::calls;
use crate::explore::search::{BoundedDfs, SearchError, SearchStrategy};
use crate::explore::tests::oracle::program::{Op, Program, Seen, Thread};
use crate::sync::engine::atomic::AtomicU8;
use crate::sync::engine::atomic::Ordering::SeqCst;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex as Unseen};

/// The beginnings and returns of an execution, in the order in which its threads came by them.
type Lines = Arc<Unseen<Vec<String>>>;

/// How they are told.
#[derive(Clone, Default)]
pub(super) enum Told {
    #[default]
    Not,
    /// By marks, which are no operations.
    ByMarks(Lines),
    /// By operations of their own, each on an object of its own.
    BySteps(Lines),
}

impl Told {
    pub(super) fn begins(&self, thread: usize, at: usize, op: &Op) {
        self.tell(
            op,
            || format!("t{thread} begins {at}"),
            || {
                let _ = calls::begin();
            },
        );
    }

    pub(super) fn returns(&self, thread: usize, at: usize, op: &Op, seen: Option<Seen>) {
        let line = || format!("t{thread} returns {at} having seen {seen:?}");
        self.tell(op, line, || {
            let _ = calls::end();
        });
    }

    fn tell(&self, op: &Op, line: impl FnOnce() -> String, mark: impl FnOnce()) {
        let lines = match self {
            Told::Not => return,
            // What is no step does not belong to the object.
            _ if matches!(
                op,
                Op::IfSaw(_) | Op::PanicIfSaw(_) | Op::Bump | Op::WakeSelf
            ) =>
            {
                return;
            }
            Told::ByMarks(lines) => {
                mark();
                lines
            }
            Told::BySteps(lines) => {
                AtomicU8::new(0).load(SeqCst);
                lines
            }
        };
        lines.lock().unwrap().push(line());
    }
}

/// The histories of a program, each with its lines in order.
pub(in super::super) type Histories = BTreeSet<Vec<String>>;

/// Those of the plain search, in which each beginning and each return is a step. `None` if there are
/// more executions than this.
pub(in super::super) fn by_steps(program: &Program, limit: usize) -> Option<Histories> {
    let mut histories = Histories::new();
    let plain = BoundedDfs::through_all();
    run(program, Told::BySteps, plain, limit, |_, lines| {
        histories.insert(lines);
    })
    .map(|()| histories)
}

/// Those for which the executions of a reduction stand. `None` if it gives up.
pub(in super::super) fn by_marks(
    program: &Program,
    reduction: impl SearchStrategy,
    limit: usize,
) -> Option<Histories> {
    let mut histories = Histories::new();
    run(
        program,
        Told::ByMarks,
        reduction,
        limit,
        |reduction, lines| {
            let precedence = reduction.precedence().expect("it stands for others");
            let mut order = Vec::new();
            extend(&lines, &precedence, &mut order, &mut histories);
        },
    )
    .map(|()| histories)
}

/// Adds all orders of the lines that begin like this one and keep the precedence.
fn extend(
    lines: &[String],
    precedence: &Precedence,
    order: &mut Vec<usize>,
    histories: &mut Histories,
) {
    if order.len() == lines.len() {
        histories.insert(order.iter().map(|&line| lines[line].clone()).collect());
        return;
    }
    let left: Vec<usize> = (0..lines.len())
        .filter(|line| !order.contains(line))
        .collect();
    for &next in &left {
        if left.iter().all(|&other| !precedence.is_before(other, next)) {
            order.push(next);
            extend(lines, precedence, order, histories);
            order.pop();
        }
    }
}

/// Runs the executions that a strategy wants, and hands over their lines.
fn run<S: SearchStrategy>(
    program: &Program,
    told: fn(Lines) -> Told,
    strategy: S,
    limit: usize,
    mut each: impl FnMut(&S, Vec<String>),
) -> Option<()> {
    let table: Arc<[Thread]> = program.table().into();
    let (records, lines) = (Records::default(), Lines::default());
    let (threads, kept, told) = (
        Arc::clone(&table),
        Arc::clone(&records),
        told(Arc::clone(&lines)),
    );
    let workload = Workload::new("", move || {
        let world = World::of(&threads, &kept);
        let told = told.clone();
        scenario(World { told, ..world })
    });
    let settings = settings();
    let mut all = Executions::new(&workload, strategy, &settings);
    let mut tried = 0;
    while all.advance() {
        tried += 1;
        if tried > limit {
            return None;
        }
        *records.lock().unwrap() = vec![super::Record::default(); table.len()];
        lines.lock().unwrap().clear();
        let outcome = all.run();
        match all.strategy().error() {
            Some(SearchError::GaveUp) => return None,
            Some(SearchError::Diverged(difference)) => panic!("{difference}"),
            None => {}
        }
        // What a panic cuts off is not judged.
        let is_cut_off = matches!(outcome.failure, Some(FailureKind::Panic { .. }));
        if all.strategy().latest_counts() && !is_cut_off {
            let lines = std::mem::take(&mut *lines.lock().unwrap());
            each(all.strategy(), lines);
        }
    }
    Some(())
}
