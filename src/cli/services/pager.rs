//! A long text on a terminal, page by page: by the program that the user has chosen for it, or `less`.

use kata::harness::Terminal;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

/// `less` shows what fits at once as if it were not there, leaves it on the screen, and knows colours.
const LESS: [&str; 2] = ["less", "-FRX"];

/// Shows the text, page by page if the standard output is a terminal.
pub fn show(text: &str, out: &mut impl Write) -> io::Result<()> {
    let is_for_people = io::stdout().is_terminal() && io::stdin().is_terminal();
    let pager = Some(()).filter(|()| is_for_people && !Terminal::is_dumb());
    let asked = env::var("PAGER").ok();
    match pager.and_then(|()| start(asked.as_deref())) {
        Some(pager) => feed(pager, &Terminal::of_stdout().render(text.to_owned())),
        None => out.write_all(text.as_bytes()),
    }
}

/// Starts it; `None` if there is none, or none is wanted.
fn start(asked: Option<&str>) -> Option<Child> {
    let words: Vec<&str> = match asked {
        Some(asked) => asked.split_whitespace().collect(),
        None => LESS.to_vec(),
    };
    let (program, arguments) = words
        .split_first()
        .filter(|(program, _)| **program != "cat")?;
    // What was asked for does not start: the text is worth more than the pages.
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .spawn()
        .ok()
}

fn feed(mut pager: Child, text: &str) -> io::Result<()> {
    // Ctrl-C is for the pager, which this process must outlive.
    let _ = ctrlc::set_handler(|| {});
    if let Some(mut stdin) = pager.stdin.take() {
        // Whoever leaves it has read enough.
        let _ = stdin.write_all(text.as_bytes());
    }
    pager.wait().map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn no_pager_is_started_where_none_is_wanted_or_there_is_none() {
        for asked in ["", "  ", "cat", "kata-no-such-pager"] {
            assert!(start(Some(asked)).is_none(), "{asked}");
        }
    }
}
