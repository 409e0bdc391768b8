//! How somebody who plays answers: by single keys where the input and the output are a terminal, by
//! lines elsewhere.

use crate::cli::services::screen::{self, Key, Screen};
use crate::cli::services::window::{Top, Window};
use kata::harness::Terminal;
use kata::text;
use std::io::{self, BufRead, IsTerminal, Write};
use std::time::Duration;

/// The keys of the choices, in their order: all but those that mean something else.
pub const ALL: &str = "123456789abcdefghijklmnopstvwxyz";

/// How long a request from outside to end may go unseen.
const TICK: Duration = Duration::from_millis(100);

/// What somebody wants to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    Choose(u16),
    Undo,
    Restart,
    Quit,
}

/// Where answers come from.
pub enum Keys {
    Lines(Lines),
    Screen(Shown),
}

/// Lines of the standard input.
#[derive(Default)]
pub struct Lines {
    has_begun: bool,
}

/// The keys of a terminal, with what it shows.
pub struct Shown {
    screen: Screen,
    text: String,
}

impl Keys {
    /// Takes the terminal, if there is one.
    pub fn of_terminal() -> io::Result<Keys> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Ok(Keys::Lines(Lines::default()));
        }
        Ok(Keys::Screen(Shown {
            screen: Screen::enter()?,
            text: String::new(),
        }))
    }

    /// Shows where the game stands: `heading` once, or as long as there is room.
    pub fn show(
        &mut self,
        heading: &str,
        told: &str,
        options: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        match self {
            Keys::Lines(lines) => {
                if !std::mem::replace(&mut lines.has_begun, true) {
                    out.write_all(heading.as_bytes())?;
                }
                write!(out, "{told}{options}")
            }
            Keys::Screen(shown) => {
                shown.text = format!("{heading}{told}{options}");
                Ok(())
            }
        }
    }

    /// Waits for an answer, of so many choices.
    pub fn answer(&mut self, options: usize, out: &mut impl Write) -> io::Result<Answer> {
        let prompt = prompt(options);
        match self {
            Keys::Lines(_) => line(&mut io::stdin().lock(), options, &prompt, out),
            Keys::Screen(shown) => shown.answer(options, &prompt),
        }
    }
}

impl Shown {
    fn answer(&self, options: usize, prompt: &str) -> io::Result<Answer> {
        self.draw(prompt)?;
        loop {
            let answer = match self.screen.key(TICK)? {
                Some(Key::Quit) => Some(Answer::Quit),
                Some(Key::Back) => Some(Answer::Undo),
                Some(Key::Letter(letter)) => meaning(&letter.to_string(), options),
                Some(Key::Redraw) => {
                    self.draw(prompt)?;
                    None
                }
                Some(Key::Forward) | None => None,
            };
            if let Some(answer) = answer {
                return Ok(answer);
            }
        }
    }

    /// What comes last is what is new: it is shown if not all fits.
    fn draw(&self, prompt: &str) -> io::Result<()> {
        let terminal = Terminal::of_stdout();
        let size = screen::size().map(|size| size.without(2));
        let page = Window::new(&self.text, size).page(Top::Last);
        let lines: Vec<&str> = self.text.lines().skip(page.start).collect();
        let text = format!("{}\n{prompt}", lines.join("\n"));
        self.screen.show(&terminal.render(text))
    }
}

/// What can be answered.
fn prompt(options: usize) -> String {
    let keys: Vec<char> = ALL.chars().take(options).collect();
    let choices = match keys[..] {
        [] => String::new(),
        [only] => format!("{only}, "),
        [first, .., last] => format!("{first}-{last}, "),
    };
    text!("{choices}u(ndo), r(estart) or q(uit)? ", choices)
}

/// Asks until a line is an answer; the end of the input is one, too.
fn line(
    input: &mut impl BufRead,
    options: usize,
    prompt: &str,
    out: &mut impl Write,
) -> io::Result<Answer> {
    loop {
        write!(out, "{prompt}")?;
        out.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            writeln!(out)?;
            return Ok(Answer::Quit);
        }
        match meaning(line.trim(), options) {
            Some(answer) => return Ok(answer),
            None => writeln!(
                out,
                "{}",
                text!(
                    "`{line}` is none of these.",
                    line = line.trim().escape_debug()
                )
            )?,
        }
    }
}

fn meaning(text: &str, options: usize) -> Option<Answer> {
    match text {
        "q" | "quit" => Some(Answer::Quit),
        "r" | "restart" => Some(Answer::Restart),
        "u" | "undo" => Some(Answer::Undo),
        _ => {
            let mut keys = ALL.chars().take(options);
            let choice = keys.position(|key| text == key.to_string())?;
            u16::try_from(choice).ok().map(Answer::Choose)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_a_key_that_means_nothing_else() {
        for (place, key) in ALL.chars().enumerate() {
            let choice = Some(Answer::Choose(place as u16));
            assert_eq!(meaning(&key.to_string(), ALL.len()), choice);
            assert_eq!(meaning(&key.to_string(), place), None);
        }
        assert_eq!(meaning("undo", 0), Some(Answer::Undo));
        assert_eq!(meaning("12", 20), None);
    }

    #[test]
    fn what_is_no_answer_is_asked_again_without_showing_all_again() {
        let mut out = Vec::new();
        let answer = line(&mut "3\n\x1b[2J\n2\n".as_bytes(), 2, &prompt(2), &mut out);
        assert_eq!(answer.unwrap(), Answer::Choose(1));
        let asked = "1-2, u(ndo), r(estart) or q(uit)? ";
        let said = format!(
            "{asked}`3` is none of these.\n{asked}`\\u{{1b}}[2J` is none of these.\n{asked}"
        );
        assert_eq!(String::from_utf8(out).unwrap(), said);
    }
}
