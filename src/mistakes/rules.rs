//! What a learner's file should not name, and what to use in its place.

use crate::told_later;

/// Why a solution is one file.
pub(super) const ELSEWHERE: &str = told_later!(
    "what stands in another file is not read, so nobody can say \
                                    whether the checks see all that it does: put it into this one"
);

/// Why a count in a thread-local of `std` is not one of its thread.
pub(super) const THREAD_LOCAL: &str = told_later!(
    "it keeps its value from one execution to the next, and when \
                                       explored all threads share it: kata::sync::thread_local! gives \
                                       each thread its own"
);

/// What to do instead of printing to the standard error.
pub(super) const PRINTED: &str = told_later!(
    "the checks run the code thousands of times, and this is printed each time: print to the standard \
     output, which is held back but in the execution that is shown"
);

/// A name, or all names that begin with it and `::`.
pub(super) struct Rule {
    pub(super) names: &'static [&'static str],
    /// What is wrong with it, and what to use.
    pub(super) advice: &'static str,
    /// What a check has seen of code that uses it says little: it does not count as passed.
    pub(super) refuses: bool,
    /// Who waits in it never gives the turn back: the checks hang.
    pub(super) waits: bool,
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        names: &[
            "std::sync::Mutex",
            "std::sync::RwLock",
            "std::sync::Condvar",
            "std::sync::Barrier",
            "std::sync::Once",
            "std::sync::OnceLock",
            "std::sync::LazyLock",
            "std::sync::ReentrantLock",
        ],
        advice: told_later!(
            "the checks cannot see who waits for whom in it: use the Mutex, RwLock and \
                 Condvar of kata::sync, where `lock()` returns the guard itself"
        ),
        refuses: true,
        waits: true,
    },
    Rule {
        names: &["std::sync::mpsc"],
        advice: told_later!("the checks cannot see who waits for it: use kata::sync::channel"),
        refuses: true,
        waits: true,
    },
    Rule {
        names: &[
            "std::sync::atomic::Atomic",
            "std::sync::atomic::AtomicBool",
            "std::sync::atomic::AtomicU8",
            "std::sync::atomic::AtomicU16",
            "std::sync::atomic::AtomicU32",
            "std::sync::atomic::AtomicU64",
            "std::sync::atomic::AtomicUsize",
            "std::sync::atomic::AtomicI8",
            "std::sync::atomic::AtomicI16",
            "std::sync::atomic::AtomicI32",
            "std::sync::atomic::AtomicI64",
            "std::sync::atomic::AtomicIsize",
            "std::sync::atomic::AtomicPtr",
            "std::sync::atomic::fence",
        ],
        advice: told_later!(
            "the checks cannot let other threads come in before it: use kata::sync::atomic"
        ),
        refuses: true,
        waits: false,
    },
    Rule {
        names: &[
            "std::thread::spawn",
            "std::thread::scope",
            "std::thread::Builder",
            "std::thread::current",
            "std::thread::park",
            "std::thread::park_timeout",
            "std::thread::yield_now",
        ],
        advice: told_later!(
            "the checks cannot see this thread, let alone choose when it runs: use \
                 kata::sync::thread"
        ),
        refuses: true,
        waits: true,
    },
    Rule {
        names: &[
            "std::thread::sleep",
            "std::thread::sleep_ms",
            "std::thread::sleep_until",
        ],
        advice: told_later!(
            "time makes nothing happen before anything else, and the checks cannot see it: \
                 wait for what you need, with kata::sync::Condvar or kata::sync::channel"
        ),
        refuses: true,
        waits: false,
    },
    Rule {
        names: &["kata::sync::thread::sleep"],
        advice: told_later!(
            "a sleep makes nothing happen before anything else: wait for what you need, with \
                 kata::sync::Condvar or kata::sync::channel"
        ),
        refuses: false,
        waits: false,
    },
    Rule {
        names: &[
            "parking_lot",
            "crossbeam",
            "crossbeam_channel",
            "crossbeam_utils",
            "loom",
            "tokio",
            "async_std",
            "flume",
            "spin",
            "rayon",
        ],
        advice: told_later!(
            "the checks cannot see into other crates: use kata::sync, which has the same"
        ),
        refuses: true,
        waits: true,
    },
    Rule {
        names: &[
            "std::thread::LocalKey::get",
            "std::thread::LocalKey::replace",
            "std::thread::LocalKey::set",
            "std::thread::LocalKey::take",
            "std::thread::LocalKey::try_with",
            "std::thread::LocalKey::with",
            "std::thread::LocalKey::with_borrow",
            "std::thread::LocalKey::with_borrow_mut",
        ],
        advice: THREAD_LOCAL,
        refuses: true,
        waits: false,
    },
    Rule {
        names: &["std::hint::spin_loop"],
        advice: told_later!(
            "the checks cannot give the turn to another thread here: use \
                 kata::sync::hint::spin_loop"
        ),
        refuses: false,
        waits: true,
    },
    Rule {
        names: &["std::time::Instant", "std::time::SystemTime"],
        advice: told_later!("the checks have a clock of their own: use kata::sync::time::Instant"),
        refuses: false,
        waits: false,
    },
    Rule {
        names: &["std::process::exit", "std::process::abort"],
        advice: told_later!("it ends the checks, too: a thread ends by returning"),
        refuses: false,
        waits: false,
    },
    Rule {
        names: &[
            "std::env",
            "std::fs",
            "std::io::pipe",
            "std::io::stdin",
            "std::net",
            "std::os",
            "std::process::Command",
        ],
        advice: told_later!(
            "a kata needs nothing from outside its own code, and the checks cannot see what \
                 comes from there: do without"
        ),
        refuses: true,
        waits: false,
    },
    Rule {
        names: &["katas", "std::include"],
        advice: ELSEWHERE,
        refuses: true,
        waits: false,
    },
    Rule {
        names: &[
            "kata::curriculum",
            "kata::diagnosis",
            "kata::explore",
            "kata::harness",
            "kata::judge",
            "kata::results",
            "kata::mistakes",
            "kata::programs",
            "kata::sync::BACK_ENDS",
            "kata::sync::explore",
            "kata::sync::on_purpose",
            "kata::sync::operations",
            "kata::text",
            "kata::texts",
            "kata::timeline",
            "kata::told_later",
        ],
        advice: told_later!(
            "this is what checks the file, and it is not for its use: write your own"
        ),
        refuses: true,
        waits: false,
    },
];

impl Rule {
    /// True if this is one of its names, and who waits there is not seen to wait.
    pub(super) fn hangs(&self, name: &str) -> bool {
        self.waits && self.names.contains(&name)
    }

    /// The part of the path that the rule is about.
    pub(super) fn finds(&self, path: &str) -> Option<&'static str> {
        // `core` has what `std` has of these.
        let path = match path.strip_prefix("core::") {
            Some(rest) => format!("std::{rest}"),
            None => path.to_owned(),
        };
        let is_inside = |name: &&&str| {
            let rest = path.strip_prefix(**name);
            // A crate's bare name can be that of a variable.
            rest.is_some_and(|rest| {
                rest.starts_with("::") || rest.is_empty() && name.contains("::")
            })
        };
        self.names.iter().find(is_inside).copied()
    }
}
