//! "Three lines with their ends are one text." The screen takes lines. What it makes of a text with
//! ends of lines in it is its own affair.

slip! {
    OneTextForTheBlock,
    caught_by: one_after_the_other_is_printed,
    engine: OneThread,
    loom: OneThread,
}

use kata::report::{Probe, Report, Screen, block};
use std::sync::Arc;

/// Joins the lines.
struct OneTextForTheBlock {
    screen: Arc<dyn Screen>,
}

impl Report for OneTextForTheBlock {
    fn new(screen: Arc<dyn Screen>) -> Self {
        OneTextForTheBlock { screen }
    }

    fn report(&self, host: &str, probe: Probe) {
        self.screen.line(&block(host, probe()).join("\n"));
    }
}
