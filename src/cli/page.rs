//! A failing execution as one HTML file that needs nothing else.

use kata::curriculum::Kata;
use serde_json::{Value, json};

/// The page of a failure, which is as results have it.
pub fn page(kata: &Kata, failure: &Value) -> String {
    let mut data = failure.clone();
    let tier = failure["hint"]
        .as_u64()
        .and_then(|tier| usize::try_from(tier).ok());
    let hint = tier.and_then(|tier| kata.hints.get(tier.checked_sub(1)?));
    data["hint_text"] = json!(hint);
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
    include_str!("page.html")
        .replace("{{TITLE}}", &escape(&format!("{}: {heading}", kata.title)))
        .replace("{{TIMELINE}}", &escape(timeline))
        .replace("{{DATA}}", &data)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_learner_wrote_cannot_end_the_script() {
        let code = "</script><script>alert(1)</script><!--<script>";
        let failure =
            json!({ "timeline": code, "files": { "a.rs": code }, "steps": [], "tasks": [] });
        let page = page(&kata::curriculum::all()[0], &failure);
        assert!(!page.contains("alert(1)</script>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("http://") && !page.contains("https://"));
    }
}
