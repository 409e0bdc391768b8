//! How many executions it takes to try all orders of a model.

use crate::explored::programs::models::MODELS;
use crate::measure::check;
use kata::explore::{Statistics, distinct_orders, statistics};
use kata::harness;
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How many executions of a model are tried at most.
const EXECUTIONS: u64 = 3_000_000;

/// Prints the table.
pub(super) fn print() {
    let loom = loom();
    println!(
        "| model | distinct orders | executions | redundant | time | loom, plain | loom, scenario |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (name, scenario) in MODELS {
        #[allow(clippy::disallowed_methods)]
        let start = Instant::now();
        let statistics = statistics(&check(*scenario), EXECUTIONS, &harness::options());
        let time = start.elapsed();
        let orders = distinct_orders(&check(*scenario), EXECUTIONS, &harness::options());
        println!(
            "| {name} | {} | {} |",
            ours(statistics, orders, time),
            loom.get(*name).map_or("? | ?", String::as_str)
        );
    }
}

fn ours(statistics: Statistics, orders: u64, time: Duration) -> String {
    let Statistics {
        executions,
        redundant,
        is_complete,
    } = statistics;
    let more = if is_complete { "" } else { "> " };
    let rate = (executions + redundant) as f64 / time.as_secs_f64();
    let time = time.as_secs_f64();
    format!("{more}{orders} | {more}{executions} | {redundant} | {time:.2} s ({rate:.0}/s)")
}

/// What loom needs, in either shape, by model; measured by this program, built for loom.
fn loom() -> HashMap<String, String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = manifest.with_file_name("target").join("loom");
    let output = Command::new(env!("CARGO"))
        .args(["bench", "--quiet", "--bench", "tables"])
        .current_dir(manifest)
        .env("RUSTFLAGS", "--cfg loom")
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = |line: &str| {
        let (name, counts) = line.split_once('\t')?;
        Some((name.to_owned(), counts.replace('\t', " | ")))
    };
    text.lines().filter_map(line).collect()
}
