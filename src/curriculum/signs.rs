//! Signs that the threads of a check give each other: who is slow goes on when as many have come.

use crate::sync;
use crate::sync::channel::{Receiver, Sender};

/// Gives a sign.
pub fn signal(sign: &Sender<()>) {
    // Nobody needs it when nobody is left to receive it.
    let _ = sign.send(());
}

/// Waits for so many signs, on purpose: in the place of somebody slow.
pub fn await_signs(signs: &Receiver<()>, number: usize) {
    for _ in 0..number {
        let _ = sync::on_purpose(|| signs.recv());
    }
}
