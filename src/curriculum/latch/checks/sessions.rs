//! Sessions of a latch: who opens, waits and looks, in any order.

use super::Make;
use crate::curriculum::latch::contract::Latch;
use crate::explore::check::Check;
use crate::judge::{Grammar, Model};
use crate::text;
use crate::told_later;
use std::fmt;
use std::sync::Arc;

#[derive(Clone, Copy)]
enum Call {
    Open,
    Wait,
    IsOpen,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Call::Open => "open",
            Call::Wait => "wait",
            Call::IsOpen => "is_open",
        })
    }
}

/// What is told; `open` and `wait` tell nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Told(Option<bool>);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(is_open) => is_open.fmt(f),
            None => f.write_str(text!("done")),
        }
    }
}

fn perform(latch: &dyn Latch, call: Call) -> Told {
    match call {
        Call::Open => latch.open(),
        Call::Wait => latch.wait(),
        Call::IsOpen => return Told(Some(latch.is_open())),
    }
    Told(None)
}

/// Whoever calls what, it opens at one moment, and only `wait` waits for that.
pub(super) fn check(make: Make) -> Check {
    let latch = Model::new(false, |is_open: &mut bool, call: &Call| match call {
        Call::Open => {
            *is_open = true;
            Some(Told(None))
        }
        Call::Wait => is_open.then_some(Told(None)),
        Call::IsOpen => Some(Told(Some(*is_open))),
    });
    let mut check = Grammar::new()
        .call(Call::Open)
        .call(Call::IsOpen)
        .call(Call::Wait)
        .check(
            "it_opens_at_one_moment",
            told_later!("Whoever calls what and when: up to one moment all find it closed, and then all find it open."),
            latch,
            make,
            |latch: &Arc<dyn Latch>, call| perform(&**latch, call),
        );
    // loom knows of no reason to wait.
    check.loom = check.exhaustive[..2].to_vec();
    check
}
