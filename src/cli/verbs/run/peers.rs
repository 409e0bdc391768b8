//! `--addr` and `--framing`, which the servers have that talk with texts, and their clients.

use crate::cli::verbs::run::address;
use crate::cli::verbs::run::framing::Message;
use std::marker::PhantomData;

/// A program and its clients.
pub trait Program {
    /// Where the server listens unless somebody says otherwise.
    const ADDRESS: &'static str;
}

/// What a server is told.
#[derive(clap::Args)]
pub struct Listening<P: Program> {
    /// Where to listen; with port 0 the system chooses one
    #[arg(long, default_value = P::ADDRESS, value_parser = address::parse)]
    pub addr: String,
    /// What a message is
    #[arg(long, value_enum, default_value = "lines")]
    pub framing: Message,
    #[arg(skip)]
    program: PhantomData<P>,
}

/// What its clients are told.
#[derive(clap::Args)]
pub struct Calling<P: Program> {
    /// Where the server listens
    #[arg(long, default_value = P::ADDRESS, value_parser = address::parse)]
    pub addr: String,
    /// What a message is: the same as for the server
    #[arg(long, value_enum, default_value = "lines")]
    pub framing: Message,
    #[arg(skip)]
    program: PhantomData<P>,
}
