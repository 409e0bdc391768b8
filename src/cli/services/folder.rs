//! A folder that is written as a whole: at any time there is the old one, the new one, or none.
//!
//! A file in it lists what was written. A folder that has anything else in it is somebody's, and stays
//! as it is.

use crate::cli::outcome::CommandError;
use kata::text;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};
use tempfile::TempDir;

/// The file that lists the others.
const LIST: &str = ".kata-site";

/// A folder that is being written, beside the place where it will be.
pub struct Folder {
    target: PathBuf,
    beside: TempDir,
    written: BTreeSet<String>,
}

impl Folder {
    /// Begins a folder that is to be at `target`, an absolute path.
    ///
    /// # Errors
    /// Says whose it is if there is one already that was not written by this, or why none can be written.
    pub fn begin(target: &Path) -> Result<Folder, CommandError> {
        let usage = |what: String| CommandError::Usage(what);
        let name = target.file_name();
        let (Some(parent), Some(_)) = (target.parent(), name) else {
            return Err(usage(text!(
                "{target}: name a folder",
                target = target.display()
            )));
        };
        refuse_others(target).map_err(usage)?;
        let beside = tempfile::Builder::new()
            .prefix(".kata-site-")
            .tempdir_in(parent);
        let cannot = |error| usage(format!("{}: {error}", parent.display()));
        let beside = beside.map_err(cannot)?;
        fs::create_dir(beside.path().join("new")).map_err(cannot)?;
        Ok(Folder {
            target: target.to_owned(),
            beside,
            written: BTreeSet::new(),
        })
    }

    /// Writes a file; its path has `/` between its parts.
    pub fn write(&mut self, path: &str, text: &str) -> io::Result<()> {
        let file = self.unfinished().join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, text)?;
        self.written.insert(path.to_owned());
        Ok(())
    }

    /// Puts it in its place.
    pub fn publish(mut self) -> Result<(), CommandError> {
        let list: String = self
            .written
            .iter()
            .map(|path| format!("{path}\n"))
            .collect();
        self.write(LIST, &list)?;
        // Somebody may have put something there meanwhile.
        refuse_others(&self.target).map_err(CommandError::Usage)?;
        let old = self.beside.path().join("old");
        let had_one = self.target.exists();
        if had_one {
            fs::rename(&self.target, &old)?;
        }
        if let Err(error) = fs::rename(self.unfinished(), &self.target) {
            if had_one {
                fs::rename(&old, &self.target)?;
            }
            return Err(error.into());
        }
        Ok(())
    }

    fn unfinished(&self) -> PathBuf {
        self.beside.path().join("new")
    }
}

/// Says what there is at the place that this has not written.
fn refuse_others(target: &Path) -> Result<(), String> {
    let shown = target.display();
    let kind = match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("{shown}: {error}")),
        Ok(metadata) => metadata.file_type(),
    };
    if !kind.is_dir() {
        return Err(text!("{shown} is there already, and is no folder", shown));
    }
    let listed = fs::read_to_string(target.join(LIST)).unwrap_or_default();
    let listed: BTreeSet<&str> = listed.lines().chain([LIST]).collect();
    let found = files(target, "").map_err(|error| format!("{shown}: {error}"))?;
    match found.iter().find(|file| !listed.contains(file.as_str())) {
        Some(file) => Err(text!(
            "{shown} is there already, and has `{file}` in it, which is of no site that `cargo kata site` \
             has written. Nothing was changed. Name another folder, or empty this one.",
            shown,
            file = file.escape_debug()
        )),
        None => Ok(()),
    }
}

/// All files below the folder, and all empty folders, by their paths from it.
fn files(folder: &Path, from: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{from}{}", entry.file_name().to_string_lossy());
        if !entry.file_type()?.is_dir() {
            found.push(path);
            continue;
        }
        let inside = files(&entry.path(), &format!("{path}/"))?;
        match inside[..] {
            [] => found.push(path),
            _ => found.extend(inside),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(target: &Path, text: &str) -> Result<(), CommandError> {
        let mut folder = Folder::begin(target)?;
        folder.write("index.html", text)?;
        folder.write("a/b.html", text)?;
        folder.publish()
    }

    fn all(parent: &Path) -> Vec<String> {
        let mut found = files(parent, "").unwrap();
        found.sort();
        found
    }

    const SITE: [&str; 3] = ["site/.kata-site", "site/a/b.html", "site/index.html"];

    #[test]
    fn what_was_written_is_replaced_as_a_whole() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("site");
        fs::create_dir(&target).unwrap();
        for text in ["first", "second"] {
            assert!(written(&target, text).is_ok());
            assert_eq!(all(parent.path()), SITE);
            assert_eq!(fs::read_to_string(target.join("a/b.html")).unwrap(), text);
        }
    }

    #[test]
    fn what_is_somebody_elses_stays() {
        for stranger in [
            "site",
            "site/notes.txt",
            "site/a/mine.html",
            "site/.git/HEAD",
        ] {
            let parent = tempfile::tempdir().unwrap();
            let target = parent.path().join("site");
            if stranger != "site" {
                assert!(written(&target, "first").is_ok());
            }
            let file = parent.path().join(stranger);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, "mine").unwrap();
            let before = all(parent.path());
            let Err(CommandError::Usage(why)) = written(&target, "second") else {
                panic!("{stranger} was overwritten");
            };
            assert!(why.contains("is there already"), "{why}");
            assert_eq!(all(parent.path()), before);
            assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        }
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("site");
        let mut folder = Folder::begin(&target).ok().unwrap();
        folder.write("index.html", "half").unwrap();
        drop(folder);
        assert_eq!(all(parent.path()), [""; 0]);
    }

    #[test]
    fn what_comes_there_meanwhile_stays() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("site");
        let mut folder = Folder::begin(&target).ok().unwrap();
        folder.write("index.html", "new").unwrap();
        fs::create_dir(&target).unwrap();
        fs::write(target.join("mine"), "mine").unwrap();
        assert!(folder.publish().is_err());
        assert_eq!(all(parent.path()), ["site/mine"]);
    }
}
