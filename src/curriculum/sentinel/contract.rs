//! What a pipeline promises, and what it is given.

use std::sync::Arc;

/// Writers that read players and choose those of one nation, readers that hand them on, and a
/// queue of bounded capacity in between.
pub trait Pipeline: 'static {
    /// Does the whole job, with a thread for each source (a writer) and `job.readers` others.
    /// Whether it starts more threads is up to you, and whether the caller's thread is one of
    /// these.
    ///
    /// - Every player whose nation is exactly `job.nation` is delivered, once; nobody else is.
    ///   Any text and any year is a legal player, also an empty text and the year 0.
    ///   Players that are alike are delivered as often as they come.
    /// - A reader is given the players of one source in the order of that source.
    /// - Each thread goes on as long as it can. A source that has nothing to give yet holds up
    ///   neither the other writers nor the readers: what has been found is delivered. A reader
    ///   that is still delivering holds up no other reader, nor the writers as long as there is
    ///   room: whichever is free takes the next player.
    /// - At any moment at most `job.capacity` players wait in between, and besides each writer and
    ///   each reader has at most one in hand. Hence at most `capacity + writers + readers` players
    ///   of the nation have been read from the sources and not yet passed to `deliver`.
    ///   Players of other nations take up no room there.
    /// - When it returns, all is delivered: each call of `deliver` has returned, and there will be
    ///   no other. That is also so if there is no player at all. Every thread that it has started
    ///   ends.
    fn run(job: Job);
}

/// What there is to do.
pub struct Job {
    /// Where the players come from: for each writer one source. There may be none.
    pub sources: Vec<Source>,
    /// Whose players are wanted.
    pub nation: String,
    /// How many readers there are, at least 1.
    pub readers: usize,
    /// How many players may wait in the queue, at least 1.
    pub capacity: usize,
    /// What a reader does with a player: it gets the reader's number, from 0, and the player.
    pub deliver: Deliver,
}

/// Gives one player after the other; may take its time over each.
pub type Source = Box<dyn Iterator<Item = Player> + Send>;

/// Takes the reader's number and a player; may take its time over it.
pub type Deliver = Arc<dyn Fn(usize, Player) + Send + Sync>;

/// A football player.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Player {
    /// The player's name.
    pub name: String,
    /// The club.
    pub club: String,
    /// The position on the field.
    pub position: String,
    /// The year of birth.
    pub birth_year: u16,
    /// The nation that the player plays for.
    pub nation: String,
}
