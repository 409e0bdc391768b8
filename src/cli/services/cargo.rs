//! Building and running learners' files, by cargo, in processes of their own.

use super::building;
use super::course::{Course, stub_name};
use kata::curriculum::Kata;
use kata::explore::token::Token;
use kata::harness::{
    BOARD_VARIABLE, HINT_VARIABLE, INCONCLUSIVE, PLAY_VARIABLE, PlayRequest, REPLAY_VARIABLE,
    RESULTS_VARIABLE,
};
use kata::results::{Board, Outcome, Position, Results};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::{env, fs, iter};

/// Cargo, for the files of one course and one kind of build.
pub struct Cargo<'a> {
    course: &'a Course,
    loom: bool,
    thorough: bool,
    /// What is built runs this check only.
    pub only: Option<&'static str>,
    /// And shows the hint that fits a failure.
    pub hint: bool,
}

/// What becomes of the compiler's messages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Messages {
    /// They go to the standard error.
    Shown,
    /// They are returned.
    Kept,
}

/// How a build ended, with the compiler's messages where they were not to be shown.
pub enum Built {
    /// The program that checks the learner's file.
    Yes(Program),
    /// rustc has refused the code.
    Refused(String),
    /// cargo has not come as far as that.
    CargoFailed(String),
}

/// A learner's file, built: it checks itself.
pub struct Program {
    path: PathBuf,
    folder: PathBuf,
    thorough: bool,
    only: Option<&'static str>,
    hint: bool,
    /// What the compiler has made of it; nothing if it has not said so.
    pub mir: String,
}

/// What a run of a learner's file came to.
pub struct Ran<T> {
    /// By its exit code.
    pub outcome: Outcome,
    /// What it printed, where that was not to be shown.
    pub said: String,
    /// What it was asked for, if it came to its end.
    pub results: Option<T>,
}

/// What cargo says of its work, as far as it is of use.
#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    src_path: PathBuf,
}

impl<'a> Cargo<'a> {
    pub fn new(course: &'a Course, loom: bool) -> Self {
        Cargo {
            course,
            loom,
            thorough: false,
            only: None,
            hint: false,
        }
    }

    /// What it builds tries many times as many executions as usual, or not.
    pub fn thorough(self, thorough: bool) -> Self {
        Cargo { thorough, ..self }
    }

    /// Builds a learner's file.
    pub fn build(&self, kata: &Kata, messages: Messages) -> io::Result<Built> {
        // This message format leaves the diagnostics readable, and the rest is for us.
        let format = ["--message-format", "json-render-diagnostics"];
        let emit = ["--", "--emit=dep-info,link,mir"];
        let mut command = self.command(kata);
        command.args(format).args(emit);
        let output = match messages {
            Messages::Shown => building::run(command)?,
            Messages::Kept => command.output()?,
        };
        let told: Vec<Message> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut programs = told.iter().filter(|message| message.is_of(kata.name));
        let program = programs.find_map(|message| {
            let path = message.executable.clone()?;
            Some(Program {
                mir: fs::read_to_string(path.with_extension("mir")).unwrap_or_default(),
                path,
                folder: self.course.katas(),
                thorough: self.thorough,
                only: self.only,
                hint: self.hint,
            })
        });
        self.is_of_the_course(kata, &told)?;
        Ok(match program.filter(|_| output.status.success()) {
            Some(program) => Built::Yes(program),
            None if told.iter().any(|m| m.reason == "build-finished") => Built::Refused(said),
            None => Built::CargoFailed(said),
        })
    }

    /// What was built is the learner's file, and what it was built with is the course: an error if the
    /// manifest of `katas` leads elsewhere.
    fn is_of_the_course(&self, kata: &Kata, told: &[Message]) -> io::Result<()> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let whole = |path: &Path| path.canonicalize().ok();
        for message in told {
            let Some(target) = &message.target else {
                continue;
            };
            let (built, expected) = if message.is_of(kata.name) {
                (&target.src_path, vec![self.course.path(&stub_name(kata))])
            } else if message.is_of("kata") && message.executable.is_none() {
                let manifest = message.manifest_path.as_ref();
                let course = self.course.path("Cargo.toml");
                (
                    manifest.unwrap_or(&target.src_path),
                    vec![course, own.clone()],
                )
            } else {
                continue;
            };
            if !expected.iter().any(|path| whole(path) == whole(built)) {
                return Err(io::Error::other(format!(
                    "{} builds {} in the place of {}. Put it back as it came: \
                     git checkout -- katas/Cargo.toml",
                    self.course.manifest().display(),
                    built.display(),
                    expected[0].display(),
                )));
            }
        }
        Ok(())
    }

    fn command(&self, kata: &Kata) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .args([
                "rustc",
                "--package",
                "katas",
                "--test",
                kata.name,
                "--manifest-path",
            ])
            .arg(self.course.manifest())
            .env_remove(REPLAY_VARIABLE);
        let variable = |name| env::var(name).ok();
        let encoded = variable(ENCODED);
        let flags = flags(encoded.as_deref(), variable(PLAIN).as_deref(), self.loom);
        command.env_remove(ENCODED).env_remove(PLAIN);
        if let Some(flags) = flags {
            command.env(ENCODED, flags);
        }
        if self.loom {
            // A folder of its own, so that the two kinds of build do not undo each other.
            command.env("CARGO_TARGET_DIR", self.target().join("loom"));
        }
        command
    }

    fn target(&self) -> PathBuf {
        ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"]
            .into_iter()
            .find_map(env::var_os)
            .map_or_else(|| self.course.target(), PathBuf::from)
    }
}

impl Message {
    fn is_of(&self, target: &str) -> bool {
        self.target.as_ref().is_some_and(|it| it.name == target)
    }
}

impl Program {
    /// Runs it, or replays a token on it. What it prints goes to `out` if there is one.
    pub fn run(
        &self,
        token: Option<&Token>,
        out: Option<&mut dyn Write>,
    ) -> io::Result<Ran<Results>> {
        match token {
            None => self.ask(None, out),
            Some(token) => self.ask(Some((REPLAY_VARIABLE, token.to_string())), out),
        }
    }

    /// Where these choices lead in it.
    pub fn play(&self, played: &PlayRequest) -> io::Result<Ran<Position>> {
        self.ask(Some((PLAY_VARIABLE, played.text())), None)
    }

    /// The whole game, from the initial state: the choices in `played` are ignored.
    pub fn board(&self, played: &PlayRequest) -> io::Result<Ran<Board>> {
        self.ask(Some((BOARD_VARIABLE, played.text())), None)
    }

    fn ask<T: DeserializeOwned>(
        &self,
        what: Option<(&str, String)>,
        out: Option<&mut dyn Write>,
    ) -> io::Result<Ran<T>> {
        let results = tempfile::NamedTempFile::new()?;
        let mut command = Command::new(&self.path);
        command
            .current_dir(&self.folder)
            // As cargo does: the sources are found by it.
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env(RESULTS_VARIABLE, results.path())
            .env_remove(REPLAY_VARIABLE)
            .env_remove(PLAY_VARIABLE)
            .env_remove(BOARD_VARIABLE);
        if let Some((variable, value)) = what {
            command.env(variable, value);
        }
        if self.hint {
            command.env(HINT_VARIABLE, "1");
        }
        if let Some(check) = self.only {
            command.args([check, "--exact"]);
        }
        for (variable, value) in THOROUGH.iter().filter(|_| self.thorough) {
            // Whoever has set one knows better.
            command.env(
                variable,
                env::var_os(variable).unwrap_or_else(|| value.into()),
            );
        }
        let (status, said) = match out {
            None => {
                let output = command.output()?;
                let both = [output.stdout.as_slice(), b"\n", &output.stderr].concat();
                let said = String::from_utf8_lossy(&both).into_owned();
                (output.status, said)
            }
            Some(out) => (show(command, out)?, String::new()),
        };
        let results = fs::read_to_string(results.path())?;
        Ok(Ran {
            outcome: outcome(status),
            said,
            results: serde_json::from_str(&results).ok(),
        })
    }
}

/// What a run of a learner's file came to.
fn outcome(status: ExitStatus) -> Outcome {
    match status.code() {
        Some(0) => Outcome::Passed,
        Some(code) if code == i32::from(INCONCLUSIVE) => Outcome::Inconclusive,
        _ => Outcome::Failed,
    }
}

fn show(mut command: Command, out: &mut dyn Write) -> io::Result<ExitStatus> {
    out.flush()?;
    if io::stdout().is_terminal() {
        return command.status();
    }
    // By way of this process, which takes it in good part when the pipe is closed.
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    if let Some(mut stdout) = child.stdout.take() {
        io::copy(&mut stdout, out)?;
    }
    child.wait()
}

/// Twenty times as much as usual.
const THOROUGH: [(&str, &str); 2] = [("KATA_CASES", "5120"), ("KATA_BUDGET", "100000")];

const PLAIN: &str = "RUSTFLAGS";
const ENCODED: &str = "CARGO_ENCODED_RUSTFLAGS";

/// The learner's own compiler flags, encoded, with `--cfg loom` if and only if it is asked for.
///
/// Flags left over from another command would silently check something else.
fn flags(encoded: Option<&str>, plain: Option<&str>, loom: bool) -> Option<String> {
    let mut given: Vec<&str> = match (encoded, plain) {
        (Some(encoded), _) => encoded.split('\x1f').collect(),
        (None, Some(plain)) => plain.split_whitespace().collect(),
        (None, None) => Vec::new(),
    };
    given.retain(|flag| !flag.is_empty() && *flag != "--cfg=loom");
    while let Some(at) = given.windows(2).position(|pair| pair == ["--cfg", "loom"]) {
        given.drain(at..at + 2);
    }
    let flags: Vec<&str> = given
        .into_iter()
        .chain(iter::repeat_n("--cfg=loom", loom.into()))
        .collect();
    (!flags.is_empty()).then(|| flags.join("\x1f"))
}

#[cfg(test)]
mod tests {
    use super::flags;

    #[track_caller]
    fn check(encoded: Option<&str>, plain: Option<&str>, schedules: &str, loom: &str) {
        let found = |loom| {
            flags(encoded, plain, loom)
                .unwrap_or_default()
                .replace('\x1f', "|")
        };
        assert_eq!(
            (found(false).as_str(), found(true).as_str()),
            (schedules, loom)
        );
    }

    #[test]
    fn loom_is_set_if_and_only_if_it_is_asked_for() {
        check(None, None, "", "--cfg=loom");
        check(None, Some(""), "", "--cfg=loom");
        check(None, Some("--cfg loom"), "", "--cfg=loom");
        check(Some("--cfg\x1floom"), Some("-O"), "", "--cfg=loom");
        check(
            None,
            Some(" -C  debuginfo=0 "),
            "-C|debuginfo=0",
            "-C|debuginfo=0|--cfg=loom",
        );
        check(
            None,
            Some("--cfg other --cfg loom"),
            "--cfg|other",
            "--cfg|other|--cfg=loom",
        );
        check(
            Some("-Clink-arg=a b"),
            None,
            "-Clink-arg=a b",
            "-Clink-arg=a b|--cfg=loom",
        );
        check(
            None,
            Some("--cfg=loom --cfg loom --cfg loom -O"),
            "-O",
            "-O|--cfg=loom",
        );
    }
}
