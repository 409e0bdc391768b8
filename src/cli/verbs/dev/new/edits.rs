//! What a new kata changes in files that are there.

/// What makes the new text of a file: from the old one, the kata's name, and the kata before it.
type Edit = fn(&str, &str, &str) -> Option<String>;

/// The lists in which a kata stands.
pub(super) const LISTS: &[(&str, Edit)] = &[
    ("src/curriculum/mod.rs", in_the_list),
    ("katas/Cargo.toml", as_a_target),
    ("README.md", in_the_table),
];

/// A line in the list of katas.
fn in_the_list(source: &str, name: &str, after: &str) -> Option<String> {
    let line = format!("            {name}: {},", type_name(name));
    let before = format!("            {after}: ");
    after_line(source, |line| line.starts_with(&before), &line)
}

/// A row in the table of katas, which is the first table with the other one in it.
fn in_the_table(readme: &str, name: &str, after: &str) -> Option<String> {
    let row = format!("| `{name}` | TODO | `{after}` | none of its own |");
    let before = format!("| `{after}` | ");
    after_line(readme, |line| line.starts_with(&before), &row)
}

/// A test target. That of the other one ends with its line for the harness.
fn as_a_target(manifest: &str, name: &str, after: &str) -> Option<String> {
    let other = manifest.find(&format!("name = \"{after}\"\n"))?;
    let end = other + manifest[other..].find("harness = false\n")?;
    let (before, rest) = manifest.split_at(end);
    let target = format!("\n[[test]]\nname = \"{name}\"\npath = \"{name}.rs\"\nharness = false");
    let edited = after_line(rest, |line| line == "harness = false", &target)?;
    Some(format!("{before}{edited}"))
}

/// The text with a line more, after the first of that kind.
fn after_line(text: &str, is_it: impl Fn(&str) -> bool, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let place = lines.iter().position(|line| is_it(line))?;
    lines.insert(place + 1, line);
    Some(lines.join("\n") + "\n")
}

/// A text of the skeleton, of the kata with this name, which builds on the one before it.
pub(super) fn named(text: &str, name: &str, after: &str) -> String {
    text.replace("builds on: AFTER", &format!("builds on: {after}"))
        .replace("skeleton", name)
        .replace("Skeleton", &type_name(name))
}

/// `ReadWriteLock` for `read_write_lock`.
fn type_name(name: &str) -> String {
    let word = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    name.split('_').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kata_comes_after_the_other_one_in_the_list() {
        let list = "            counter: Counter,\n            stock: Stock,\n        }\n";
        let edited = in_the_list(list, "read_write_lock", "counter").unwrap();
        let expected = "            counter: Counter,\n            read_write_lock: ReadWriteLock,\n            stock: Stock,\n        }\n";
        assert_eq!(edited, expected);
        assert_eq!(in_the_list(list, "latch", "relay"), None);
    }

    #[test]
    fn a_test_target_comes_after_that_of_the_other_one() {
        let target = |name: &str| {
            format!("[[test]]\nname = \"{name}\"\npath = \"{name}.rs\"\nharness = false\n")
        };
        let manifest = [target("counter"), target("stock"), "[lints]\n".to_owned()].join("\n");
        for after in ["counter", "stock"] {
            let edited = as_a_target(&manifest, "latch", after).unwrap();
            let place = |name: &str| edited.find(&target(name)).unwrap();
            assert!(place(after) < place("latch"), "{edited}");
            assert_eq!(edited.replace(&(target("latch") + "\n"), ""), manifest);
        }
        assert_eq!(as_a_target(&manifest, "latch", "relay"), None);
    }

    #[test]
    fn a_row_comes_after_that_of_the_other_one_in_the_first_table_only() {
        let readme = "| `stock` | sells | `run` |\n\n| `stock` | `check` | verified |\n";
        let edited = in_the_table(readme, "latch", "stock").unwrap();
        let rows: Vec<&str> = edited.lines().collect();
        assert_eq!(rows[1], "| `latch` | TODO | `stock` | none of its own |");
        assert_eq!(rows.len(), 4);
    }
}
