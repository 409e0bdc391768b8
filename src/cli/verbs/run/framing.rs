//! Where messages end, as it is typed.

use kata::programs::kit::framing::Framing;

/// What a message is.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Message {
    /// A line
    Lines,
    /// What one read returns, as the original Python programs need it
    Chunks,
}

impl From<Message> for Framing {
    fn from(message: Message) -> Framing {
        match message {
            Message::Lines => Framing::Lines,
            Message::Chunks => Framing::Chunks,
        }
    }
}
