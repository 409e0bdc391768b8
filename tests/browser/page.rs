//! A page of `cargo kata show`, and what it shows.

use super::spoken::english;
use super::{Browser, find};
use assert_cmd::Command;
use std::path::PathBuf;

/// The page of a slip, in a folder of its own.
pub struct Page {
    /// Its file.
    pub file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Page {
    /// Makes it.
    pub fn of(kata: &str, slip: &str) -> Page {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("page.html");
        Command::from_std(english())
            .args(["show", kata, "--slip", slip, "-o"])
            .arg(&file)
            .assert()
            .success();
        Page {
            file,
            _folder: folder,
        }
    }

    /// Opens it in a browser, if there is one.
    pub fn open(&self, fragment: &str) -> Option<Browser> {
        Some(Browser::open(&find()?, &self.file, fragment))
    }
}

/// The element shows this text, among others.
#[track_caller]
pub fn shows(browser: &mut Browser, selector: &str, text: &str) {
    let shown = browser.text(selector);
    assert!(shown.contains(text), "no `{text}` in {selector}: {shown}");
}

/// The page has complained of nothing.
#[track_caller]
pub fn is_content(browser: &Browser) {
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}
