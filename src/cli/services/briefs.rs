//! Briefs, fitted to the terminal.

use kata::curriculum::Kata;
use kata::harness::Terminal;
use kata::timeline::{width, wrapped};

/// The brief.
pub fn text(kata: &Kata) -> String {
    fitted(&kata.brief(), Terminal::of_stdout().width)
}

/// The text of a brief, with its paragraphs in lines of at most so many columns if some are longer.
///
/// Code and timelines are left as they are, but for the fences, which are for who reads the file.
fn fitted(brief: &str, columns: usize) -> String {
    let is_narrow = brief.lines().any(|line| width(line) > columns);
    let (mut paragraphs, mut is_code, mut ends) = (Vec::<String>::new(), false, true);
    for line in brief.lines() {
        if line.starts_with("```") {
            (is_code, ends) = (!is_code, true);
            continue;
        }
        let stands_alone = is_code || line.is_empty() || line.starts_with("    ");
        match paragraphs.last_mut() {
            Some(paragraph) if is_narrow && !stands_alone && !ends && !line.starts_with("- ") => {
                *paragraph += " ";
                *paragraph += line.trim_start();
            }
            _ => paragraphs.push(line.to_owned()),
        }
        ends = stands_alone;
    }
    let fit = |text: String| {
        if text.starts_with(' ') {
            text
        } else {
            wrapped(&text, columns)
        }
    };
    let lines = paragraphs.into_iter().map(|text| fit(text) + "\n");
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::fitted;

    const BRIEF: &str = "# Title\n\nOne, two, three,\nfour.\n\n    some code that is long\n\n\
                         ```timeline a/b\n  1  load   store   unlock\n      code();\n```\n\n\
                         - an item, or\n  more of it\n- another\n";

    #[test]
    fn a_brief_that_fits_is_shown_as_it_is() {
        let without_fences = BRIEF.replace("```timeline a/b\n", "").replace("```\n", "");
        assert_eq!(fitted(BRIEF, 30), without_fences);
    }

    #[test]
    fn only_what_is_prose_is_broken_on_a_narrow_terminal() {
        let expected = "# Title\n\nOne, two, three, four.\n\n    some code that is long\n\n\
                        \x20 1  load   store   unlock\n      code();\n\n\
                        - an item, or more of\nit\n- another\n";
        assert_eq!(fitted(BRIEF, 22), expected);
    }
}
