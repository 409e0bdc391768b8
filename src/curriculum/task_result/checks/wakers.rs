//! Wakers that say what becomes of them.

use crate::curriculum::words::counted;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::{noun, text};
use std::sync::{Arc, Weak};
use std::task::{Wake, Waker};

/// Counts how often it is used.
#[derive(Default)]
pub(super) struct Counts(AtomicU64);

impl Counts {
    fn add(&self) {
        // Relaxed, here and below: whoever asks is on the thread that wakes, or has waited for it.
        self.0.fetch_add(1, Relaxed);
    }

    pub(super) fn wakes(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// What is behind a waker: it tells the count, and is there as long as the waker is kept somewhere.
struct Tells(Arc<Counts>);

impl Wake for Tells {
    fn wake(self: Arc<Self>) {
        self.0.add();
    }
}

/// A waker that was given to a poll.
pub(super) struct Given {
    counts: Arc<Counts>,
    kept: Weak<Tells>,
}

/// A waker, and what says what becomes of it.
pub(super) fn watched() -> (Waker, Given) {
    let counts = Arc::new(Counts::default());
    let tells = Arc::new(Tells(Arc::clone(&counts)));
    let kept = Arc::downgrade(&tells);
    (Waker::from(tells), Given { counts, kept })
}

impl Given {
    /// How often it was used.
    pub(super) fn wakes(&self) -> u64 {
        self.counts.wakes()
    }

    /// Demands that it was used, or was not.
    #[track_caller]
    pub(super) fn expect_wakes(&self, expected: u64) {
        let wakes = self.wakes();
        assert!(
            wakes == expected,
            "{}",
            text!(
                "`complete` has returned, and a waker has had {wakes} and not {expected}",
                wakes = counted(wakes, noun!("wake-up")),
                expected
            )
        );
    }

    /// Demands that nobody has it any more.
    #[track_caller]
    pub(super) fn expect_gone(&self) {
        assert!(
            self.kept.strong_count() == 0,
            "{}",
            text!("a waker is kept, and nobody waits by it any more")
        );
    }
}
