//! The programs over `kata::sync`.

#[path = "programs/mod.rs"]
pub mod programs;
#[path = "sync/explored.rs"]
pub mod sync;
