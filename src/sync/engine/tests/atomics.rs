//! Every method of every atomic does what the standard library's does.

use crate::explore::runtime::panics;
use crate::sync::engine::atomic::{self, Ordering, fence};
use Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic as std_atomic;

/// Calls a method of ours and of std's with the same arguments, and compares what they return and
/// what they leave.
macro_rules! same {
    ($ours:expr, $std:expr, $($method:ident($($argument:expr),*)),* $(,)?) => {$(
        assert_eq!(
            $ours.$method($($argument),*),
            $std.$method($($argument),*),
            "{}",
            stringify!($method($($argument),*)),
        );
        assert_eq!($ours.load(SeqCst), $std.load(SeqCst), stringify!($method));
    )*};
}

/// What all of them have.
macro_rules! alike {
    ($name:ident, $a:expr, $b:expr) => {
        let (ours, std) = (atomic::$name::new($a), std_atomic::$name::new($a));
        same!(
            ours,
            std,
            load(Acquire),
            store($b, Release),
            swap($a, AcqRel),
            compare_exchange($b, $a, SeqCst, Relaxed),
            compare_exchange($a, $b, AcqRel, Acquire),
            compare_exchange_weak($a, $b, Relaxed, Relaxed),
            fetch_and($b, SeqCst),
            fetch_or($a, SeqCst),
            fetch_xor($b, SeqCst),
            fetch_nand($a, SeqCst),
            fetch_update(SeqCst, SeqCst, |_| None),
            fetch_update(SeqCst, SeqCst, |_| Some($a)),
        );
        while ours.compare_exchange_weak($a, $b, SeqCst, SeqCst).is_err() {}
        std.store($b, SeqCst);
        assert_eq!(format!("{ours:?}"), format!("{std:?}"));
        assert_eq!(ours.into_inner(), std.into_inner());
        assert_eq!(
            atomic::$name::default().into_inner(),
            std_atomic::$name::default().into_inner()
        );
        assert_eq!(atomic::$name::from($b).into_inner(), $b);
    };
}

macro_rules! integers {
    ($($name:ident($integer:ident)),*) => {$(
        let (a, b) = ($integer::MAX - 3, 5);
        alike!($name, a, b);
        let (ours, std) = (atomic::$name::new(a), std_atomic::$name::new(a));
        same!(
            ours,
            std,
            fetch_add(b, SeqCst),
            fetch_sub(b, SeqCst),
            fetch_max(b, SeqCst),
            fetch_min(b, SeqCst),
            fetch_max(a, SeqCst),
        );
    )*};
}

#[test]
fn atomics_agree_with_std_on_every_method() {
    alike!(AtomicBool, true, false);
    alike!(AtomicBool, false, true);
    integers!(
        AtomicU8(u8),
        AtomicU16(u16),
        AtomicU32(u32),
        AtomicU64(u64),
        AtomicUsize(usize),
        AtomicI8(i8),
        AtomicI16(i16),
        AtomicI32(i32),
        AtomicI64(i64),
        AtomicIsize(isize)
    );
    let (ours, std) = (
        atomic::AtomicBool::new(true),
        std_atomic::AtomicBool::new(true),
    );
    same!(ours, std, fetch_not(SeqCst), fetch_not(AcqRel));
    fence(SeqCst);
}

#[test]
fn an_ordering_that_makes_no_sense_is_refused_as_std_refuses_it() {
    let refuses = |code: fn(&atomic::AtomicU8)| {
        let atomic = atomic::AtomicU8::new(0);
        panics::capture(|| code(&atomic)).is_err()
    };
    assert!(refuses(|atomic| assert_eq!(atomic.load(Release), 0)));
    assert!(refuses(|atomic| atomic.store(1, Acquire)));
    assert!(refuses(|_| fence(Relaxed)));
}
