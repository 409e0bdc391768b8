//! What the programs share: how their threads start, how they print, read the keyboard and send texts,
//! and how a server lets its clients in.
//!
//! | to read in this order | |
//! |---|---|
//! | `threads`, [`visible`], [`speed`] | threads that the system may refuse; addresses and the text of others, made harmless; how long pauses are |
//! | [`printer`], `keyboard` | printing, for which nobody waits; reading what is typed, until it is stopped |
//! | [`framing`] | where in the bytes of a connection one message ends and the next one begins |
//! | `listening`, [`entrance`] | listening, what may go wrong there, and hanging up; a server's clients, until it is closed |
//! | `calls`, `peer` | where clients call, and lines that carry bytes; who is at the other end, and says texts |

pub(crate) mod calls;
pub mod entrance;
pub mod framing;
pub(crate) mod keyboard;
pub(crate) mod listening;
pub(crate) mod peer;
pub mod printer;
pub mod speed;
pub(crate) mod threads;
pub mod visible;

#[cfg(all(test, not(loom)))]
pub(crate) mod tests;
