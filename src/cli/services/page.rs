//! A failing execution as one HTML file that needs nothing else: no network, no other file.
//!
//! `page/page.html` is its frame, `page/page.css` how it looks. Of the scripts `page/page.js` shows executions,
//! `page/steps.js` steps through the failing one, and `page/game.js` lets who reads it be the scheduler.

use kata::curriculum::Kata;
use serde_json::{Value, json};

/// The game that can be played on a failure.
pub struct Game {
    /// All that can happen in it, if that can be told beforehand.
    pub board: Option<Value>,
    /// The command that plays it in a terminal.
    pub command: String,
}

/// The page of a failure, which is as results have it.
pub fn page(kata: &Kata, failure: &Value, game: Game) -> String {
    let mut data = failure.clone();
    let Game { mut board, command } = game;
    let files = board
        .as_mut()
        .and_then(|board| board["files"].as_object_mut());
    if let (Some(files), Some(known)) = (files, failure["files"].as_object()) {
        files.retain(|path, _| !known.contains_key(path));
    }
    data["kata"] = json!(kata.name);
    let hints = kata.hints.iter().map(|hint| &hint.text);
    data["hints"] = hints.cloned().collect();
    data["board"] = json!(board);
    data["command"] = json!(command);
    let timeline = failure["timeline"].as_str().unwrap_or_default();
    // It stands in the page once already, for browsers without scripts.
    if let Some(fields) = data.as_object_mut() {
        fields.remove("timeline");
    }
    let heading = timeline.lines().next().unwrap_or(kata.title);
    // Inside a script element only its end means something.
    let data = data
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
        .replace("{{TIMELINE}}", &escape(timeline))
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
        let failure =
            json!({ "timeline": code, "files": { "a.rs": code }, "steps": [], "tasks": [] });
        let game = Game {
            board: None,
            command: code.to_owned(),
        };
        let page = page(&kata::curriculum::all()[0], &failure, game);
        assert!(!page.contains("alert(1)</script>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("http://") && !page.contains("https://"));
    }
}
