//! The page of `cargo kata show`, in a real browser where there is one.
#![cfg(all(unix, not(loom)))]

mod browser;

use assert_cmd::Command;
use browser::Browser;
use browser::page::{Page, is_content, shows};
use browser::spoken::english;
use serde_json::{Value, json};
use std::fs;

#[test]
fn keys_buttons_and_rows_step_through_the_execution() {
    let page = Page::of("counter", "no_lock");
    let Some(mut browser) = page.open("#3") else {
        return;
    };
    let status = "#where";
    shows(&mut browser, status, "Step 3 of 9. adder-2: load count → 0");
    let moves: &[(&str, &str)] = &[
        ("ArrowLeft", "Step 2 of 9. adder-1: preempted"),
        ("Home", "Step 1 of 9. adder-1: load count → 0"),
        ("ArrowLeft", "Step 1 of 9."),
        ("End", "Step 9 of 9. adder-1: panicked"),
        ("ArrowRight", "Step 9 of 9."),
        ("#back", "Step 8 of 9."),
        ("#first", "Step 1 of 9."),
        ("#forward", "Step 2 of 9."),
        ("#last", "Step 9 of 9."),
        (
            "#timeline tbody tr:nth-child(4)",
            "Step 4 of 9. adder-2: store count ← 1",
        ),
    ];
    for (how, text) in moves {
        if how.starts_with('#') {
            browser.click(how)
        } else {
            browser.press(how)
        }
        shows(&mut browser, status, text);
    }
    shows(&mut browser, "#objects", "= 1");
    shows(
        &mut browser,
        "#timeline tr[aria-current=step]",
        "store count ← 1",
    );
    shows(&mut browser, "li.here", "adder-1");
    shows(&mut browser, "#threads", "no_lock.rs:29");
    shows(&mut browser, "#diagnosis", "A lost update. adder-1 read 0");
    shows(&mut browser, "#passes", "if at step 2 adder-1 goes on");
    shows(&mut browser, "#timeline tbody tr:nth-child(3)", "it passes");
    let hint = "document.querySelector('#hinted').open";
    assert_eq!(browser.value(hint), false);
    browser.click("#hinted summary");
    shows(&mut browser, "#hint", "must be one step");
    shows(&mut browser, "#hint code", "Mutex");
    shows(
        &mut browser,
        "#token",
        "cargo kata replay counter:no_update_is_lost:1+1:1-1",
    );
    is_content(&browser);
}

#[test]
fn who_reads_can_break_the_code_and_undo() {
    let page = Page::of("counter", "no_lock");
    let Some(mut browser) = page.open("") else {
        return;
    };
    browser.click("#playing");
    shows(&mut browser, "#question", "Who goes on?");
    shows(
        &mut browser,
        "#options li:nth-child(2)",
        "adder-2: load count",
    );
    shows(
        &mut browser,
        "#options li:nth-child(2)",
        "let seen = self.count.load(SeqCst);",
    );
    assert_eq!(
        browser.value("document.querySelector('#undo').disabled"),
        true
    );
    // One after the other: the check holds.
    browser.press("1");
    shows(
        &mut browser,
        "#where",
        "adder-1: load count → 0. Who goes on? 2 choices.",
    );
    shows(&mut browser, "#options li:nth-child(2)", "disturbs");
    shows(&mut browser, "#threads", "next: store count");
    browser.click("#options button");
    shows(&mut browser, "#end", "the check holds");
    // Back, and adder-2 comes in between.
    browser.press("u");
    browser.click("#undo");
    for _ in 0..3 {
        browser.press("2");
    }
    shows(&mut browser, "#end", "You broke it");
    shows(&mut browser, "#end", "A lost update.");
    shows(
        &mut browser,
        "#end",
        "You needed 2 disturbances. The smallest there is has 1 disturbance.",
    );
    browser.click("#end button");
    shows(&mut browser, "#end", "That is the smallest there is.");
    shows(
        &mut browser,
        "#end",
        "cargo kata replay counter:no_update_is_lost:1+1:1-1",
    );
    browser.press("r");
    shows(&mut browser, "#where", "Who goes on?");
    assert_eq!(browser.value("choices.length"), 0);
    // With the keyboard alone: the focus stays with the choices, and goes to what came of them.
    browser.value("document.querySelector('#options button').focus()");
    browser.press("Enter");
    browser.press("Enter");
    assert_eq!(browser.value("document.activeElement.id"), "end");
    is_content(&browser);
}

#[test]
fn what_the_page_wins_with_is_what_the_command_replays() {
    for (kata, slip) in [
        ("ping_pong", "looks_then_speaks"),
        ("bounded_queue", "put_with_if"),
    ] {
        let page = Page::of(kata, slip);
        let Some(mut browser) = page.open("#play") else {
            return;
        };
        browser.value("choices = [...smallest.choices], drawGame()");
        shows(&mut browser, "#end", "You broke it");
        let token = browser.value("tokenOf(choices)");
        let replayed = page.file.with_file_name("replayed.html");
        Command::from_std(english())
            .args([
                "show",
                token.as_str().expect("a token"),
                "--slip",
                slip,
                "-o",
            ])
            .arg(&replayed)
            .assert()
            .success();
        let page = fs::read_to_string(replayed).expect("a page");
        assert!(page.contains(token.as_str().expect("a token")), "{token}");
    }
}

#[test]
fn a_path_that_the_page_does_not_hold_is_said_to_be_none_of_it() {
    let page = Page::of("ping_pong", "looks_then_speaks");
    let Some(mut browser) = page.open("#play") else {
        return;
    };
    let edge = "choices = (() => {
        const seen = new Set([0]), open = [[0, []]];
        for (const [state, path] of open) {
          for (const [choice, move] of board.states[state][3].entries()) {
            if (!move) return [...path, choice];
            if (!seen.has(move[0])) { seen.add(move[0]); open.push([move[0], [...path, choice]]); }
          }
        } })(), drawGame()";
    browser.value(edge);
    shows(&mut browser, "#end", "The page does not hold this path");
    let command = "cargo kata play ping_pong --check turns_alternate --slip looks_then_speaks";
    shows(&mut browser, "#end", command);
    browser.press("u");
    shows(&mut browser, "#question", "?");
    is_content(&browser);
}

#[test]
fn a_screen_reader_has_a_name_for_all_that_can_be_used() {
    let page = Page::of("bounded_queue", "put_with_if");
    for fragment in ["#5", "#play"] {
        let Some(mut browser) = page.open(fragment) else {
            return;
        };
        let tree = browser.command("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().expect("nodes");
        let role = |node: &&Value, roles: &[&str]| {
            let role = node["role"]["value"].as_str().unwrap_or_default();
            node["ignored"] == false && roles.contains(&role)
        };
        let used = ["button", "group", "region", "table", "link", "list"];
        let unnamed: Vec<&Value> = nodes
            .iter()
            .filter(|node| role(node, &used))
            .filter(|node| node["name"]["value"].as_str().is_none_or(str::is_empty))
            .collect();
        assert!(unnamed.is_empty(), "{fragment}: {unnamed:?}");
        assert!(nodes.iter().filter(|node| role(node, &["button"])).count() > 3);
        assert!(nodes.iter().any(|node| role(&node, &["status"])));
    }
}

#[test]
fn it_can_be_read_in_the_dark_on_a_narrow_screen_and_on_paper() {
    let page = Page::of("counter", "no_lock");
    let Some(mut browser) = page.open("#play") else {
        return;
    };
    let colours = "(() => { const style = getComputedStyle(document.body);
                   return [style.color, style.backgroundColor]; })()";
    let light = browser.value(colours);
    let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
    browser.command("Emulation.setEmulatedMedia", json!({ "features": dark }));
    let dark = browser.value(colours);
    assert!(light[0] != dark[0] && light[1] != dark[1], "{light} {dark}");
    let narrow = json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": false });
    browser.command("Emulation.setDeviceMetricsOverride", narrow);
    let overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(browser.value(overflow), 0);
    browser.command("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let is_shown = |id: &str| format!("getComputedStyle(document.getElementById('{id}')).display");
    assert_eq!(browser.value(&is_shown("controls")), "none");
    assert_eq!(browser.value(&is_shown("timeline")), "table");
}

#[test]
fn the_address_is_that_of_the_step_and_leads_there() {
    let page = Page::of("counter", "no_lock");
    let Some(mut browser) = page.open("") else {
        return;
    };
    for (how, hash) in [("ArrowRight", "#2"), ("End", "#9"), ("ArrowLeft", "#8")] {
        browser.press(how);
        assert_eq!(browser.value("location.hash"), hash);
    }
    // A browser goes to an address in its own time, after what it has been told to do.
    let going = |browser: &mut Browser, go: &dyn Fn(&mut Browser)| {
        browser.value(
            "gone = new Promise(done => addEventListener('hashchange', done, { once: true })), 1",
        );
        go(browser);
        let how = json!({ "expression": "gone.then(() => 1)", "awaitPromise": true });
        browser.command("Runtime.evaluate", how);
    };
    let gone_to = |browser: &mut Browser, hash: &str| {
        going(browser, &|browser| {
            browser.value(&format!("location.hash = '{hash}'"));
        });
    };
    gone_to(&mut browser, "#4");
    shows(&mut browser, "#where", "Step 4 of 9.");
    gone_to(&mut browser, "#play");
    shows(&mut browser, "#question", "Who goes on?");
    browser.click("#stepping");
    assert_eq!(browser.value("location.hash"), "#4");
    // The sentence on what would have passed leads to its step.
    going(&mut browser, &|browser| browser.click("#passes a"));
    shows(&mut browser, "#where", "Step 3 of 9.");
    is_content(&browser);
}

#[test]
fn paper_shows_the_state_at_the_end_and_all_that_is_folded() {
    let page = Page::of("counter", "no_lock");
    let Some(mut browser) = page.open("#2") else {
        return;
    };
    let printing = |when: &str| format!("window.dispatchEvent(new Event('{when}')), 1");
    let folded = "document.querySelectorAll('details:not([open])').length";
    let before = browser.value(folded);
    browser.value(&printing("beforeprint"));
    shows(&mut browser, "#objects", "= 1");
    assert_eq!(
        browser.value("document.querySelectorAll('tr.later').length"),
        0
    );
    assert_eq!(browser.value(folded), 0);
    browser.value(&printing("afterprint"));
    shows(&mut browser, "#where", "Step 2 of 9.");
    assert_eq!(browser.value(folded), before);
}
