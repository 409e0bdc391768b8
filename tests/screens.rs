//! The page of `cargo kata show` on screens of several sizes, in a real browser where there is one.
#![cfg(all(unix, not(loom)))]

mod browser;

use browser::Browser;
use browser::page::{Page, is_content};
use serde_json::json;
use std::fs;
use std::io::Write;

/// The sizes of a screen, of half of one, and of a telephone.
const SIZES: [(u32, u32); 3] = [(1400, 900), (800, 900), (390, 844)];

fn resize(browser: &mut Browser, (width, height): (u32, u32)) {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    browser.command("Emulation.setDeviceMetricsOverride", size);
}

#[test]
fn what_went_wrong_and_the_timeline_stand_on_the_first_screen() {
    for (kata, slip) in LOOKED_AT {
        let page = Page::of(kata, slip);
        let Some(mut browser) = page.open("") else {
            return;
        };
        for size in SIZES {
            resize(&mut browser, size);
            let bottom =
                "(selector => document.querySelector(selector).getBoundingClientRect().bottom)";
            for shown in ["#what-title", "#what p", "#timeline tbody tr:nth-child(2)"] {
                let place = browser.value(&format!("{bottom}({shown:?})"));
                let is_on_it = place
                    .as_f64()
                    .is_some_and(|place| place <= f64::from(size.1));
                assert!(is_on_it, "{slip}: {shown} is at {place} of {size:?}");
            }
            let overflow = "document.documentElement.scrollWidth - innerWidth";
            assert!(
                browser.value(overflow).as_f64() <= Some(0.0),
                "{slip}: {size:?}"
            );
        }
        is_content(&browser);
    }
}

/// With few rows and with many, with drawings in the text, and with nothing to choose.
const LOOKED_AT: [(&str, &str); 4] = [
    ("counter", "no_lock"),
    ("bounded_queue", "put_with_if"),
    ("relay", "wakes_one_writer"),
    ("sentinel", "one_writer"),
];

/// The script of axe-core, as `npm install axe-core` brings it, is named by the variable `KATA_AXE`;
/// without it the test says that it is skipped.
#[test]
fn axe_finds_nothing_to_object_to() {
    let Some(script) = std::env::var_os("KATA_AXE") else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: KATA_AXE names no axe.min.js");
        return;
    };
    let script = fs::read_to_string(script).expect("axe.min.js");
    for (kata, slip) in LOOKED_AT {
        let page = Page::of(kata, slip);
        for fragment in ["#2", "#play"] {
            let Some(mut browser) = page.open(fragment) else {
                return;
            };
            browser.value(&format!("{script}; 1"));
            for (size, scheme) in SIZES
                .into_iter()
                .flat_map(|size| ["light", "dark"].map(|scheme| (size, scheme)))
            {
                resize(&mut browser, size);
                let scheme = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
                let media = json!({ "features": scheme });
                browser.command("Emulation.setEmulatedMedia", media);
                let how = json!({
                    "expression": "axe.run(document, { preload: false }).then(found =>
                        found.violations.map(one => `${one.id}: ${one.nodes[0].html}`))",
                    "awaitPromise": true, "returnByValue": true,
                });
                let found = browser.command("Runtime.evaluate", how);
                let found = &found["result"]["value"];
                assert_eq!(*found, json!([]), "{slip}{fragment} {size:?} {scheme}");
            }
        }
    }
}
