//! Which files there are to be checked, and for which kata each of them is.

use kata::curriculum::{self, Kata};
use kata::text;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

/// A file that somebody has handed in.
#[derive(Clone, Debug)]
pub struct Submission {
    pub path: PathBuf,
    pub kata: &'static Kata,
}

/// What there is in the places that were named.
#[derive(Default, Debug)]
pub struct Found {
    pub submissions: Vec<Submission>,
    /// Rust's files in folders, of which it is not known for which kata they are.
    pub left_out: Vec<PathBuf>,
}

/// Finds the files: each one that is named, and those that end in `.rs` in each folder that is.
///
/// They are for `kata` if it is given, and for the one that their path names if not. It is an error if a
/// file that was named itself names none, or if there is no file at all.
pub fn find(places: &[PathBuf], kata: Option<&'static Kata>) -> Result<Found, String> {
    let mut found = Found::default();
    for place in places {
        let metadata = fs::metadata(place).map_err(|error| told(place, &error))?;
        let mut files = Vec::new();
        if metadata.is_dir() {
            list(place, &mut files).map_err(|error| told(place, &error))?;
        } else {
            files.push(place.clone());
        }
        for path in files {
            match kata.or_else(|| kata_of(&path)) {
                Some(kata) => found.submissions.push(Submission { path, kata }),
                None if metadata.is_dir() => found.left_out.push(path),
                None => return Err(unknown(&path)),
            }
        }
    }
    if found.submissions.is_empty() {
        let places: Vec<String> = places.iter().map(|it| it.display().to_string()).collect();
        let places = places.join(", ");
        return Err(match found.left_out.first() {
            Some(path) => unknown(path),
            None => text!("there is no file that ends in `.rs` in {places}", places),
        });
    }
    Ok(found)
}

fn told(place: &Path, error: &io::Error) -> String {
    format!("{}: {error}", place.display())
}

fn unknown(path: &Path) -> String {
    let katas: Vec<&str> = curriculum::all().iter().map(|kata| kata.name).collect();
    text!(
        "{path}: for which kata is it? Its name or that of a folder around it can say so ({katas}), or \
         `--kata NAME` for all of them",
        path = path.display(),
        katas = katas.join(", ")
    )
}

/// The files in a folder and those inside it that end in `.rs`, by their names. What is hidden is left
/// out, and so is what cargo has built.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        entries.push(entry?.path());
    }
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A link could lead back to where it is.
        let is_folder = fs::symlink_metadata(&path)?.is_dir();
        if name.starts_with('.') || is_folder && name == "target" {
            continue;
        }
        if is_folder {
            list(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "rs") && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

/// The kata that the file's name has in it, or that of the nearest folder which has one.
fn kata_of(path: &Path) -> Option<&'static Kata> {
    let stem = path.with_extension("");
    let mut parts = stem.components().rev().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    parts.find_map(|name| kata_in(&name))
}

/// The kata of which all words stand in the name, one after the other: `anna-ping_pong (2)`. Where there
/// are several it is not known which is meant, unless one is part of the other's name.
fn kata_in(name: &str) -> Option<&'static Kata> {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let is_in = |kata: &&Kata| {
        let wanted: Vec<&str> = kata.name.split('_').collect();
        words.windows(wanted.len()).any(|some| some == wanted)
    };
    let katas: Vec<&Kata> = curriculum::all().iter().filter(is_in).collect();
    let longest = katas.iter().max_by_key(|kata| kata.name.len())?;
    let is_part = |kata: &&Kata| longest.name.contains(kata.name);
    katas.iter().all(is_part).then_some(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_kata_is_the_one_that_its_path_names_last() {
        for (path, kata) in [
            ("counter.rs", Some("counter")),
            ("anna/counter.rs", Some("counter")),
            ("counter/anna.rs", Some("counter")),
            ("/class/counter/anna/main.rs", Some("counter")),
            ("anna-ping-pong (2).rs", Some("ping_pong")),
            ("Bounded_Queue_Ben.rs", Some("bounded_queue")),
            ("stock/relay.rs", Some("relay")),
            ("async_semaphore.rs", Some("async_semaphore")),
            ("anna_async_semaphore (2).rs", Some("async_semaphore")),
            ("semaphore_anna.rs", Some("semaphore")),
            ("counters.rs", None),
            ("counter_and_stock.rs", None),
            ("anna.rs", None),
            ("../counter/../anna.rs", Some("counter")),
            ("ping/pong.rs", None),
        ] {
            let found = kata_of(Path::new(path)).map(|kata| kata.name);
            assert_eq!(found, kata, "{path}");
        }
    }

    #[test]
    fn a_folder_has_all_files_of_rust_that_are_not_hidden_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [
            "b/counter.rs",
            "a/counter.rs",
            "a/notes.rs",
            "a/notes.txt",
            ".git/counter.rs",
            "a/target/counter.rs",
        ];
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "").expect("a file");
        }
        let places = [folder.path().to_owned()];
        let names = |paths: Vec<PathBuf>| -> Vec<String> {
            let inside = paths
                .iter()
                .map(|path| path.strip_prefix(folder.path()).unwrap());
            inside.map(|path| path.display().to_string()).collect()
        };
        let found = find(&places, None).expect("files");
        let submitted = found.submissions.into_iter().map(|it| it.path).collect();
        assert_eq!(names(submitted), ["a/counter.rs", "b/counter.rs"]);
        assert_eq!(names(found.left_out), ["a/notes.rs"]);
        let all = find(&places, curriculum::find("stock")).expect("files");
        assert!(all.submissions.iter().all(|it| it.kata.name == "stock"));
        assert_eq!((all.submissions.len(), all.left_out.len()), (3, 0));
    }

    #[test]
    fn what_cannot_be_checked_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let notes = folder.path().join("notes.rs");
        let nowhere = folder.path().join("nowhere");
        let error = |places: &[&Path]| {
            let places: Vec<PathBuf> = places.iter().map(|path| path.to_path_buf()).collect();
            find(&places, None).expect_err("nothing to check")
        };
        assert!(error(&[folder.path()]).contains("no file that ends in `.rs`"));
        fs::write(&notes, "").expect("a file");
        for places in [[notes.as_path()], [folder.path()]] {
            assert!(error(&places).contains("notes.rs: for which kata is it?"));
        }
        assert!(error(&[&nowhere]).contains("nowhere: "));
    }
}
