//! What a failure is called: every slip, and small programs with every other kind of fault.

mod cases;
mod corpus;
mod endless;
mod facts;
mod hints;
mod memory;
mod near_misses;
mod overlaps;
mod panics;
mod programs;
mod random;
mod slips;
mod waiting;
