//! What the terminal can show.

use crate::timeline;
use std::io;

/// How wide a text may be, and what may stand in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terminal {
    /// How many columns there are.
    pub width: usize,
    /// Whether colours are shown.
    pub colour: bool,
    /// Whether only ASCII is.
    pub ascii: bool,
}

impl Terminal {
    /// What standard output can show: of a file or a pipe, 100 columns without colours.
    pub fn of_stdout() -> Terminal {
        let stdout = io::stdout();
        let columns = terminal_size::terminal_size_of(&stdout).map(|(width, _)| width.0.into());
        let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Terminal::from_environment(columns, colour, |name| std::env::var(name).ok())
    }

    /// The text in lines that fit, broken at spaces.
    pub fn wrapped(&self, text: &str) -> String {
        timeline::wrapped(text, self.width)
    }

    /// The text, with signs that can be shown.
    pub fn render(&self, text: String) -> String {
        if self.ascii {
            timeline::to_ascii(&text)
        } else {
            text
        }
    }

    fn from_environment(
        columns: Option<usize>,
        colour: bool,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Terminal {
        let asked = variable("COLUMNS").and_then(|columns| columns.parse().ok());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .filter_map(&variable)
            .find(|value| !value.is_empty());
        // Where no locale is set, as on Windows and in many a CI, UTF-8 is what is shown.
        let is_utf8 = locale.is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.ends_with("utf-8") || locale.ends_with("utf8")
        });
        Terminal {
            width: asked.or(columns).unwrap_or(100).clamp(40, 200),
            colour,
            ascii: !is_utf8 || is_dumb(variable),
        }
    }

    /// True if it takes plain lines only.
    pub fn is_dumb() -> bool {
        is_dumb(|name| std::env::var(name).ok())
    }
}

fn is_dumb(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("TERM").as_deref() == Some("dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(columns: Option<usize>, environment: &[(&str, &str)], width: usize, ascii: bool) {
        let variable = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let expected = Terminal {
            width,
            colour: false,
            ascii,
        };
        assert_eq!(
            Terminal::from_environment(columns, false, variable),
            expected
        );
    }

    #[test]
    fn the_environment_tells_what_can_be_shown() {
        check(None, &[], 100, false);
        check(Some(72), &[], 72, false);
        check(Some(72), &[("COLUMNS", "120")], 120, false);
        check(Some(72), &[("COLUMNS", "wide")], 72, false);
        check(Some(0), &[], 40, false);
        check(None, &[("COLUMNS", "100000")], 200, false);
        check(None, &[("LANG", "fr_FR.UTF-8")], 100, false);
        check(None, &[("LC_ALL", ""), ("LANG", "C.utf8")], 100, false);
        check(None, &[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")], 100, true);
        check(None, &[("LANG", "fr_FR.ISO-8859-1")], 100, true);
        check(None, &[("TERM", "dumb")], 100, true);
    }
}
