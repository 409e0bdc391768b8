//! Pages for the browser, which need no network: of a failing execution, in one file that needs no other
//! file or with what it shares with others of a site; and of texts.
//!
//! `page/page.html` is the frame of an execution, `page/text.html` that of a text, `page/page.css` how they
//! look. Of the scripts `page/page.js` shows executions, `page/steps.js` steps through the failing one, and
//! `page/game.js` lets who reads it be the scheduler.

use super::broken::{Broken, Game};
use super::course::stub_name;
use super::highlight::{self, Line, Look};
use kata::curriculum::{Kata, Slip};
use kata::diagnosis::Label;
use kata::noun;
use kata::results::{Board, FailureResult};
use kata::text;
use kata::texts;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// How all pages look.
pub const STYLE: &str = include_str!("page/page.css");

/// What executions are shown with.
pub const SCRIPT: &str = concat!(
    include_str!("page/page.js"),
    include_str!("page/steps.js"),
    include_str!("page/game.js")
);

/// Whose code it is that a page is about.
pub struct Subject<'a> {
    pub kata: &'a Kata,
    /// `None` for the learner's file.
    pub slip: Option<&'a Slip>,
}

/// Where a page stands in a site.
pub struct Place {
    /// The links to other pages: HTML.
    pub links: String,
    /// The way from the page to the site's root: `../`, or nothing.
    pub root: &'static str,
}

/// What the scripts are given.
#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    failure: &'a FailureResult,
    kata: &'a str,
    hints: Vec<&'a str>,
    /// The files, each in lines, by their paths.
    sources: BTreeMap<&'a str, Vec<Line<'a>>>,
    /// The files that steps name and that could not be read.
    unseen: Vec<&'a str>,
    /// The file that the page is about, if steps name it.
    own: Option<&'a str>,
    board: Option<&'a Board>,
    /// Why there is no board, in words.
    no_game: Option<&'a str>,
    /// With which the same game is played in the terminal, if there is one.
    command: Option<String>,
    texts: BTreeMap<String, &'static str>,
    nouns: BTreeMap<&'static str, [String; 2]>,
}

/// The page of an execution that breaks the subject.
pub fn page(subject: &Subject, broken: Broken, place: Option<&Place>) -> String {
    let kata = subject.kata;
    let game = broken.game(kata);
    let has_game = matches!(game, Game::Board(_) | Game::TooLarge);
    let command = has_game.then(|| command(subject, &broken));
    let (mut board, no_game) = told(game);
    let Broken {
        check, mut failure, ..
    } = broken;
    let mut files = std::mem::take(&mut failure.files);
    if let Some(board) = &mut board {
        files.extend(std::mem::take(&mut board.files));
    }
    // It stands in the page once already, for browsers without scripts.
    let timeline = std::mem::take(&mut failure.timeline);
    let named = named_files(&failure, board.as_deref());
    let own = named.iter().copied().find(|path| is_own(subject, path));
    if let (Some(path), Some(slip)) = (own, subject.slip) {
        let text = || slip.source.to_owned();
        files.entry(path.clone()).or_insert_with(text);
    }
    let lines = |(path, text)| (path, highlight::lines(text));
    let texts = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let unseen = named.iter().filter(|path| !files.contains_key(**path));
    let data = Data {
        failure: &failure,
        kata: kata.name,
        hints: kata.hints().iter().map(|hint| hint.text.as_str()).collect(),
        sources: texts.map(lines).collect(),
        unseen: unseen.map(|path| path.as_str()).collect(),
        own: own.map(String::as_str),
        board: board.as_deref(),
        no_game,
        command,
        texts: script_texts(),
        nouns: NOUNS
            .iter()
            .map(|&noun| (noun, [1, 2].map(|number| texts::noun(noun, number))))
            .collect(),
    };
    let fails = text!("It fails with {workload}.", workload = failure.in_words);
    framed(include_str!("page/page.html"), &title(subject), place)
        .replace("{{PROMISE}}", &promise(&check, &failure.promise, &fails))
        .replace("{{STORY}}", &subject.slip.map_or(String::new(), story))
        .replace("{{SCRIPT}}", &script(place))
        .replace("{{TIMELINE}}", &escape(&timeline))
        .replace("{{DATA}}", &in_script(&json!(data).to_string()))
}

/// A page of text: `body` is HTML.
pub fn text(title: &str, body: &str, place: &Place) -> String {
    framed(include_str!("page/text.html"), title, Some(place)).replace("{{BODY}}", body)
}

/// A page of a slip of which no execution can be shown; `why` says why.
pub fn without_execution(subject: &Subject, slip: &Slip, why: &str, place: &Place) -> String {
    let line = |(number, line): (usize, Line)| {
        let code: String = line.into_iter().map(run).collect();
        format!("<li><span class=\"number\">{number}</span><span>{code}</span></li>\n")
    };
    let lines = (1..).zip(highlight::lines(slip.source)).map(line);
    let lines: String = lines.collect();
    let body = format!(
        "<section aria-label=\"{}\"><p>{}</p></section>\n\
         <section aria-label=\"{}\"><ol class=\"source\" tabindex=\"0\" aria-label=\"{}.rs\">\n\
         {lines}</ol></section>\n",
        escape(text!("Why there is nothing to play")),
        prose(why),
        escape(text!("Source")),
        slip.name,
    );
    text(&title(subject), &body, place)
}

/// The frame with all that is the same on all pages.
fn framed(frame: &str, title: &str, place: Option<&Place>) -> String {
    let style = match place {
        None => format!("<style>\n{STYLE}</style>"),
        Some(place) => format!("<link rel=\"stylesheet\" href=\"{}page.css\">", place.root),
    };
    spoken(frame)
        .replace("{{LANGUAGE}}", texts::language().code())
        .replace("{{TITLE}}", &escape(title))
        .replace("{{STYLE}}", &style)
        .replace("{{NAV}}", place.map_or("", |place| &place.links))
}

/// What the script counts.
const NOUNS: [&str; 2] = [noun!("choice"), noun!("disturbance")];

/// The frame in the language that is spoken: its texts stand between `{{` and `}}`, as its parts do, whose
/// names are capitals.
fn spoken(frame: &str) -> String {
    let mut parts = frame.split("{{");
    let mut spoken = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("}}") {
            Some((text, rest)) if text.contains(char::is_lowercase) => {
                spoken += &escape(texts::of(text));
                spoken += rest;
            }
            _ => spoken += &format!("{{{{{part}"),
        }
    }
    spoken
}

/// What the script says, and what it shows of names, in the language that is spoken, by the English texts; nothing if it is English.
fn script_texts() -> BTreeMap<String, &'static str> {
    let labels = Label::ALL.iter().map(|label| label.in_english().to_owned());
    let all = texts::of_script(SCRIPT).into_iter().chain(labels);
    all.filter_map(|english| {
        let other = texts::translated(&english)?;
        Some((english, other))
    })
    .collect()
}

fn script(place: Option<&Place>) -> String {
    match place {
        None => format!("<script>\n{SCRIPT}</script>"),
        Some(place) => format!("<script src=\"{}page.js\"></script>", place.root),
    }
}

fn title(subject: &Subject) -> String {
    let kata = subject.kata;
    match subject.slip {
        Some(slip) => text!("{kata}: {what}", kata = kata.title(), what = slip.name),
        None => text!(
            "{kata}: {what}",
            kata = kata.title(),
            what = stub_name(kata)
        ),
    }
}

fn promise(check: &str, promise: &str, fails: &str) -> String {
    let [check, promise, fails] = [escape(check), prose(texts::of(promise)), prose(fails)];
    let promise = text!("“{promise}”", promise);
    text!(
        "<code>{check}</code>: {promise} {fails}",
        check,
        promise,
        fails
    )
}

/// What the slip's author thought: folded, for it says what is wrong.
fn story(slip: &Slip) -> String {
    let title = escape(text!("The thought behind it"));
    let story = prose(&slip.story());
    format!(
        "<details id=\"story\" aria-label=\"{title}\"><summary>{title}</summary><p>{story}</p></details>\n"
    )
}

/// The board, or why there is none.
fn told(game: Game) -> (Option<Box<Board>>, Option<&'static str>) {
    match game {
        Game::Board(board) => (Some(board), None),
        Game::TooLarge => {
            let why = text!(
                "There is more to choose than this page can hold. The command asks the engine at \
                 each step:"
            );
            (None, Some(why))
        }
        Game::NoChoice => {
            let why = text!("There is nothing to choose: there is only one order, and it fails.");
            (None, Some(why))
        }
        Game::NotOne => {
            let why = text!(
                "No order of the threads breaks it by itself, so there is nothing to choose."
            );
            (None, Some(why))
        }
    }
}

/// With which the same game is played in the terminal.
fn command(subject: &Subject, broken: &Broken) -> String {
    let slip = subject.slip;
    let slip = slip.map_or(String::new(), |slip| format!(" --slip {}", slip.name));
    let (kata, check) = (subject.kata.name, &broken.check);
    format!("cargo kata play {kata} --check {check}{slip}")
}

/// The files that steps name, but for those of the standard library.
fn named_files<'a>(failure: &'a FailureResult, board: Option<&'a Board>) -> BTreeSet<&'a String> {
    let steps = failure.steps.iter().filter_map(|step| step.path.as_ref());
    let rows = board.iter().flat_map(|board| &board.rows);
    let rows = rows.filter_map(|row| row.2.as_ref());
    let named = steps
        .chain(rows)
        .filter(|path| !path.starts_with("library/"));
    named.collect()
}

/// True of the file of the slip, or of the learner's.
fn is_own(subject: &Subject, path: &str) -> bool {
    match subject.slip {
        Some(slip) => path.ends_with(&format!("{}/slips/{}.rs", subject.kata.name, slip.name)),
        None => path.ends_with(&stub_name(subject.kata)),
    }
}

/// Inside a script element only its end means something.
fn in_script(text: &str) -> String {
    text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
}

/// A run of source as HTML.
pub fn run((look, text): (Look, &str)) -> String {
    match look {
        "" => escape(text),
        look => format!("<span class=\"{look}\">{}</span>", escape(text)),
    }
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        // No text is to name a part of the page.
        .replace('{', "&#123;")
}

/// Text as HTML, with what stands between backticks as code.
pub fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let part = |(place, part): (usize, &&str)| match place % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    };
    parts.iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::services::code::Code;

    fn broken(failure: FailureResult) -> Broken {
        Broken {
            check: "check".to_owned(),
            failure,
            code: Code::Slip(Vec::new()),
        }
    }

    #[test]
    fn what_a_learner_wrote_cannot_end_the_script() {
        let code = "</script><script>alert(1)</script><!--<script>{{DATA}}";
        let failure = FailureResult {
            timeline: code.to_owned(),
            what: code.to_owned(),
            in_words: code.to_owned(),
            files: [("a.rs".to_owned(), code.to_owned())].into(),
            ..FailureResult::default()
        };
        let subject = Subject {
            kata: &kata::curriculum::all()[0],
            slip: None,
        };
        let page = page(&subject, broken(failure), None);
        assert!(!page.contains("alert(1)</script>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("http://") && !page.contains("https://"));
    }

    #[test]
    fn what_stands_between_backticks_is_code() {
        for (text, html) in [
            ("a `b<c>` d", "a <code>b&lt;c&gt;</code> d"),
            ("`a`", "<code>a</code>"),
            ("it's 5` long", "it's 5` long"),
            ("", ""),
        ] {
            assert_eq!(prose(text), html);
        }
    }
}
