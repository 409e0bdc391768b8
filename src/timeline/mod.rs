//! A failed execution as a drawing: one column per task, and in words what went wrong.
//!
//! An [`Explanation`] is made once per failure, by a pipeline of pure functions: what the code calls
//! its objects is found in the source (`names`), the record's events are numbered and shortened
//! (`compress`) and told in words (each a `row`; `rows`, with what `object_states` knows of locks and waiters). From it come
//! the drawing, in `columns` or as a `list` where the page is too narrow, without what the check does after
//! the fault (`folded`) or when it is called back (`callbacks`); and `steps` as data. Calls that no order explains are drawn by themselves (`calls`). What an execution that passes has in the place of the
//! first event that differs is told below (`passing`).

mod callbacks;
mod calls;
mod columns;
mod compress;
mod explain;
mod explanation;
mod folded;
mod list;
mod names;
mod object_states;
mod operation_text;
mod options;
mod passing;
mod row;
mod rows;
mod shown;
pub mod source;
mod steps;
mod text;
mod width;

#[cfg(test)]
mod tests;

pub use calls::draw as draw_calls;
pub use compress::Length;
pub use explanation::Explanation;
pub use options::Options;
pub use passing::Passing;
pub use steps::Steps;
pub use text::{counted, in_digits, to_ascii, wrapped};
pub use width::{head, padded, width};
