//! The tasks' code, made to follow the rules: fibers that stop at every schedule point.
//!
//! | to read in this order | |
//! |---|---|
//! | `fiber` | coroutines, and the crate's only `unsafe` code |
//! | `watchdog` | gives an alarm if a task does not come to its next operation |
//! | `settings` | how executions are run |
//! | `current`, `apart` | the run on this OS thread; another one, where none can run on this one |
//! | `stuck`, `panics` | tasks that cannot be unwound; panics as values |
//! | `leaving` | how a task leaves an execution that ends |
//! | `schedule_point`, `handle` | what `kata::sync` asks for, and what its objects know of the engine |
//! | `locals`, `calls` | values of which each task has its own; the calls that are judged |
//! | `run` | runs one execution |

pub(crate) mod apart;
pub(crate) mod calls;
pub(crate) mod current;
pub(crate) mod fiber;
pub(crate) mod handle;
pub(crate) mod leaving;
pub(crate) mod locals;
pub(crate) mod panics;
pub(crate) mod run;
pub(crate) mod schedule_point;
pub(crate) mod settings;
pub(crate) mod stuck;
pub(crate) mod watchdog;
