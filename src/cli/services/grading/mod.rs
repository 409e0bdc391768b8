//! Checking the files of a class, without touching those of the course.
//!
//! Each file is built and run in a temporary folder of its own, by processes of its own, several at a
//! time. So none of them can spoil another by hanging, ending its process or not compiling.
//!
//! | to read in this order | |
//! |---|---|
//! | `submissions` | which files, and for which katas |
//! | `recording` | what cargo tells rustc when it builds a kata's file |
//! | `compiler` | the same for another file, elsewhere |
//! | `class` | all of them, several at a time |
//! | `report` | what came of it, for people and for programs |

pub mod class;
mod compiler;
pub mod recording;
pub mod report;
pub mod submissions;
