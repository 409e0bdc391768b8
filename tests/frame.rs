//! The page of `cargo kata show`, without a browser: what stands in the file.
#![cfg(not(loom))]

mod spoken;

use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The command in this folder, without what cargo has set for this test.
fn show(folder: &Path, kata: &str, slip: &str) -> String {
    let page = tempfile::tempdir().expect("a folder");
    let file = page.path().join("page.html");
    Command::from_std(spoken::english())
        .current_dir(folder)
        .env_remove("CARGO_MANIFEST_DIR")
        .args(["show", kata, "--slip", slip, "-o"])
        .arg(&file)
        .assert()
        .success();
    fs::read_to_string(file).expect("a page")
}

fn course() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the scripts are given.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"data\">").expect("data");
    let (data, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(data).expect("JSON")
}

#[test]
fn all_of_it_is_in_the_file_and_can_be_read_without_scripts() {
    let text = show(course(), "counter", "no_lock");
    let (_, timeline) = text
        .split_once("<noscript>")
        .expect("a part without scripts");
    let (timeline, _) = timeline.split_once("</noscript>").expect("its end");
    for words in [
        "preempted: it could have gone on",
        "a lost update",
        "It passes:",
    ] {
        assert!(timeline.contains(words), "no `{words}` in {timeline}");
    }
    for elsewhere in [
        "http:", "https:", " src=", "<link", "@import", "url(", "fetch(",
    ] {
        assert!(
            !text.contains(elsewhere),
            "the page refers to `{elsewhere}`"
        );
    }
    assert!(text.starts_with("<!doctype html>\n<html lang=\"en\">"));
    let needs_scripts = "<div id=\"app\" hidden>";
    assert!(
        text.contains(needs_scripts),
        "what needs scripts is hidden without them"
    );
    assert!(!text.contains("{{"), "a part of the frame is not filled in");
}

#[test]
fn it_begins_with_what_went_wrong_and_every_control_is_in_a_landmark() {
    let text = show(course(), "counter", "no_lock");
    let order = [
        "<header>",
        "</header>",
        "<main>",
        "id=\"controls\"",
        "id=\"what\"",
        "id=\"timeline\"",
        "id=\"sources\"",
        "</main>",
    ];
    let places = order.map(|part| text.find(part).unwrap_or_else(|| panic!("no {part}")));
    assert!(places.is_sorted(), "{places:?}");
    let (_, main) = text.split_once("<main>").expect("a main part");
    let (main, _) = main.split_once("</main>").expect("its end");
    let (outside, _) = text.split_once("<main>").expect("a main part");
    assert!(main.matches("<button ").count() >= 8 && !outside.contains("<button"));
    let attribute = |name: &str| {
        let start = format!("{name}=\"");
        let parts = text.split(start.as_str()).skip(1);
        let value = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
        parts.map(value).collect::<Vec<String>>()
    };
    let ids: Vec<String> = attribute(" id");
    let all: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(all.len(), ids.len(), "an id is there twice");
    for id in attribute("aria-labelledby") {
        assert!(all.contains(&id), "nothing is called {id}");
    }
}

#[test]
fn the_data_tells_what_would_have_passed_and_every_line_with_its_looks() {
    let data = data(&show(course(), "counter", "no_lock"));
    assert_eq!(
        data["passes"],
        "if at step 2 adder-1 goes on (no_lock.rs:29) before adder-2 does."
    );
    let turn = data["passes_at"].as_u64().expect("a step") as usize;
    assert_eq!(data["steps"][turn]["number"], 2);
    assert_eq!(data["fewest_disturbances"], 1);
    let own = data["own"].as_str().expect("the slip's file");
    let lines = data["sources"][own].as_array().expect("lines");
    let line: Vec<(&str, &str)> = lines[27]
        .as_array()
        .expect("runs")
        .iter()
        .map(|run| (run[0].as_str().unwrap(), run[1].as_str().unwrap()))
        .collect();
    assert!(
        line.contains(&("k", "let")) && line.contains(&("y", "SeqCst")),
        "{line:?}"
    );
    assert_eq!(data["unseen"], serde_json::json!([]));
}

#[test]
fn a_page_without_sources_says_so() {
    let outside = tempfile::tempdir().expect("a folder");
    let data = data(&show(outside.path(), "counter", "no_lock"));
    // The slip's own text is part of the command.
    let own = data["own"].as_str().expect("the slip's file");
    assert!(data["sources"][own].is_array());
    assert_eq!(
        data["unseen"],
        serde_json::json!(["src/curriculum/counter/checks.rs"])
    );
}

type Colours = BTreeMap<String, [f64; 3]>;

/// The colours of a block of variables.
fn colours(block: &str) -> Colours {
    let variables = block.split(';').filter_map(|variable| {
        let (name, value) = variable.trim().split_once(": #")?;
        let part = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).expect("a colour");
        let parts = [0, 2, 4].map(|at| f64::from(part(at)) / 255.0);
        Some((name.trim_start_matches("--").to_owned(), parts))
    });
    variables.collect()
}

/// As WCAG 2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let linear = |part: f64| match part {
            ..=0.04045 => part / 12.92,
            _ => ((part + 0.055) / 1.055).powf(2.4),
        };
        let [red, green, blue] = colour.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_can_be_read_on_every_ground_by_light_and_in_the_dark() {
    let text = show(course(), "counter", "no_lock");
    let (_, style) = text.split_once("<style>").expect("a style");
    let (style, _) = style.split_once("</style>").expect("its end");
    let blocks: Vec<&str> = style.split(":root {").skip(1).collect();
    let [light, dark] = blocks[..] else {
        panic!("a block for light, and one for the dark");
    };
    let variables = |block: &str| colours(block.split('}').next().unwrap_or_default());
    const GROUNDS: [&str; 3] = ["paper", "raised", "mark"];
    const LINES: [&str; 2] = ["rule", "edge"];
    let (light, dark) = (variables(light), variables(dark));
    assert_eq!(
        light.keys().collect::<Vec<_>>(),
        dark.keys().collect::<Vec<_>>()
    );
    for (scheme, colours) in [("light", &light), ("dark", &dark)] {
        let texts = colours.keys().map(String::as_str);
        let texts: Vec<&str> = texts
            .filter(|name| !GROUNDS.contains(name) && !LINES.contains(name))
            .collect();
        assert!(texts.len() > 10, "{texts:?}");
        for (text, ground) in texts
            .iter()
            .flat_map(|text| GROUNDS.map(|ground| (*text, ground)))
        {
            let contrast = contrast(colours[text], colours[ground]);
            assert!(
                contrast >= 4.5,
                "{scheme}: {text} on {ground}: {contrast:.2}"
            );
        }
        // What surrounds a button is no text.
        let edge = contrast(colours["edge"], colours["paper"]);
        assert!(edge >= 3.0, "{scheme}: {edge:.2}");
    }
    let (_, rules) = style.rsplit_once("* { box-sizing").expect("rules");
    assert!(
        !rules.contains('#') || !has_colour(rules),
        "a colour that has no name"
    );
    assert!(
        !rules.contains("opacity"),
        "what is seen through is not worked out"
    );
}

/// True if there is a colour that is written as a number.
fn has_colour(rules: &str) -> bool {
    rules.split('#').skip(1).any(|rest| {
        let word = rest
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .next();
        word.is_some_and(|word| {
            [3, 6].contains(&word.len()) && u32::from_str_radix(word, 16).is_ok()
        })
    })
}

#[test]
fn contrast_is_that_of_wcag() {
    let [black, white, grey] = [[0.0; 3], [1.0; 3], [f64::from(0x76) / 255.0; 3]];
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast(grey, white) - 4.54).abs() < 0.01);
    assert!(has_colour("a { color: #abc; }") && !has_colour("#end { #hinted } #add-on {}"));
}

#[cfg(target_os = "linux")]
#[test]
fn it_is_opened_by_what_the_desktop_opens_pages_with() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let [page, pipe, opener] = ["a page.html", "pipe", "xdg-open"].map(|it| folder.path().join(it));
    let open = |path: &Path| {
        let mut command = Command::from_std(spoken::english());
        command.env("PATH", path).env("PIPE", &pipe);
        command
            .args(["show", "counter", "--slip", "no_lock", "--open", "-o"])
            .arg(&page);
        command.assert()
    };
    let nothing = open(Path::new("/nothing")).failure().code(1);
    let said = String::from_utf8_lossy(&nothing.get_output().stderr).into_owned();
    assert!(
        said.contains("no program could be found that opens the page"),
        "{said}"
    );

    Command::new("mkfifo").arg(&pipe).assert().success();
    fs::write(&opener, "#!/bin/sh\necho \"$1\" >\"$PIPE\"\n").expect("a script");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("a script");
    open(folder.path()).success();
    // It waits until the script has written.
    let opened = fs::read_to_string(&pipe).expect("a pipe");
    assert_eq!(Path::new(opened.trim_end()), page);
}
