//! The faults that `.ci/mutants` puts into the engine fit its text. Trying them takes an hour.

use std::fs;
use std::path::Path;

/// A fault of `.ci/faults`, written as `.ci/mutants` says.
#[derive(Default)]
struct Fault {
    /// The file in `src`.
    file: String,
    name: String,
    sound: String,
    faulty: String,
}

fn faults() -> Vec<Fault> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lists = fs::read_dir(root.join(".ci/faults")).unwrap();
    let mut faults = Vec::new();
    for list in lists {
        let text = fs::read_to_string(list.unwrap().path()).unwrap();
        let (mut file, mut fault) = (String::new(), Fault::default());
        // The end of a list ends its last fault.
        for line in text.lines().chain([""]) {
            match line.split_at_checked(1) {
                Some(("#", name)) => file = name.trim().to_owned(),
                Some(("-", sound)) => fault.sound += sound,
                Some(("+", faulty)) => fault.faulty += faulty,
                Some(_) => fault.name = line.to_owned(),
                None if fault.name.is_empty() => {}
                None => {
                    let file = file.clone();
                    faults.push(Fault { file, ..fault });
                    fault = Fault::default();
                }
            }
        }
    }
    faults
}

/// The text with one space between words: how it is broken into lines does not matter.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_fault_can_be_put_into_the_engine() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let faults = faults();
    let misfits: Vec<String> = faults
        .iter()
        .filter_map(|fault| {
            let text = fs::read_to_string(src.join(&fault.file)).unwrap_or_default();
            let sound = words(&fault.sound);
            let count = words(&text).matches(&sound).count();
            let is_fit = count == 1 && !sound.is_empty() && sound != words(&fault.faulty);
            (!is_fit).then(|| format!("{}: {}: there {count} times", fault.file, fault.name))
        })
        .collect();
    assert!(faults.len() > 100, "only {} faults", faults.len());
    assert!(misfits.is_empty(), "{}", misfits.join("\n"));
}
