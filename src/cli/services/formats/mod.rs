//! Results for programs.
//!
//! | to read in this order | |
//! |---|---|
//! | `json` | as one value, whose schema is `src/results/schema.json` |
//! | `junit` | as CI systems show test results |
//! | `spans`, `diagnostics` | as cargo and rustc tell an editor of errors |

pub mod diagnostics;
pub mod json;
pub mod junit;
mod spans;
