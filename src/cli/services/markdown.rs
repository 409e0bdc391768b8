//! Markdown as HTML: the briefs.

use super::highlight;
use super::page::run;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd, html};

/// The text as HTML. Code is marked as such, and can be reached by keys, since it may be wider than the
/// page; HTML in the text is shown as it is written.
pub fn html(text: &str) -> String {
    let mut code = None;
    let events = Parser::new(text).map(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => {
            let is_rust = matches!(kind, CodeBlockKind::Fenced(info) if info.starts_with("rust"));
            code = Some(is_rust);
            Event::Html("<pre tabindex=\"0\"><code>".into())
        }
        Event::End(TagEnd::CodeBlock) => {
            code = None;
            Event::Html("</code></pre>\n".into())
        }
        Event::Text(text) if code == Some(true) => Event::Html(highlighted(&text).into()),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

/// Rust source with its looks.
fn highlighted(source: &str) -> String {
    let mut text = String::new();
    for line in highlight::lines(source) {
        text.extend(line.into_iter().map(run));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn a_brief_is_rendered_and_never_trusted() {
        for (text, expected) in [
            (
                "Say `a<b>`, *now*.",
                "<p>Say <code>a&lt;b&gt;</code>, <em>now</em>.</p>\n",
            ),
            ("## A\n", "<h2>A</h2>\n"),
            (
                "    cargo <x>\n",
                "<pre tabindex=\"0\"><code>cargo &lt;x&gt;\n</code></pre>\n",
            ),
            (
                "```rust\nlet x;\n```\n",
                "<pre tabindex=\"0\"><code><span class=\"k\">let</span> x;\n</code></pre>\n",
            ),
            (
                "```timeline counter/no_lock\n┄ let\n```\n",
                "<pre tabindex=\"0\"><code>┄ let\n</code></pre>\n",
            ),
            ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"),
            ("<script>x</script>\n", "&lt;script&gt;x&lt;/script&gt;\n"),
        ] {
            assert_eq!(html(text), expected);
        }
    }
}
