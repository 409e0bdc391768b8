//! What a solution says of itself: the comment with which its file begins.

/// That text, in one line.
pub(super) fn of(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<&str> = lines.map(str::trim).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_is_the_comment_with_which_the_file_begins() {
        let source = "//! \"It is atomic.\"\n//!  Not so.\n\n//! Nor this.\nstruct A;\n";
        assert_eq!(of(source), "\"It is atomic.\" Not so.");
    }
}
