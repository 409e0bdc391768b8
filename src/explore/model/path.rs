//! Paths of source files.

/// The path as it may be told to others: that of a file of the standard library leads through folders of
/// one machine, and begins with `library` here.
pub(crate) fn shared(path: &str) -> &str {
    const LIBRARY: &str = "library/";
    let is_of_rust = path.starts_with("/rustc/") || path.contains("rustlib/src/rust/");
    let start = path.find(LIBRARY).filter(|_| is_of_rust);
    start.map_or(path, |start| &path[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_of_this_machine_is_told() {
        let iterator = "library/core/src/iter/traits/iterator.rs";
        for (path, told) in [
            (format!("/rustc/0123abc/{iterator}"), iterator),
            (format!("/home/a/rustlib/src/rust/{iterator}"), iterator),
            ("src/library/mod.rs".to_owned(), "src/library/mod.rs"),
        ] {
            assert_eq!(shared(&path), told);
        }
    }
}
