//! A failing execution as one HTML file that needs nothing else: no network, no other file.
//!
//! `page/page.html` is its frame, `page/page.css` how it looks. Of the scripts `page/page.js` shows executions,
//! `page/steps.js` steps through the failing one, and `page/game.js` lets who reads it be the scheduler.

use kata::curriculum::Kata;
use kata::results::{Board, FailureResult};
use serde::Serialize;
use serde_json::json;

/// The game that can be played on a failure.
pub struct Game {
    /// All that can happen in it, if that can be told beforehand.
    pub board: Option<Board>,
    /// The command that plays it in a terminal.
    pub command: String,
}

/// What the scripts are given.
#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    failure: &'a FailureResult,
    kata: &'a str,
    hints: Vec<&'a str>,
    board: Option<Board>,
    command: String,
}

/// The page of a failure.
pub fn page(kata: &Kata, mut failure: FailureResult, game: Game) -> String {
    let Game { mut board, command } = game;
    if let Some(board) = &mut board {
        board
            .files
            .retain(|path, _| !failure.files.contains_key(path));
    }
    // It stands in the page once already, for browsers without scripts.
    let timeline = std::mem::take(&mut failure.timeline);
    let heading = timeline.lines().next().unwrap_or(kata.title);
    let data = Data {
        failure: &failure,
        kata: kata.name,
        hints: kata.hints.iter().map(|hint| hint.text.as_str()).collect(),
        board,
        command,
    };
    // Inside a script element only its end means something.
    let data = json!(data)
        .to_string()
        .replace("</", "<\\/")
        .replace("<!--", "<\\u0021--");
    let scripts = [
        include_str!("page/page.js"),
        include_str!("page/steps.js"),
        include_str!("page/game.js"),
    ];
    include_str!("page/page.html")
        .replace("{{TITLE}}", &escape(&format!("{}: {heading}", kata.title)))
        .replace("{{STYLE}}", include_str!("page/page.css"))
        .replace("{{SCRIPT}}", &scripts.concat())
        .replace("{{TIMELINE}}", &escape(&timeline))
        .replace("{{DATA}}", &data)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        // No text is to name a part of the page.
        .replace('{', "&#123;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_learner_wrote_cannot_end_the_script() {
        let code = "</script><script>alert(1)</script><!--<script>";
        let failure = FailureResult {
            timeline: code.to_owned(),
            files: [("a.rs".to_owned(), code.to_owned())].into(),
            ..FailureResult::default()
        };
        let game = Game {
            board: None,
            command: code.to_owned(),
        };
        let page = page(&kata::curriculum::all()[0], failure, game);
        assert!(!page.contains("alert(1)</script>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("http://") && !page.contains("https://"));
    }
}
