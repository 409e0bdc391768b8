//! Building and running learners' files, by cargo, in processes of their own.

use super::course::{Course, stub_name};
use super::limited::{self, Limit};
use super::{building, flags};
use kata::curriculum::Kata;
use kata::explore::token::Token;
use kata::harness::{
    BOARD_VARIABLE, HINT_VARIABLE, INCONCLUSIVE, PLAY_VARIABLE, PlayRequest, REPLAY_VARIABLE,
    RESULTS_VARIABLE,
};
use kata::results::{Board, Outcome, Position, Results};
use kata::text;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::{env, fs};

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
pub enum Messages<'m> {
    /// They go to the standard error.
    Shown,
    /// They are returned.
    Kept,
    /// All lines with which cargo tells programs of its work are added to these.
    Lines(&'m mut Vec<String>),
}

impl Messages<'_> {
    /// The same once more.
    pub fn again(&mut self) -> Messages<'_> {
        match self {
            Messages::Shown => Messages::Shown,
            Messages::Kept => Messages::Kept,
            Messages::Lines(lines) => Messages::Lines(lines),
        }
    }

    /// The form in which cargo is asked for them: where people read them they stay readable.
    fn format(&self) -> &'static str {
        match self {
            Messages::Shown | Messages::Kept => "json-render-diagnostics",
            Messages::Lines(_) => "json",
        }
    }
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
    /// The learner's package, by which sources are found.
    package: PathBuf,
    /// Where it runs.
    folder: PathBuf,
    thorough: bool,
    only: Option<&'static str>,
    hint: bool,
    limit: Option<Limit>,
    /// What the compiler has made of it; nothing if it has not said so.
    pub mir: String,
}

/// What a run of a learner's file came to.
pub struct Ran<T> {
    /// By its exit code.
    pub outcome: Outcome,
    /// What it printed, where that was not to be shown.
    pub said: String,
    /// What it wanted more of than it may have, if that ended it.
    pub exceeded: Option<String>,
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
        let mut command = self.command(kata);
        command
            .args(["--message-format", messages.format()])
            .args(["--", "--emit=dep-info,link,mir"]);
        let output = match &messages {
            Messages::Shown => building::run(command)?,
            Messages::Kept | Messages::Lines(_) => command.output()?,
        };
        if let Messages::Lines(lines) = messages {
            let told = String::from_utf8_lossy(&output.stdout);
            lines.extend(told.lines().map(str::to_owned));
        }
        let told: Vec<Message> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut programs = told.iter().filter(|message| message.is_of(kata.name));
        let program = programs.find_map(|message| {
            let path = message.executable.clone()?;
            let package = self.course.katas();
            let mut program = Program::new(path, package).thorough(self.thorough);
            (program.only, program.hint) = (self.only, self.hint);
            Some(program)
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
                return Err(io::Error::other(text!(
                    "{manifest} builds {built} in the place of {expected}. Put it back as it came: \
                     git checkout -- katas/Cargo.toml",
                    manifest = self.course.manifest().display(),
                    built = built.display(),
                    expected = expected[0].display()
                )));
            }
        }
        Ok(())
    }

    /// The command that builds a learner's file, up to what rustc is told beyond that.
    pub fn command(&self, kata: &Kata) -> Command {
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
        flags::set(&mut command, self.loom);
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
    /// The program of a file of this package.
    pub fn new(path: PathBuf, package: PathBuf) -> Self {
        Program {
            mir: fs::read_to_string(path.with_extension("mir")).unwrap_or_default(),
            path,
            folder: package.clone(),
            package,
            thorough: false,
            only: None,
            hint: false,
            limit: None,
        }
    }

    /// It tries many times as many executions as usual, or not.
    pub fn thorough(self, thorough: bool) -> Self {
        Program { thorough, ..self }
    }

    /// It runs in this folder, keeps to it what it writes beside, and for so long at most.
    pub fn within(self, folder: &Path, limit: Limit) -> Self {
        let (folder, limit) = (folder.to_owned(), Some(limit));
        Program {
            folder,
            limit,
            ..self
        }
    }

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
            .env("CARGO_MANIFEST_DIR", &self.package)
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
        let mut exceeded = None;
        let (status, said) = match (self.limit, out) {
            (Some(limit), _) => {
                let ended = limited::run(command, &self.folder, limit)?;
                exceeded = ended.exceeded;
                (ended.status, ended.said)
            }
            (None, None) => {
                let output = command.output()?;
                let both = [output.stdout.as_slice(), b"\n", &output.stderr].concat();
                let said = String::from_utf8_lossy(&both).into_owned();
                (Some(output.status), said)
            }
            (None, Some(out)) => (Some(show(command, out)?), String::new()),
        };
        let results = fs::read_to_string(results.path())?;
        Ok(Ran {
            outcome: status.map_or(Outcome::Failed, outcome),
            said,
            exceeded,
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
