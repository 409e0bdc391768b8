//! `cargo kata run night` and `daemon`.

use super::clock;
use super::pace::Pace;
use crate::cli::outcome::CommandResult;
use crate::cli::services::out::{Out, unless_closed};
use kata::programs::daemon::{self, End};
use kata::programs::night::{self, Morning};
use std::io::Write;

/// The arguments of `night`.
#[derive(clap::Args)]
pub struct NightArguments {
    /// Let the clock go on when the night is over, until Ctrl-C
    #[arg(long)]
    no_daemon: bool,
    #[command(flatten)]
    pace: Pace,
}

/// The arguments of `daemon`.
#[derive(clap::Args)]
pub struct DaemonArguments {
    /// Wait for the thread in the background
    #[arg(long)]
    join: bool,
    #[command(flatten)]
    pace: Pace,
}

/// Sleeps through a night.
pub fn night(arguments: &NightArguments, out: &mut Out<impl Write>) -> CommandResult {
    let morning = if arguments.no_daemon {
        Morning::GoesOn
    } else {
        Morning::Ends
    };
    let speed = arguments.pace.speed;
    let night = night::run(
        speed,
        clock::date_and_time,
        morning,
        &mut out.until_closed(),
    );
    Ok(unless_closed(night)?)
}

/// Starts a thread in the background, and waits for it or not.
pub fn daemon(arguments: &DaemonArguments, out: &mut Out<impl Write>) -> CommandResult {
    let end = if arguments.join {
        End::AfterTheDaemon
    } else {
        End::AtOnce
    };
    let speed = arguments.pace.speed;
    let daemon = daemon::run(speed, end, &mut out.until_closed());
    Ok(unless_closed(daemon)?)
}
