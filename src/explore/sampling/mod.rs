//! Schedules at random: a scheduler is drawn for each execution, and makes its choices.
//!
//! | to read in this order | |
//! |---|---|
//! | `profile` | what executions show of the code, for those to come |
//! | `scheduler`, `schedulers` | the kinds of schedulers, and which of them is drawn when |
//! | `strategy` | the choices of one execution |

mod profile;
pub(super) mod scheduler;
pub(super) mod schedulers;
pub(super) mod strategy;

pub use schedulers::Sampler;
