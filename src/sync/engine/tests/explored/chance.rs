//! What is chosen by chance.

use super::*;
use crate::sync::engine::random;
use std::sync::Arc;

#[test]
fn every_number_that_chance_could_choose_is_tried() {
    for unlucky in 0..3 {
        let failure = failure(move || {
            let sum = Arc::new(AtomicUsize::new(0));
            let adds = |factor: usize| {
                let sum = Arc::clone(&sum);
                move || {
                    sum.fetch_add(factor * random::below(3), SeqCst);
                }
            };
            Scenario::new()
                .thread("first", adds(1))
                .thread("second", adds(3))
                .finally(move || assert_ne!(sum.load(SeqCst), 4 * unlucky, "unlucky"))
        });
        let FailureKind::Panic { message, .. } = &failure.kind else {
            panic!("{:?}", failure.kind);
        };
        assert!(message.contains("unlucky"), "{message}");
    }
}
