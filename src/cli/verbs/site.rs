//! `cargo kata site`.

// No exploration sees what a signal sets.
#![allow(clippy::disallowed_types)]

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::browser;
use crate::cli::services::course::Course;
use crate::cli::services::folder::Folder;
use crate::cli::services::gallery;
use kata::harness::counted;
use kata::text;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Somebody asks the process to end.
static IS_TO_END: AtomicBool = AtomicBool::new(false);

/// Where to.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder to write: a new one, an empty one, or one that this command has written
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
}

/// Writes a site of all slips.
pub fn site(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    // Outside of it their sources cannot be read.
    Course::find().map_err(CommandError::Usage)?;
    let target = std::path::absolute(&arguments.folder)?;
    let mut folder = Folder::begin(&target)?;
    // Without it, what is half written stays where it is.
    let _ = ctrlc::set_handler(|| IS_TO_END.store(true, Ordering::SeqCst));
    let slips = gallery::slips();
    let is_watched = io::stderr().is_terminal();
    let mut size = 0;
    let made = gallery::make(&mut |file: gallery::File, made| {
        if IS_TO_END.load(Ordering::SeqCst) {
            return Err(interrupted());
        }
        if is_watched {
            write!(
                io::stderr(),
                "\r{}",
                text!("{made} of {slips} slips", made, slips)
            )?;
        }
        size += file.text.len();
        Ok(folder.write(&file.path, &file.text)?)
    });
    if is_watched {
        writeln!(io::stderr())?;
    }
    made?;
    folder.publish()?;
    let [slips, size] = [
        counted(slips as u64, "slip"),
        counted(size as u64 / 1024, "KiB"),
    ];
    writeln!(out, "{slips}, {}", size.trim_end_matches('s'))?;
    browser::tell(&target.join("index.html"), arguments.open, out)
}

fn interrupted() -> CommandError {
    let what = text!("interrupted: nothing was written");
    CommandError::Io(io::Error::new(ErrorKind::Interrupted, what))
}
