//! All files of a class, several at a time.

// What is shared here is shared by threads that wait for processes, and nobody explores them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::compiler::Compiler;
use super::submissions::Submission;
use crate::cli::services::cargo::Built;
use crate::cli::services::checked::Checked;
use crate::cli::services::checking::{Effort, check};
use crate::cli::services::course::{Course, LearnerFile, stub_name};
use crate::cli::services::limited::{self, Limit};
use crate::cli::services::printable::printable;
use kata::curriculum::Kata;
use kata::text;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// What files are built with and how far they are checked.
pub struct Class {
    /// By the names of the katas: for schedules and, if that is asked for, for loom.
    compilers: BTreeMap<&'static str, Vec<Compiler>>,
    effort: Effort,
    limit: Limit,
}

impl Class {
    /// Builds what these katas' files are built with. Where that fails it is what cargo says.
    pub fn new(
        course: &Course,
        katas: impl IntoIterator<Item = &'static Kata>,
        effort: Effort,
        limit: Limit,
    ) -> io::Result<Result<Self, String>> {
        let mut class = Class {
            compilers: BTreeMap::new(),
            effort,
            limit,
        };
        for kata in katas {
            if class.compilers.contains_key(kata.name) {
                continue;
            }
            let mut compilers = Vec::new();
            for &loom in effort.builds() {
                match Compiler::new(course, kata, loom, effort.thorough)? {
                    Ok(compiler) => compilers.push(compiler),
                    Err(said) => return Ok(Err(said)),
                }
            }
            class.compilers.insert(kata.name, compilers);
        }
        Ok(Ok(class))
    }

    /// Checks the files, as many at a time as there are cores. `each` is told of each of them, in their
    /// order, as soon as it and those before it have been checked.
    pub fn check(
        &self,
        submissions: &[Submission],
        mut each: impl FnMut(&Submission, &Checked) -> io::Result<()>,
    ) -> io::Result<Vec<Checked>> {
        let at_a_time = thread::available_parallelism().map_or(1, NonZero::get);
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..at_a_time.min(submissions.len()) {
                let (next, sender) = (&next, sender.clone());
                scope.spawn(move || {
                    while let Some((number, submission)) = take(submissions, next) {
                        // Nobody listens any more once one of them has failed.
                        if sender.send((number, self.check_one(submission))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut early = BTreeMap::new();
            let mut all = Vec::new();
            for (number, checked) in receiver {
                early.insert(number, checked?);
                while let Some(checked) = early.remove(&all.len()) {
                    each(&submissions[all.len()], &checked)?;
                    all.push(checked);
                }
            }
            Ok(all)
        })
    }

    /// Only if all are to end it is an error: what goes wrong with one file is said of that file.
    fn check_one(&self, submission: &Submission) -> io::Result<Checked> {
        let bytes = fs::read(&submission.path);
        let file = || LearnerFile {
            name: stub_name(submission.kata),
            shown: shown(&submission.path),
            source: String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned(),
        };
        let kata = submission.kata;
        let in_folder = || -> io::Result<Checked> {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join(stub_name(kata));
            fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
            let bytes = bytes
                .as_deref()
                .map_err(|error| io::Error::other(error.to_string()))?;
            fs::write(&path, bytes)?;
            let build = |loom| self.compiler(kata, loom).build(folder.path(), self.limit);
            check(kata, file(), self.effort, build, None)
        };
        in_folder().or_else(|error| match error.kind() {
            ErrorKind::Interrupted => Err(error),
            _ => {
                let said = |_| Ok(Built::CargoFailed(text!("error: {error}", error)));
                check(kata, file(), self.effort, said, None)
            }
        })
    }

    fn compiler(&self, kata: &Kata, loom: bool) -> &Compiler {
        &self.compilers[kata.name][usize::from(loom)]
    }
}

/// The next one that nobody has taken.
fn take<'a>(submissions: &'a [Submission], next: &AtomicUsize) -> Option<(usize, &'a Submission)> {
    let number = next.fetch_add(1, Ordering::SeqCst);
    submissions
        .get(number)
        .map(|submission| (number, submission))
}

/// The path as it can be printed.
pub fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}

/// Lets Ctrl-C end all processes, and remove their folders.
pub fn end_on_interrupt() {
    // Without it Ctrl-C ends this process alone, and the others come to their own end.
    let _ = ctrlc::set_handler(limited::end_all);
}
