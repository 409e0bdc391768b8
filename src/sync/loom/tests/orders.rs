//! No order of the operations on atomics is left out: what every interleaving of a small program
//! can see is among what loom shows of it, which may be more, since memory is weak.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeSet;
use std::sync::Mutex as Unseen;

/// What a thread does with one of two atomics.
#[derive(Clone, Copy, Debug)]
enum Access {
    Load(usize),
    Store(usize, usize),
    Add(usize),
    Exchange(usize),
}

use Access::*;

/// What each thread does.
type Program = Vec<Vec<Access>>;
/// What each thread has read.
type Seen = Vec<Vec<usize>>;

fn program() -> impl Strategy<Value = Program> {
    let atomic = || 0..2usize;
    let access = prop_oneof![
        3 => atomic().prop_map(Load),
        2 => (atomic(), 1..9usize).prop_map(|(atomic, value)| Store(atomic, value)),
        1 => atomic().prop_map(Add),
        1 => atomic().prop_map(Exchange),
    ];
    vec(vec(access, 1..=3), 2..=3)
}

/// Performs an access on plain values.
fn perform(access: Access, memory: &mut [usize; 2]) -> Option<usize> {
    let (Load(atomic) | Store(atomic, _) | Add(atomic) | Exchange(atomic)) = access;
    let old = memory[atomic];
    match access {
        Load(_) => {}
        Store(_, new) => memory[atomic] = new,
        Add(_) => memory[atomic] += 10,
        Exchange(_) if old == 0 => memory[atomic] = 100,
        Exchange(_) => {}
    }
    (!matches!(access, Store(..))).then_some(old)
}

/// What can be seen if one access follows another, in every order.
fn interleaved(program: &Program) -> BTreeSet<Seen> {
    fn go(
        next: &[usize],
        memory: [usize; 2],
        seen: &Seen,
        program: &Program,
        all: &mut BTreeSet<Seen>,
    ) {
        let mut is_over = true;
        for (thread, accesses) in program.iter().enumerate() {
            let Some(&access) = accesses.get(next[thread]) else {
                continue;
            };
            is_over = false;
            let (mut next, mut memory, mut seen) = (next.to_vec(), memory, seen.clone());
            next[thread] += 1;
            seen[thread].extend(perform(access, &mut memory));
            go(&next, memory, &seen, program, all);
        }
        if is_over {
            all.insert(seen.clone());
        }
    }
    let mut all = BTreeSet::new();
    go(
        &vec![0; program.len()],
        [0; 2],
        &vec![Vec::new(); program.len()],
        program,
        &mut all,
    );
    all
}

fn run(access: Access, memory: &[AtomicUsize; 2]) -> Option<usize> {
    match access {
        Load(atomic) => Some(memory[atomic].load(Relaxed)),
        Store(atomic, value) => {
            memory[atomic].store(value, Relaxed);
            None
        }
        Add(atomic) => Some(memory[atomic].fetch_add(10, Relaxed)),
        Exchange(atomic) => {
            let found = memory[atomic].compare_exchange(0, 100, Relaxed, Relaxed);
            Some(found.unwrap_or_else(|found| found))
        }
    }
}

/// What can be seen under loom; nothing if there are too many executions.
fn by_loom(program: &Program) -> Option<BTreeSet<Seen>> {
    let all: Arc<Unseen<BTreeSet<Seen>>> = Arc::default();
    let (program, found) = (program.clone(), Arc::clone(&all));
    let verdict = explore(no_limits(), move || {
        let memory = Arc::new([0, 0].map(AtomicUsize::new));
        let seen = Arc::new(Unseen::new(vec![Vec::new(); program.len()]));
        let mut scenario = Scenario::new();
        for (thread, accesses) in program.iter().cloned().enumerate() {
            let (memory, seen) = (Arc::clone(&memory), Arc::clone(&seen));
            scenario = scenario.thread(thread.to_string(), move || {
                for access in accesses {
                    let read = run(access, &memory);
                    seen.lock().unwrap()[thread].extend(read);
                }
            });
        }
        let found = Arc::clone(&found);
        scenario.finally(move || {
            found.lock().unwrap().insert(seen.lock().unwrap().clone());
        })
    });
    let all = all.lock().unwrap().clone();
    matches!(verdict, Verdict::Verified { .. }).then_some(all)
}

#[test]
fn every_order_of_accesses_to_atomics_is_tried() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut tried = 0;
    for _ in 0..40 {
        let program = program().new_tree(&mut runner).unwrap().current();
        if let Some(found) = by_loom(&program) {
            tried += 1;
            let missed: Vec<Seen> = interleaved(&program).difference(&found).cloned().collect();
            assert!(missed.is_empty(), "{program:?} misses {missed:?}");
        }
    }
    assert!(tried > 25, "only {tried} have been tried");
}

#[test]
fn a_load_before_another_thread_that_loads_and_stores_is_not_forgotten() {
    for program in [
        vec![vec![Load(0)], vec![Load(0), Store(0, 5)]],
        vec![vec![Load(0), Store(0, 5)], vec![Load(0)]],
        vec![vec![Load(1), Load(1)], vec![Load(1), Exchange(1)]],
    ] {
        let (expected, found) = (interleaved(&program), by_loom(&program));
        assert!(found.unwrap().is_superset(&expected), "{program:?}");
    }
}
