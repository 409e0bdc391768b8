//! The subcommands, a file each.

pub mod brief;
pub mod check;
pub mod completions;
pub mod dev;
pub mod grade;
pub mod hint;
pub mod list;
pub mod play;
pub mod replay;
pub mod reset;
pub mod run;
pub mod show;
pub mod site;
pub mod solution;
pub mod status;
pub mod verify;
pub mod watch;
