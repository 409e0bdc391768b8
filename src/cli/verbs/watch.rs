//! `cargo kata watch`: a check whenever a file is saved, and keys for what comes next.
//!
//! It looks at the file's content fifty times a second: that sees every way in which editors save,
//! on every file system. The check itself is `cargo kata check` in a process of its own.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::background::Run;
use crate::cli::services::course::{Course, stub_name};
use crate::cli::services::progress;
use crate::cli::services::screen::{self, Key, Screen};
use crate::cli::services::window::{Top, Window};
use crate::cli::services::{backups, briefs, hints, names, overview, steps};
use kata::curriculum::{self, Kata};
use kata::harness::{Terminal, hash};
use kata::results::{CheckResult, KataResult};
use kata::text;
use kata::timeline::wrapped;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// How long a saved file may go unseen.
const TICK: Duration = Duration::from_millis(20);

/// The columns that are kept for which kata and which lines are shown.
const PLACE: usize = 70;

/// Which file.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata; without, the first that does not pass yet
    #[arg(value_parser = names::kata())]
    name: Option<&'static Kata>,
}

/// Watches until it is told to quit.
pub fn watch(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let course = Course::find().map_err(CommandError::Usage)?;
    let kata = arguments.name.unwrap_or_else(|| next_to_do(&course));
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(CommandError::Usage(text!(
            "`watch` needs a terminal. Without one: cargo kata check {name}",
            name = kata.name
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
        seconds: 0,
        verdict: String::new(),
        view: View::Verdict,
        top: Top::Line(0),
        is_misfit: false,
    };
    watch.run()
}

/// The first line of a verdict that is shown: the end, if it shows a failure, for that comes last.
fn beginning(verdict: &str) -> Top {
    let heading = text!(
        "{check} — failed with {workload}",
        check = "",
        workload = ""
    );
    let begins = |line: &str| line.contains(&heading);
    if verdict.lines().any(begins) {
        Top::Last
    } else {
        Top::Line(0)
    }
}

fn next_to_do(course: &Course) -> &'static Kata {
    let katas = curriculum::all();
    let is_done = |kata: &'static Kata| {
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
    /// The hint of this tier, of three.
    Hint(usize),
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
    /// For how long it has been shown to run.
    seconds: u64,
    verdict: String,
    view: View,
    /// The first line of it that is shown, if not all of it fits.
    top: Top,
    /// The verdict was drawn for a terminal of another width.
    is_misfit: bool,
}

impl Watch {
    fn run(&mut self) -> CommandResult {
        loop {
            let content = self.course.source(self.kata).unwrap_or_default();
            let content = Some(hash(&content));
            if self.seen != content {
                self.seen = content;
                self.start(false)?;
            }
            self.follow()?;
            match self.screen.key(TICK)? {
                Some(Key::Quit) if self.view == View::Verdict => return Ok(()),
                // Also in the middle of something else, but there it first leads back.
                Some(Key::Quit) => self.turn_to(View::Verdict)?,
                Some(Key::Redraw) => self.fit()?,
                Some(key) => self.press(key)?,
                // The size has settled.
                None if self.is_misfit && self.view == View::Verdict => {
                    self.is_misfit = false;
                    self.run = Some(Run::start(self.kata, false, self.terminal)?);
                }
                None => {}
            }
        }
    }

    /// Shows what the check that runs has said, and for how long it has run, or what it came to.
    fn follow(&mut self) -> io::Result<()> {
        let Some(run) = &mut self.run else {
            return Ok(());
        };
        if let Some(verdict) = run.result()? {
            self.verdict = verdict;
            self.run = None;
            // Who reads something else meanwhile finds it there after that.
            return match self.view {
                View::Verdict => self.turn_to(View::Verdict),
                _ => Ok(()),
            };
        }
        let seconds = run.seconds();
        if seconds > self.seconds && self.view == View::Verdict && !self.is_misfit {
            self.seconds = seconds;
            let said = run.said()?;
            let stub = stub_name(self.kata);
            self.verdict = format!(
                "{said}\n{}\n",
                text!("Checking {file} … {seconds} s", file = stub, seconds)
            );
            self.top = Top::Last;
            return self.draw();
        }
        Ok(())
    }

    /// Fits what is shown to the terminal; the verdict is drawn by the check, for a certain width.
    fn fit(&mut self) -> io::Result<()> {
        let terminal = Terminal::of_stdout();
        self.is_misfit |= terminal != self.terminal;
        self.terminal = terminal;
        self.draw()
    }

    fn start(&mut self, with_loom: bool) -> io::Result<()> {
        self.run = Some(Run::start(self.kata, with_loom, self.terminal)?);
        self.seconds = 0;
        self.verdict = format!(
            "{}\n",
            text!("Checking {file} …", file = stub_name(self.kata))
        );
        self.turn_to(View::Verdict)
    }

    fn turn_to(&mut self, view: View) -> io::Result<()> {
        self.view = view;
        self.top = match view {
            // What comes last is what is new.
            View::Steps(_) => Top::Last,
            View::Verdict => beginning(&self.verdict),
            _ => Top::Line(0),
        };
        self.draw()
    }

    fn scroll(&mut self, key: Key) -> io::Result<()> {
        let (text, window) = self.window()?;
        self.top = match key {
            Key::Back => window.above(self.top),
            _ => window.below(self.top),
        };
        self.show(&text, &window)
    }

    fn press(&mut self, key: Key) -> io::Result<()> {
        match (self.view, key) {
            (View::AskReset, Key::Letter('y')) => {
                // The change is seen like any other.
                backups::reset(&self.course, self.kata)?;
                self.turn_to(View::Verdict)
            }
            (View::AskReset, _) => self.turn_to(View::Verdict),
            (View::Steps(step), Key::Forward) => self.turn_to(View::Steps(step + 1)),
            (View::Steps(step), Key::Back) => self.turn_to(View::Steps(step.saturating_sub(1))),
            (_, Key::Forward | Key::Back) => self.scroll(key),
            (View::Hint(_), Key::Letter('h')) => self.next_hint(),
            (_, Key::Letter('h')) => match progress::hints(&self.course, self.kata) {
                0 => self.next_hint(),
                seen => self.turn_to(View::Hint(seen)),
            },
            (_, Key::Letter('b')) => self.turn_to(View::Brief),
            (_, Key::Letter('l')) => self.turn_to(View::List),
            (_, Key::Letter('s')) => self.turn_to(View::Steps(0)),
            (_, Key::Letter('r')) => self.turn_to(View::AskReset),
            (_, Key::Letter('c')) => self.start(false),
            (_, Key::Letter('w')) => self.start(true),
            (_, Key::Letter('n')) => {
                let katas = curriculum::all();
                self.kata = &katas[usize::from(self.kata.number) % katas.len()];
                self.seen = None;
                Ok(())
            }
            _ => self.turn_to(View::Verdict),
        }
    }

    fn next_hint(&mut self) -> io::Result<()> {
        let tier = progress::next_hint(&self.course, self.kata)?;
        self.turn_to(View::Hint(tier))
    }

    fn draw(&mut self) -> io::Result<()> {
        let (text, window) = self.window()?;
        self.show(&text, &window)
    }

    fn show(&self, text: &str, window: &Window) -> io::Result<()> {
        let page = window.page(self.top);
        let is_whole = page.len() == window.all() || matches!(self.view, View::Steps(_));
        let scrolling = if is_whole {
            String::new()
        } else {
            text!(
                "lines {first}-{last} of {all}, space on, backspace back, ",
                first = page.start + 1,
                last = page.end,
                all = window.all()
            )
        };
        let lines: Vec<&str> = text.lines().skip(page.start).take(page.len()).collect();
        let keys = format!("[{}] {scrolling}{}", self.kata.name, self.keys());
        let keys = self.terminal.wrapped(&keys);
        let text = format!("{}\n\n{keys} ", lines.join("\n"));
        self.screen.show(&self.terminal.render(text))
    }

    /// The text of the view, and what of it fits on the screen.
    fn window(&mut self) -> io::Result<(String, Window)> {
        let text = self.text()?.trim_end().to_owned();
        let plain = anstream::adapter::strip_str(&text).to_string();
        // The keys need room as well, and an empty row before them.
        let keys = "x".repeat(PLACE) + " " + self.keys();
        let size = screen::size().map(|size| {
            let keys = wrapped(&keys, size.columns).lines().count();
            size.without(keys + 1)
        });
        Ok((text, Window::new(&plain, size)))
    }

    /// What can be pressed.
    fn keys(&self) -> &'static str {
        match self.view {
            View::Steps(_) => text!("space forward, backspace back, q done"),
            View::Hint(1 | 2) => text!("h more, q done"),
            View::AskReset => text!("y yes, any other key no"),
            View::Verdict => {
                text!(
                    "h hint, s step by step, b brief, l list, n next, r reset, c check again, \
                 w with weak memory, q quit"
                )
            }
            _ => text!("q done"),
        }
    }

    fn text(&mut self) -> io::Result<String> {
        let mut text = Vec::new();
        match self.view {
            View::Verdict => return Ok(self.verdict.clone()),
            View::Brief => return Ok(briefs::text(self.kata)),
            View::List => overview::show(&mut text)?,
            View::Hint(tier) => hints::show(self.kata, tier, Some(&self.course), &mut text)?,
            View::AskReset => writeln!(
                text,
                "{}",
                text!(
                    "Put {file} back as it came? What you have is kept.",
                    file = stub_name(self.kata)
                )
            )?,
            View::Steps(step) => {
                let results = progress::last_results(&self.course, self.kata);
                let (told, shown) = step_through(results.as_ref(), step);
                self.view = View::Steps(shown);
                return Ok(told);
            }
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

/// The failing execution up to a step, and which step that is.
fn step_through(results: Option<&KataResult>, step: usize) -> (String, usize) {
    let failure = results.and_then(|results| CheckResult::smallest_failure(&results.checks));
    let Some(failure) = failure else {
        let nothing = text!("There is no failing execution to step through.");
        return (nothing.to_owned(), 0);
    };
    let all = failure.steps.len();
    let step = step.min(all.saturating_sub(1));
    let so_far = &failure.steps[..all.min(step + 1)];
    let lines = steps::lines(&failure.tasks, so_far);
    let objects = so_far.last().map_or(String::new(), steps::objects);
    let end = if so_far.len() == all {
        format!("\n{}\n", failure.what)
    } else {
        String::new()
    };
    let text = format!(
        "{}\n\n{lines}\n{objects}{end}",
        text!("Step {step} of {all}", step = step + 1, all)
    );
    (text, step)
}
