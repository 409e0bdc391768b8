//! What a failure is called: every slip, and small programs with every other kind of fault.

mod endless;
mod hints;
mod near_misses;
mod overlaps;
mod panics;
mod programs;
mod slips;
mod waiting;
