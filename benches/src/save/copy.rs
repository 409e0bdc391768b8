//! A copy of the course to save files in.

use super::timed::{CARGO, TOOK};
use kata::curriculum;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

/// The course, built in a folder of its own: what was built there last time need not be again.
pub(super) struct Copy {
    root: PathBuf,
    target: PathBuf,
}

impl Copy {
    /// Copies and builds it.
    pub(super) fn make() -> Copy {
        let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let executable = env::current_exe().expect("this program");
        let target = executable.ancestors().nth(3).expect("a target folder");
        let folder = target.join("save");
        let course = Copy {
            root: folder.join("course"),
            target: folder.join("target"),
        };
        for part in [
            "Cargo.toml",
            "Cargo.lock",
            ".cargo",
            "src",
            "katas",
            "benches",
            "tests",
        ] {
            copy(&original.join(part), &course.root.join(part));
        }
        eprintln!("builds a copy of the course in {}", course.root.display());
        let mut build = Command::new(cargo());
        build.args([
            "build",
            "--quiet",
            "--package",
            "concurrency-katas",
            "--bin",
            "kata",
        ]);
        let status = course.surround(&mut build).status().expect("cargo");
        assert!(status.success(), "the copy of the course does not build");
        course
    }

    /// The command `kata`, with a clock beside cargo.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(self.target.join("debug/kata"));
        self.surround(&mut command)
            .env(CARGO, cargo())
            .env(TOOK, self.took())
            .env("CARGO", env::current_exe().expect("this program"));
        command
    }

    fn surround<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(&self.root)
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("RUSTFLAGS")
            .env("CARGO_TARGET_DIR", &self.target)
    }

    fn took(&self) -> PathBuf {
        self.target.join("cargo-took")
    }

    /// How long cargo ran the last time.
    pub(super) fn cargo_took(&self) -> Duration {
        let took = fs::read_to_string(self.took()).expect("how long cargo took");
        Duration::from_micros(took.parse().expect("microseconds"))
    }

    /// The file as it comes.
    pub(super) fn stub(&self, kata: &str) -> String {
        find(kata).original.to_owned()
    }

    /// Saves the file.
    pub(super) fn save(&self, kata: &str, text: &str) {
        fs::write(self.root.join("katas").join(find(kata).stub), text).expect("a file");
    }
}

fn find(kata: &str) -> &'static curriculum::Kata {
    curriculum::find(kata).expect("a kata")
}

fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The course's solution, as a learner would have written it.
pub(super) fn solution(kata: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/curriculum");
    let path = folder.join(kata).join("solution.rs");
    let source = fs::read_to_string(path).expect("the solution");
    format!(
        "{source}\nfn main() -> std::process::ExitCode {{\n    kata::{kata}::check::<Solution>()\n}}\n"
    )
}

/// Copies what has changed: the rest need not be built again.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let name = entry.expect("a file").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
        return;
    }
    let text = fs::read(from).expect("a file");
    fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
    if fs::read(to).ok() != Some(text.clone()) {
        fs::write(to, text).expect("a file");
    }
}
