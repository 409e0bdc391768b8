//! Mutual exclusion by loads and stores. Who would wait gives up instead.

use super::program::{Memory, Program, assume};
use super::{Row, Source::*, explore_table};

/// What the critical section is about, in each program.
const SECRET: usize = 0;

pub(super) const TABLE: &[Row] = &[
    ("dekker_f", GenMc, &[(0, 3)], |_| dekker()),
    ("dekker2-fixed", GenMc, &[(2, 6), (4, 6)], two_observers),
    ("peterson", GenMc, &[(0, 4)], |_| peterson()),
    ("szymanski", GenMc, &[(0, 6)], |_| szymanski()),
    ("lamport", GenMc, &[(2, 16)], lamport),
    // The critical sections of two threads, merged: C(2n, n).
    (
        "pthread_demo, by swaps",
        Counted,
        &[(2, 6), (3, 20)],
        swapped_lock,
    ),
    ("parker", Reference, &[(1, 13)], parker),
];

#[test]
fn mutual_exclusion_takes_as_many_executions_as_are_published() {
    explore_table(TABLE);
}

fn dekker() -> Program {
    Program::new([0; 3]).threads(2, |m, me| {
        m.store(1 + me, 1)?;
        if m.load(2 - me)? == 0 {
            m.store(SECRET, me as u64)?;
            assert_eq!(m.load(SECRET)?, me as u64);
        }
        Some(())
    })
}

/// Not both can enter, so two who wait for both have nothing to do, however much that would be.
fn two_observers(steps: usize) -> Program {
    let entered = |me: usize| 3 + me;
    let both = move |m: &mut dyn Memory| Some(m.load(entered(0))? == 1 && m.load(entered(1))? == 1);
    Program::new([0; 5])
        .threads(2, move |m, me| {
            m.store(1 + me, 1)?;
            if m.load(2 - me)? == 0 {
                m.store(entered(me), 1)?;
            }
            Some(())
        })
        .thread(move |m| {
            let steps = if both(m)? { steps } else { 0 };
            (0..steps).try_for_each(|step| m.store(1, step as u64).map(drop))
        })
        .thread(move |m| {
            let steps = if both(m)? { steps } else { 0 };
            (0..steps).try_for_each(|_| m.load(1).map(drop))
        })
}

fn critical_section(m: &mut dyn Memory, me: usize) -> Option<()> {
    m.store(SECRET, me as u64)?;
    assert_eq!(m.load(SECRET)?, me as u64);
    Some(())
}

fn peterson() -> Program {
    const TURN: usize = 3;
    Program::new([0; 4]).threads(2, |m, me| {
        let (mine, others) = (1 + me, 2 - me);
        m.store(mine, 1)?;
        m.store(TURN, others as u64)?;
        assume(m.load(others)? == 0 || m.load(TURN)? == mine as u64)?;
        critical_section(m, me)?;
        m.store(mine, 0).map(drop)
    })
}

fn szymanski() -> Program {
    Program::new([0; 3]).threads(2, |m, me| {
        let (mine, others) = (1 + me, 2 - me);
        m.store(mine, 1)?;
        assume(m.load(others)? < 3)?;
        m.store(mine, 3)?;
        if m.load(others)? == 1 {
            m.store(mine, 2)?;
            assume(m.load(others)? == 4)?;
        }
        m.store(mine, 4)?;
        assume(m.load(others)? < 2)?;
        critical_section(m, me)?;
        assume(m.load(others)? < 2 || m.load(others)? > 3)?;
        m.store(mine, 0).map(drop)
    })
}

/// Lamport's fast mutual exclusion.
fn lamport(threads: usize) -> Program {
    const X: usize = 0;
    const Y: usize = 1;
    let enter = move |m: &mut dyn Memory, me: usize| {
        let flag = |thread: usize| Y + thread;
        loop {
            m.store(flag(me), 1)?;
            m.store(X, me as u64)?;
            if m.load(Y)? != 0 {
                m.store(flag(me), 0)?;
                assume(m.load(Y)? == 0)?;
                continue;
            }
            m.store(Y, me as u64)?;
            if m.load(X)? == me as u64 {
                return Some(());
            }
            m.store(flag(me), 0)?;
            for thread in 1..=threads {
                assume(m.load(flag(thread))? == 0)?;
            }
            if m.load(Y)? == me as u64 {
                return Some(());
            }
            assume(m.load(Y)? == 0)?;
        }
    };
    Program::new(vec![0; 2 + threads]).threads(threads, move |m, number| {
        let me = number + 1;
        enter(m, me)?;
        m.store(Y, 0)?;
        m.store(Y + me, 0).map(drop)
    })
}

fn swapped_lock(times: usize) -> Program {
    const LOCK: usize = 1;
    Program::new([0; 2]).threads(2, move |m, _| {
        for _ in 0..times {
            assume(m.swap(LOCK, 1)? == 0)?;
            let old = m.load(SECRET)?;
            m.store(SECRET, old + 1)?;
            m.store(LOCK, 0)?;
        }
        Some(())
    })
}

/// Parking, as Java's virtual machine once had it: the parker looks at the permit without a lock.
fn parker(rounds: usize) -> Program {
    const PERMIT: usize = 0;
    const IS_WAITING: usize = 1;
    const IS_OVER: usize = 2;
    let flag = |me: usize| 3 + me;
    let lock = move |m: &mut dyn Memory, me: usize| {
        m.store(flag(me), 1)?;
        Some(m.load(flag(1 - me))? == 0)
    };
    let unpark = move |m: &mut dyn Memory| {
        assume(lock(m, 0)?)?;
        let old = m.load(PERMIT)?;
        m.store(PERMIT, 1)?;
        m.store(flag(0), 0)?;
        if old == 0 {
            m.store(IS_WAITING, 0)?;
        }
        Some(())
    };
    let park = move |m: &mut dyn Memory| {
        if m.load(PERMIT)? == 1 {
            return m.store(PERMIT, 0).map(drop);
        }
        if !lock(m, 1)? {
            return m.store(flag(1), 0).map(drop);
        }
        if m.load(PERMIT)? == 0 {
            m.store(IS_WAITING, 1)?;
            m.store(flag(1), 0)?;
            assume(m.load(IS_WAITING)? == 0)?;
            assume(lock(m, 1)?)?;
        }
        m.store(PERMIT, 0)?;
        m.store(flag(1), 0).map(drop)
    };
    Program::new([0; 5])
        .thread(move |m| {
            unpark(m)?;
            m.store(IS_OVER, 1)?;
            unpark(m)
        })
        .thread(move |m| {
            for _ in 0..rounds {
                if m.load(IS_OVER)? == 1 {
                    return Some(());
                }
                park(m)?;
            }
            assume(m.load(IS_OVER)? == 1)
        })
}
