//! What subcommands share.
//!
//! | to read in this order | |
//! |---|---|
//! | `course` | where the learner's files are |
//! | `printable` | texts of others as a terminal can show them |
//! | `group`, `limited` | a process with all that it starts, and one that may run for so long |
//! | `building`, `flags` | what cargo says meanwhile; with which flags it builds |
//! | `cargo` | builds and runs them |
//! | `checked` | what checking one came to |
//! | `progress` | remembers that |
//! | `checking` | checks one, and has it remembered |
//! | `formats` | the results for programs |
//! | `grading` | the files of a class |
//! | `code`, `broken`, `steps` | the code to play on; the execution that breaks it; an execution in lines |
//! | `highlight`, `page`, `markdown` | source with its looks; pages, and texts in them |
//! | `folder`, `gallery`, `browser` | a folder that is written as a whole; a site of all slips in it; what opens it |
//! | `names` | names on the command line |
//! | `briefs`, `hints`, `overview`, `backups` | what `watch` shows and does as other verbs do |
//! | `pager` | a long text on a terminal |
//! | `background`, `out`, `entry` | the process beside; what is printed; a line that is typed |
//! | `stop`, `screen`, `window` | Ctrl-Z; the terminal, and what fits on it |
//! | `widgets` | what programs are made of that take all of it |

pub mod background;
pub mod backups;
pub mod briefs;
pub mod broken;
pub mod browser;
pub mod building;
pub mod cargo;
pub mod checked;
pub mod checking;
pub mod code;
pub mod course;
pub mod entry;
pub mod flags;
pub mod folder;
pub mod formats;
pub mod gallery;
pub mod grading;
pub mod group;
pub mod highlight;
pub mod hints;
pub mod limited;
pub mod markdown;
pub mod names;
pub mod out;
pub mod overview;
pub mod page;
pub mod pager;
pub mod printable;
pub mod progress;
pub mod screen;
pub mod steps;
pub mod stop;
pub mod widgets;
pub mod window;
