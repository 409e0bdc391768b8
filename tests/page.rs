//! The page of `cargo kata show` in a real browser, where there is one.
#![cfg(not(loom))]

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use std::{env, fs, path::PathBuf, process};

/// A browser that can do without a screen.
fn browser() -> Option<PathBuf> {
    const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let paths = env::var_os("PATH")?;
    let mut files = env::split_paths(&paths).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    files.find(|file| file.is_file())
}

/// What the browser makes of the page once its script has run.
fn seen(browser: &PathBuf, page: &str, step: usize) -> String {
    let output = process::Command::new(browser)
        .args([
            "--headless",
            "--disable-gpu",
            "--no-sandbox",
            "--virtual-time-budget=5000",
        ])
        .args(["--dump-dom", &format!("file://{page}#{step}")])
        .output()
        .expect("the browser");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_browser_steps_through_a_failing_execution() {
    let Some(browser) = browser() else {
        println!("SKIPPED: there is no Chromium in PATH to look at the page with");
        return;
    };
    let page = env::temp_dir().join(format!("kata-page-{}.html", process::id()));
    let path = page.to_str().expect("a path in UTF-8");
    let show = ["show", "counter", "--slip", "no_lock", "-o", path];
    Command::new(cargo_bin!("kata"))
        .args(show)
        .assert()
        .success();
    let first = seen(&browser, path, 1);
    for text in [
        "Step 1 of",
        "adder-1: load",
        "aria-current=\"step\"",
        "a lost update",
    ] {
        assert!(first.contains(text), "no `{text}` in:\n{first}");
    }
    let last = seen(&browser, path, 999);
    assert!(
        last.contains("= 1</td>"),
        "what is known of the count:\n{last}"
    );
    fs::remove_file(page).expect("a page to remove");
}
