//! Files for the browser: named so that it can be opened from a terminal, and opened there.

use crate::cli::outcome::{CommandError, CommandResult};
use kata::text;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// What stands for itself in the path of an address.
const PATH: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    // After the letter of a drive.
    .remove(b':');

/// Says where the page is, an absolute path, and opens it if that is asked for.
pub fn tell(page: &Path, is_to_open: bool, out: &mut impl Write) -> CommandResult {
    let shown = if io::stdout().is_terminal() {
        address(page)
    } else {
        page.display().to_string()
    };
    writeln!(out, "{}", text!("Open it in a browser: {shown}", shown))?;
    if !is_to_open {
        return Ok(());
    }
    out.flush()?;
    open::that_detached(page).map_err(|error| {
        let what = text!(
            "no program could be found that opens the page: {error}",
            error
        );
        CommandError::Io(io::Error::new(error.kind(), what))
    })
}

/// The address of a file, which terminals can open.
fn address(path: &Path) -> String {
    let path = path.display().to_string().replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    format!("file://{root}{}", utf8_percent_encode(&path, &PATH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_can_be_opened_whatever_the_path_has_in_it() {
        for (path, expected) in [
            ("/a/b.html", "file:///a/b.html"),
            (
                "/my files/é#1?.html",
                "file:///my%20files/%C3%A9%231%3F.html",
            ),
            ("/100%/\u{1b}[31m", "file:///100%25/%1B%5B31m"),
            ("C:\\a\\b.html", "file:///C:/a/b.html"),
        ] {
            assert_eq!(address(Path::new(path)), expected);
        }
    }
}
