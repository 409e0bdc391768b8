//! `cargo kata dev`: for those who write katas, or programs that read results.

pub mod check;
pub mod new;
pub mod schema;

/// What there is for them.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Make a kata: a folder that compiles, to be filled in
    New(new::Arguments),
    /// Say all that is missing in the katas, and how to mend it
    Check(check::Arguments),
    /// Print the JSON Schema of what `--format json` prints
    Schema,
}
