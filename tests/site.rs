//! The site of `cargo kata site`: what is in it, where its links lead, and what it leaves alone.
#![cfg(all(unix, not(loom)))]

mod command;
mod terminal;

use command::check;
use command::english;
use kata::curriculum;
use kata::explore::BackEnd;
use rustix::process::Signal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use terminal::Session;

/// The text of every file, by its path from the site's root.
type Files = BTreeMap<String, String>;

fn read(root: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let from_root = path.strip_prefix(root).expect("a path in it").display();
            let text = fs::read_to_string(&path).expect("a text in UTF-8");
            files.insert(from_root.to_string(), text);
        }
    }
    files
}

/// Where the links of a page lead, and what it loads.
fn links(page: &str) -> Vec<&str> {
    let after = |attribute: &str| page.split(attribute).skip(1).collect::<Vec<&str>>();
    let all = [after(" href=\""), after(" src=\"")].concat();
    let link = |rest: &&'_ str| rest.split('"').next().map(str::len);
    all.iter()
        .filter_map(|rest| Some(&rest[..link(rest)?]))
        .collect()
}

/// The part of a page before its scripts' data, which links have no place in.
fn frame(page: &str) -> &str {
    page.split("<script type=\"application/json\"")
        .next()
        .unwrap_or_default()
}

/// The file that a link leads to.
fn target(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(
                parts.pop().is_some(),
                "{from}: {link} leads out of the site"
            ),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn all_links_lead_somewhere(files: &Files) {
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    for (from, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in links(frame(page)) {
            let (link, id) = link.split_once('#').unwrap_or((link, ""));
            let to = if link.is_empty() {
                from.clone()
            } else {
                target(from, link)
            };
            let page = files
                .get(&to)
                .unwrap_or_else(|| panic!("{from}: no {link}"));
            assert!(
                id.is_empty() || page.contains(&format!("id=\"{id}\"")),
                "{from}: {id}"
            );
            reached.insert(to);
        }
    }
    let pages = files.keys().filter(|path| !path.starts_with('.'));
    for path in pages.filter(|path| !path.ends_with(".js")) {
        assert!(reached.contains(path), "nothing leads to {path}");
    }
}

fn needs_no_network(files: &Files) {
    for (path, text) in files {
        for elsewhere in [
            "http:",
            "https:",
            "src=\"//",
            "href=\"//",
            "@import",
            "url(",
            "fetch(",
        ] {
            assert!(!text.contains(elsewhere), "{path} refers to `{elsewhere}`");
        }
        for folder in [env!("CARGO_MANIFEST_DIR"), "rustlib"] {
            assert!(
                !text.contains(folder),
                "{path} names {folder}, which is of this machine"
            );
        }
        assert!(
            !text.contains("{{"),
            "{path}: a part of the frame is not filled in"
        );
    }
}

/// The data of a slip's page can be stepped through and played, with the session that fails.
fn can_be_played(path: &str, page: &str) {
    let (_, data) = page.split_once("id=\"data\">").expect("data");
    let (data, _) = data.split_once("</script>").expect("its end");
    let data: Value = serde_json::from_str(data).expect("JSON");
    assert!(
        data["steps"]
            .as_array()
            .is_some_and(|steps| !steps.is_empty()),
        "{path}"
    );
    assert_eq!(data["unseen"], serde_json::json!([]), "{path}");
    let board = &data["board"];
    if board.is_null() {
        assert!(data["no_game"].is_string(), "{path} says nothing of a game");
        return;
    }
    assert_eq!(board["workload"], data["workload"], "{path}");
    let ends = board["ends"].as_array().expect("ends");
    assert!(
        ends.iter().any(|end| !end.is_null()),
        "{path} cannot be broken"
    );
    assert!(
        !board["states"][0][0].is_null(),
        "{path} begins with its end"
    );
}

#[test]
fn every_slip_has_a_page_that_needs_no_network_and_every_link_leads_somewhere() {
    let parent = tempfile::tempdir().expect("a folder");
    let root = parent.path().join("site");
    let path = root.to_str().expect("a path in UTF-8");
    let all: usize = curriculum::all().iter().map(|kata| kata.slips.len()).sum();
    let index = root.join("index.html");
    let said = [&format!("{all} slips"), index.to_str().expect("a path")];
    check(&["site", path], 0, &said);
    assert_eq!(fs::read_dir(parent.path()).expect("a folder").count(), 1);
    let files = read(&root);
    needs_no_network(&files);
    all_links_lead_somewhere(&files);
    for kata in curriculum::all() {
        let brief = &files[&format!("{}/index.html", kata.name)];
        assert!(brief.contains("<h2>What you write</h2>"), "{}", kata.name);
        assert!(
            !brief.contains("```") && !brief.contains("\n## "),
            "{}",
            kata.name
        );
        for slip in kata.slips {
            let path = format!("{}/{}.html", kata.name, slip.name);
            let page = &files[&path];
            if slip.back_ends() == [BackEnd::Loom] {
                assert!(
                    page.contains("weak memory only, which loom explores")
                        && page.contains("There is no drawing either"),
                    "{path}"
                );
                assert!(page.contains("class=\"k\">impl</span>") && !page.contains("<script"));
            } else {
                can_be_played(&path, page);
            }
        }
    }
}

#[test]
fn what_is_somebody_elses_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine.txt");
    fs::write(&mine, "mine").expect("a file");
    let path = |path: &Path| path.to_str().expect("a path in UTF-8").to_owned();
    let cases = [
        (folder.path().to_owned(), "`mine.txt`"),
        (mine.clone(), "is no folder"),
        (folder.path().join("none/site"), "none"),
        (PathBuf::from("/"), "name a folder"),
    ];
    for (target, why) in cases {
        check(&["site", &path(&target)], 2, &[why]);
    }
    assert_eq!(fs::read_to_string(&mine).expect("a file"), "mine");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn outside_of_the_course_it_says_where_to_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = assert_cmd::Command::from_std(english());
    command
        .current_dir(folder.path())
        .env_remove("CARGO_MANIFEST_DIR");
    let ended = command.args(["site", "site"]).assert().code(2);
    let said = String::from_utf8_lossy(&ended.get_output().stderr).into_owned();
    assert!(said.contains("Go to your clone of the course"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn what_is_interrupted_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = english();
    command.arg("site").arg(folder.path().join("site"));
    let mut session = Session::start(command);
    session.sees("1 of ");
    session.kill(Signal::TERM);
    session.sees("interrupted: nothing was written");
    assert_eq!(session.ends().code(), Some(130));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
