//! What is said of the learner's file itself, beside what came of running it.

use super::places::{read_source, written_path_from_here};
use super::process::{FAILED_TESTS, INCONCLUSIVE};
use super::terminal::Terminal;
use super::wire::{PLAY_VARIABLE, REPLAY_VARIABLE};
use crate::curriculum::Kata;
use crate::mistakes::{self, Mistake};
use crate::text;
use libtest_mimic::{Arguments, FormatSetting};
use std::io::Write;
use std::process::ExitCode;

/// Says at once what makes the checks hang, instead of when they have hung.
pub(super) fn warn(kata: &Kata, file: &str) {
    let source = read_source(file);
    let found = source.map_or(Vec::new(), |source| mistakes::find(&source, kata.original));
    let hanging = mistakes::hanging(&found);
    if !hanging.is_empty() {
        let _ = writeln!(anstream::stdout(), "{}", told(&hanging, file, false));
    }
}

/// Says what is wrong with the file, and returns what the checks of it come to.
pub(super) fn answer(kata: &Kata, file: &str, code: ExitCode) -> ExitCode {
    let has_passed = code == ExitCode::SUCCESS;
    let has_failed = code == ExitCode::from(FAILED_TESTS);
    let is_inconclusive = code == ExitCode::from(INCONCLUSIVE);
    let is_set = |name| std::env::var_os(name).is_some();
    if !(has_passed || has_failed || is_inconclusive)
        || is_set(REPLAY_VARIABLE)
        || is_set(PLAY_VARIABLE)
    {
        return code;
    }
    let arguments = Arguments::from_args();
    if arguments.list {
        return code;
    }
    // A file that cannot be found is one of another machine: it has been checked all the same.
    let source = read_source(file);
    let found = source.map_or(Vec::new(), |source| mistakes::find(&source, kata.original));
    let refuses = found.iter().any(|mistake| mistake.refuses);
    if found.is_empty() || has_passed && !refuses {
        return code;
    }
    if arguments.format != Some(FormatSetting::Json) {
        let text = told(&found, file, !has_failed && refuses);
        // Whoever closed the pipe has read enough.
        let _ = writeln!(anstream::stdout(), "\n{text}");
    }
    if is_inconclusive && !refuses {
        return code;
    }
    ExitCode::from(FAILED_TESTS)
}

fn told(found: &[Mistake], file: &str, is_refused: bool) -> String {
    let told = mistakes::tell(found, &written_path_from_here(file));
    let told = Terminal::of_stdout().wrapped(&told);
    let title = if is_refused {
        text!("Refused: the checks found nothing, but they cannot see all that this file does.")
    } else {
        text!("In the file itself:")
    };
    format!("{title}\n\n{told}\n")
}
