//! `cargo kata watch`: a check whenever a file is saved, and keys for what comes next.
//!
//! It looks at the file's content twenty times a second: that sees every way in which editors save,
//! on every file system. The check itself is `cargo kata check` in a process of its own.

// What is timed here is a compiler, which nobody explores.
#![allow(clippy::disallowed_methods)]

use super::course::{Course, stub_path};
use super::progress::{self, hash};
use super::screen::{Key, Screen};
use super::{Outcome, Trouble, brief, hint, list, names, reset};
use kata::curriculum::{self, Kata};
use kata::harness::Terminal;
use serde_json::Value;
use std::env;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a saved file may go unseen.
const TICK: Duration = Duration::from_millis(50);

/// Which file.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata; without, the first that does not pass yet
    #[arg(value_parser = names::kata())]
    name: Option<&'static Kata>,
}

/// Watches until it is told to quit.
pub fn watch(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let course = Course::find().map_err(Trouble::Usage)?;
    let kata = arguments.name.unwrap_or_else(|| next_to_do(&course));
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Trouble::Usage(format!(
            "`watch` needs a terminal. Without one: cargo kata check {}",
            kata.name
        )));
    }
    out.flush()?;
    let mut watch = Watch {
        screen: Screen::enter()?,
        terminal: Terminal::of_stdout(),
        course,
        kata,
        seen: None,
        run: None,
        verdict: String::new(),
        view: View::Verdict,
    };
    watch.run()
}

fn next_to_do(course: &Course) -> &'static Kata {
    let katas = curriculum::all();
    let is_done = |kata: &Kata| {
        matches!(
            progress::of(course, kata),
            progress::Progress::Passes { .. }
        )
    };
    katas
        .iter()
        .find(|kata| !is_done(kata))
        .unwrap_or(&katas[0])
}

/// What is on the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Verdict,
    Brief,
    List,
    /// With this many hints of the three.
    Hint(u8),
    /// The failing execution up to this step.
    Steps(usize),
    /// Whether the file is really to be reset.
    AskReset,
}

struct Watch {
    screen: Screen,
    terminal: Terminal,
    course: Course,
    kata: &'static Kata,
    /// The hash of what is being, or has been, checked.
    seen: Option<String>,
    run: Option<Run>,
    verdict: String,
    view: View,
}

impl Watch {
    fn run(&mut self) -> Outcome {
        loop {
            let content = self.course.source(self.kata).unwrap_or_default();
            let content = Some(hash(&content));
            if self.seen != content {
                self.seen = content;
                self.start()?;
            }
            if let Some(run) = &mut self.run
                && let Some(verdict) = run.result()?
            {
                self.verdict = verdict;
                self.run = None;
                self.view = View::Verdict;
                self.draw()?;
            }
            match self.screen.key(TICK)? {
                Some(Key::Quit) if self.view == View::Verdict => return Ok(()),
                // Also in the middle of something else, but there it first leads back.
                Some(Key::Quit) => self.turn_to(View::Verdict)?,
                Some(key) => self.press(key)?,
                None => {}
            }
        }
    }

    fn start(&mut self) -> io::Result<()> {
        self.run = Some(Run::start(self.kata, self.terminal)?);
        self.verdict = format!("Checking {} …\n", stub_path(self.kata));
        self.turn_to(View::Verdict)
    }

    fn turn_to(&mut self, view: View) -> io::Result<()> {
        self.view = view;
        self.draw()
    }

    fn press(&mut self, key: Key) -> io::Result<()> {
        match (self.view, key) {
            (View::AskReset, Key::Letter('y')) => {
                // The change is seen like any other.
                reset::reset_file(&self.course, self.kata)?;
                self.turn_to(View::Verdict)
            }
            (View::AskReset, _) => self.turn_to(View::Verdict),
            (View::Steps(step), Key::Forward) => self.turn_to(View::Steps(step + 1)),
            (View::Steps(step), Key::Back) => self.turn_to(View::Steps(step.saturating_sub(1))),
            (View::Hint(tier), Key::Letter('h')) => self.turn_to(View::Hint((tier + 1).min(3))),
            (_, Key::Letter('h')) => {
                let tier = hint::fitting(&self.course, self.kata).map_or(1, |(tier, _)| tier);
                self.turn_to(View::Hint(u8::try_from(tier).unwrap_or(1)))
            }
            (_, Key::Letter('b')) => self.turn_to(View::Brief),
            (_, Key::Letter('l')) => self.turn_to(View::List),
            (_, Key::Letter('s')) => self.turn_to(View::Steps(0)),
            (_, Key::Letter('r')) => self.turn_to(View::AskReset),
            (_, Key::Letter('c')) => self.start(),
            (_, Key::Letter('n')) => {
                let katas = curriculum::all();
                self.kata = &katas[usize::from(self.kata.number) % katas.len()];
                self.seen = None;
                Ok(())
            }
            _ => self.turn_to(View::Verdict),
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let text = self.text().map_err(|trouble| match trouble {
            Trouble::Io(error) => error,
            _ => io::Error::other("there is nothing to show"),
        })?;
        let keys = match self.view {
            View::Steps(_) => "space forward, backspace back, q done",
            View::Hint(1 | 2) => "h more, q done",
            View::AskReset => "y yes, any other key no",
            View::Verdict => {
                "h hint, s step by step, b brief, l list, n next, r reset, c check again, q quit"
            }
            _ => "q done",
        };
        let text = format!("{}\n\n[{}] {keys} ", text.trim_end(), self.kata.name);
        let text = match self.terminal.ascii {
            true => kata::timeline::to_ascii(&text),
            false => text,
        };
        self.screen.show(&text)
    }

    fn text(&mut self) -> Result<String, Trouble> {
        let mut text = Vec::new();
        match self.view {
            View::Verdict => return Ok(self.verdict.clone()),
            View::Brief => brief::show(self.kata, &mut text)?,
            View::List => list::list(&mut text)?,
            View::Hint(tier) => hint::show(self.kata, tier.into(), "", &mut text)?,
            View::AskReset => writeln!(
                text,
                "Put {} back as it came? What you have is kept.",
                stub_path(self.kata)
            )?,
            View::Steps(step) => {
                let results = progress::last_results(&self.course, self.kata);
                let (told, shown) = steps(&results.unwrap_or_default(), step);
                self.view = View::Steps(shown);
                return Ok(told);
            }
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

/// The failing execution up to a step, and which step that is.
fn steps(results: &Value, step: usize) -> (String, usize) {
    let checks = results["checks"].as_array().into_iter().flatten();
    let mut failures = checks
        .map(|check| &check["failure"])
        .filter(|failure| !failure.is_null());
    let Some(failure) = failures.next() else {
        return (
            "There is no failing execution to step through.".to_owned(),
            0,
        );
    };
    let all = failure["steps"].as_array().map_or(&[][..], Vec::as_slice);
    let step = step.min(all.len().saturating_sub(1));
    let task = |task: &Value| {
        let index = task.as_u64().and_then(|index| usize::try_from(index).ok());
        index
            .and_then(|index| failure["tasks"][index].as_str())
            .unwrap_or("")
            .to_owned()
    };
    let mut text = format!("Step {} of {}\n\n", step + 1, all.len());
    for told in all.iter().take(step + 1) {
        let number = told["number"]
            .as_u64()
            .map_or(String::new(), |number| number.to_string());
        let words = told["words"].as_str().unwrap_or_default();
        let place = told["path"]
            .as_str()
            .map_or(String::new(), |path| format!("   {path}:{}", told["line"]));
        text += &format!("{number:>3}  {:12} {words}{place}\n", task(&told["task"]));
    }
    let objects = all.get(step).and_then(|told| told["objects"].as_array());
    text.push('\n');
    for object in objects.into_iter().flatten() {
        let word = |index: usize| object[index].as_str().unwrap_or_default();
        text += &format!("     {}: {}\n", word(0), word(1));
    }
    if step + 1 == all.len() {
        text += &format!("\n{}\n", failure["what"].as_str().unwrap_or_default());
    }
    (text, step)
}

/// A check that runs.
struct Run {
    child: Child,
    output: File,
    began: Instant,
}

impl Run {
    fn start(kata: &Kata, terminal: Terminal) -> io::Result<Run> {
        let output = tempfile::tempfile()?;
        let mut command = Command::new(env::current_exe()?);
        command
            .args(["check", kata.name])
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output.try_clone()?)
            .env("COLUMNS", terminal.width.to_string());
        if terminal.colour {
            command
                .env("CLICOLOR_FORCE", "1")
                .env("CARGO_TERM_COLOR", "always");
        }
        // A group of its own: what it has started ends with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Ok(Run {
            child: command.spawn()?,
            output,
            began: Instant::now(),
        })
    }

    /// What it has said, once it has ended.
    fn result(&mut self) -> io::Result<Option<String>> {
        if self.child.try_wait()?.is_none() {
            return Ok(None);
        }
        let mut said = Vec::new();
        self.output.rewind()?;
        self.output.read_to_end(&mut said)?;
        let took = self.began.elapsed().as_secs_f32();
        let said = String::from_utf8_lossy(&said);
        Ok(Some(format!("{}\n({took:.1} s)", said.trim_end())))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        #[cfg(unix)]
        if let Some(group) = rustix::process::Pid::from_raw(self.child.id() as i32) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        // It may be gone already, and that is all that is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
