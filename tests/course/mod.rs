//! Courses to try things in, with learners' files of all kinds.
#![allow(dead_code)]

use assert_cmd::cargo::cargo_bin;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// What a file keeps, and how it adds and reads; the rest is the same in all of them.
pub const UNTOUCHED: [&str; 3] = [
    "count: AtomicU64",
    "let seen = self.count.load(SeqCst);\n        self.count.store(seen + 1, SeqCst);",
    "self.count.load(SeqCst)",
];
pub const RIGHT: [&str; 3] = [
    "count: Mutex<u64>",
    "*self.count.lock() += 1;",
    "*self.count.lock()",
];
pub const DEADLOCK: [&str; 3] = [
    "count: Mutex<u64>",
    "let _held = self.count.lock();\n        *self.count.lock() += 1;",
    "*self.count.lock()",
];
/// Right, whichever of the two it adds to: so the schedule alone does not say what it does.
pub const BY_CHANCE: [&str; 3] = [
    "count: [Mutex<u64>; 2]",
    "use std::hash::BuildHasher;
        let by_chance = std::collections::hash_map::RandomState::new().hash_one(0);
        *self.count[(by_chance % 2) as usize].lock() += 1;",
    "let first = self.count[0].lock();
        *first + *self.count[1].lock()",
];

pub fn with_increment(increment: &'static str) -> [&'static str; 3] {
    let [field, _, value] = UNTOUCHED;
    [field, increment, value]
}

pub fn learners_file([field, increment, value]: [&str; 3]) -> String {
    format!(
        "//! A learner's file.
#![allow(unused)]
use kata::counter::Counter;
use kata::sync::Mutex;
use kata::sync::atomic::{{AtomicU64, Ordering::SeqCst}};

struct Tally {{
    {field},
}}

impl Counter for Tally {{
    fn new() -> Self {{
        Tally {{ count: Default::default() }}
    }}

    fn increment(&self) {{
        {increment}
    }}

    fn value(&self) -> u64 {{
        {value}
    }}
}}

fn main() -> std::process::ExitCode {{
    kata::counter::check::<Tally>()
}}
"
    )
}

/// A course whose package `katas` has these files.
pub struct Course {
    pub root: PathBuf,
}

impl Course {
    /// In the same place every time, so that cargo only builds what has changed.
    pub fn new(name: &str, files: &[(&str, [&str; 3])]) -> Course {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let crate_root = env!("CARGO_MANIFEST_DIR");
        let manifest = fs::read_to_string(format!("{crate_root}/Cargo.toml")).expect("a manifest");
        // With the same profile and lock file the dependencies are those already built.
        let profile = manifest
            .split("\n[")
            .filter(|section| section.starts_with("profile."))
            .fold(String::new(), |text, section| text + "\n[" + section)
            + "\n[profile.dev.package.concurrency-katas]\nopt-level = 0\n";
        write(
            &root.join("Cargo.toml"),
            &format!("[workspace]\nmembers = [\"katas\"]\nresolver = \"3\"\n{profile}"),
        );
        // The version keeps the courses apart, which are built in one target folder.
        let mut package = format!(
            "[package]\nname = \"katas\"\nversion = \"0.0.0-{name}\"\nedition = \"2024\"\nautotests = false\n\n\
             [dependencies]\nkata = {{ package = \"concurrency-katas\", path = {crate_root:?} }}\n\n\
             [lib]\npath = \"lib.rs\"\n"
        );
        for (target, learners) in files {
            package += &format!(
                "\n[[test]]\nname = \"{target}\"\npath = \"{target}.rs\"\nharness = false\n"
            );
            let file = root.join(format!("katas/{target}.rs"));
            write(&file, &learners_file(*learners));
        }
        write(&root.join("katas/Cargo.toml"), &package);
        write(&root.join("katas/lib.rs"), "");
        // cargo leaves out of it what is not needed: a copy of what it was tells whether it is old.
        let lock = fs::read_to_string(format!("{crate_root}/Cargo.lock")).expect("a lock file");
        if fs::read_to_string(root.join("Cargo.lock.was")).ok() != Some(lock.clone()) {
            write(&root.join("Cargo.lock"), &lock);
            write(&root.join("Cargo.lock.was"), &lock);
        }
        Course { root }
    }

    /// A course with nothing remembered, and one file, which is this.
    pub fn with(name: &str, text: &str) -> Course {
        let course = Course::new(name, &[("counter", UNTOUCHED)]);
        course.save(text);
        let _ = fs::remove_dir_all(course.root.join(".kata"));
        course
    }

    /// Makes its files tests with rustc's own `main`.
    pub fn with_harness(&self) {
        let path = self.root.join("katas/Cargo.toml");
        let manifest = fs::read_to_string(&path).expect("a manifest");
        write(&path, &manifest.replace("harness = false\n", ""));
    }

    /// Where the file of the kata `counter` is.
    pub fn stub(&self) -> PathBuf {
        self.root.join("katas/counter.rs")
    }

    /// Saves that file.
    pub fn save(&self, text: &str) {
        write(&self.stub(), text);
    }

    /// A command in this course, without what cargo has set for this test.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        command
            .current_dir(&self.root)
            .env_remove("CARGO_MANIFEST_DIR")
            .env("CARGO_TARGET_DIR", target.expect("the target folder"))
            .env("CARGO_NET_OFFLINE", "true")
            .env("KATA_WATCHDOG_SECONDS", "1")
            .env("KATA_LANG", "en")
            .env("RUST_BACKTRACE", "0")
            .env("COLUMNS", "100")
            .env("PWD", &self.root);
        command
    }

    /// The command `kata` in this course. What is listed it explores as ever, and little beyond.
    pub fn quick_kata(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(cargo_bin!("kata"));
        command.args(arguments);
        command.env("KATA_BUDGET", "50").env("KATA_CASES", "16");
        command
    }

    /// Runs the command `kata`, and expects this exit code and these texts.
    #[track_caller]
    pub fn kata(&self, arguments: &[&str], code: i32, texts: &[&str]) -> String {
        let mut command = self.command(cargo_bin!("kata"));
        let output = command.args(arguments).output().expect("the command");
        assert_eq!(output.status.code(), Some(code), "{}", printed(&output));
        has_all(&printed(&output), texts)
    }
}

/// Writes a file unless it is like that already.
pub fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

pub fn printed(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&both).into_owned()
}

#[track_caller]
pub fn has_all(printed: &str, texts: &[&str]) -> String {
    // Where a line was broken depends on the names in it.
    let unbroken = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in texts {
        let found = printed.contains(text) || unbroken.contains(text);
        assert!(found, "no `{text}` in:\n{printed}");
    }
    printed.to_owned()
}
