//! `cargo kata dev`: for those who write katas.

pub mod check;
pub mod new;

/// What there is for them.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Make a kata: a folder that compiles, to be filled in
    New(new::Arguments),
    /// Say all that is missing in the katas, and how to mend it
    Check(check::Arguments),
}
