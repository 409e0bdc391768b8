//! Concurrency katas: learn to write correct concurrent code, checked over all interleavings.
//!
//! The modules, in reading order; arrows run one way, and nothing uses what stands below it:
//!
//! | module | what it is |
//! |---|---|
//! | [`sync`] | locks, channels, atomics, threads: what katas are written with |
//! | [`explore`] | the explorer, which runs a scenario under every order of its operations |

pub mod explore;
pub mod sync;
