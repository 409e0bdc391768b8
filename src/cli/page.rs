//! A failing execution as one HTML file that needs nothing else: no network, no other file.
//!
//! `page/page.html` is its frame, `page/page.css` how it looks. Of the scripts `page/page.js` shows executions,
//! `page/steps.js` steps through the failing one, and `page/game.js` lets who reads it be the scheduler.

use kata::curriculum::Kata;
use serde_json::{Value, json};

/// The page of a failure, which is as results have it; with the game that can be played on it and
/// the command that plays the same in a terminal.
pub fn page(kata: &Kata, failure: &Value, game: Option<(Value, String)>) -> String {
    let mut data = failure.clone();
    let (board, command) = game.unzip();
    data["kata"] = json!(kata.name);
    data["hints"] = json!(kata.hints);
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
        let page = page(&kata::curriculum::all()[0], &failure, None);
        assert!(!page.contains("alert(1)</script>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("http://") && !page.contains("https://"));
    }
}
