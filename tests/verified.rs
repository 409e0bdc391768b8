//! The README's table of what is verified is what there is, in each build for its own columns.
//!
//! To bring it up to date: `INSTA_UPDATE=always cargo test --test verified`, also with
//! `RUSTFLAGS="--cfg loom"`, and read the diff.

use kata::harness::verified::{self, COLUMNS, FIRST_CELL, cell, header, row};
use kata::sync;
use std::convert::Infallible;
use std::{env, fs};

const BEGIN: &str = "<!-- verified: begin -->\n\n";
const END: &str = "\n<!-- verified: end -->";

/// What the table says of a kata's check in the column of a back end.
fn known(table: &str, kata: &str, check: &str, column: usize) -> String {
    let row = table
        .lines()
        .find(|line| line.starts_with(&format!("| `{kata}` | `{check}` |")));
    let cell = row.and_then(|row| row.split('|').nth(1 + FIRST_CELL + column));
    cell.map_or("unknown", str::trim).to_owned()
}

/// The table as this build knows it; the other build's columns stay as they are.
fn up_to_date(table: &str) -> String {
    let mut lines = vec![header(&COLUMNS)];
    let all = verified::each(|kata, report| {
        let name = report.check.name;
        let cells: Vec<String> = (0..)
            .zip(COLUMNS)
            .map(|(column, back_end)| {
                if sync::BACK_ENDS.contains(&back_end) {
                    cell(&report, back_end)
                } else {
                    known(table, kata.name, name, column)
                }
            })
            .collect();
        lines.push(row(kata.name, name, &cells));
        Ok::<(), Infallible>(())
    });
    let Ok(()) = all;
    lines.join("\n") + "\n"
}

#[test]
fn the_table_in_the_readme_is_true() {
    if env::var_os("KATA_CASES").is_some() {
        eprintln!("not compared: KATA_CASES changes how many schedules are generated");
        return;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).expect("a README");
    let (before, rest) = readme.split_once(BEGIN).expect("where the table begins");
    let (table, after) = rest.split_once(END).expect("where the table ends");
    let now = up_to_date(table);
    if env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        fs::write(path, format!("{before}{BEGIN}{now}{END}{after}")).expect("a README");
    } else {
        let differs = |(is, should): &(&str, &str)| is != should;
        let line = table.lines().zip(now.lines()).find(differs);
        assert!(
            table == now,
            "README.md is out of date, from here on: {line:#?}"
        );
    }
}
