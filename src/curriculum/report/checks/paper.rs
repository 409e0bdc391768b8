//! The screen of the checks, which keeps all lines.

use super::hosts::Hosts;
use crate::curriculum::report::contract::{Screen, State, block};
use crate::curriculum::seen::called_back;
use crate::curriculum::workload::joined;
use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::Relaxed;
use crate::text;
use std::fmt;
use std::sync::{Arc, PoisonError};

/// What has been printed.
#[derive(Default)]
pub(super) struct Paper {
    /// How many lines. Each one is a step of who prints it: before it, others can come.
    count: AtomicUsize,
    lines: Lines,
}

// What a check notes down is nobody's operation, and never held over one.
#[allow(clippy::disallowed_types)]
type Lines = std::sync::Mutex<Vec<String>>;

impl Screen for Paper {
    fn line(&self, text: &str) {
        called_back(|| {
            // Relaxed, here and below: it is for the report to order what it calls.
            self.count.fetch_add(1, Relaxed);
            assert!(
                !text.contains('\n'),
                "{}",
                text!(
                    "what is printed as one line is several: {text}",
                    text = format!("{text:?}")
                )
            );
            let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            lines.push(text.to_owned());
        });
    }
}

impl Paper {
    pub(super) fn new() -> Arc<Self> {
        Arc::default()
    }

    fn lines(&self) -> Vec<String> {
        // Looking is a step as well.
        let _ = self.count.load(Relaxed);
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.clone()
    }

    /// Demands that a call of `report` that has returned has printed its block, whatever stands
    /// between the lines.
    pub(super) fn expect_printed(&self, host: &str, states: &[State]) {
        let lines = self.lines();
        let is_of_host = |line: &&String| line.split(" : ").next() == Some(host);
        let printed = quoted(lines.iter().filter(is_of_host));
        let expected = quoted(states.iter().map(|state| format!("{host} : {state}")));
        assert!(
            printed == expected,
            "{}",
            text!(
                "`report` has returned, and of {host} there stands {printed}, not {expected}",
                host,
                printed,
                expected
            )
        );
    }

    /// Demands that there stands block after block: one of each state that was found out.
    pub(super) fn expect_blocks(&self, hosts: &Hosts) {
        let outcomes = hosts.outcomes();
        let mut missing: Vec<[String; 3]> = outcomes
            .flat_map(|(host, outcomes)| {
                let states = outcomes.into_iter().filter_map(|outcome| outcome.0);
                states.map(move |state| block(&host, state))
            })
            .collect();
        for lines in self.lines().chunks(3) {
            let place = missing.iter().position(|block| block[..] == *lines);
            let Some(place) = place else {
                panic!(
                    "{}",
                    text!(
                        "these lines stand together, and are no block that was to be printed: {lines}",
                        lines = joined(lines, " / ")
                    )
                );
            };
            missing.remove(place);
        }
        if let Some([_, line, _]) = missing.first() {
            panic!("{}", text!("the block with `{line}` was not printed", line));
        }
    }
}

/// The lines, or a word for none.
fn quoted(lines: impl Iterator<Item = impl fmt::Display>) -> String {
    let lines: Vec<String> = lines.map(|line| format!("`{line}`")).collect();
    match &lines[..] {
        [] => text!("nothing").to_owned(),
        lines => joined(lines, ", "),
    }
}
