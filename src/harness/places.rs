//! Places in files as terminals and editors can open them.

use crate::timeline::source;
use std::fs;
use std::path::{Path, PathBuf};

/// The file as it can be opened from where the user stands: relative to that folder if it is the
/// course or one inside it, absolute if not.
///
/// cargo runs tests in the folder of their package, which need not be the user's. That one is in the
/// variable `PWD`, which shells set and cargo leaves alone.
pub fn path_from_here(file: &Path, course: &Path) -> String {
    let here = std::env::var_os("PWD").map(PathBuf::from);
    from_folder(file, course, here.as_deref())
}

fn from_folder(file: &Path, course: &Path, here: Option<&Path>) -> String {
    // A folder may have several names.
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (file, course) = (real(file), real(course));
    let near = here
        .filter(|here| here.is_absolute())
        .map(real)
        .filter(|here| here.starts_with(&course));
    let shown = match &near {
        Some(near) => file.strip_prefix(near).unwrap_or(&file),
        None => &file,
    };
    shown.display().to_string()
}

/// The same for a path as the compiler wrote it down, which is relative to the course.
///
/// Where no file of that name can be found it stays as it is.
pub(super) fn written_path_from_here(written: &str) -> String {
    let Some(file) = find_source(written) else {
        return written.to_owned();
    };
    let depth = Path::new(written).components().count();
    let course = file.ancestors().nth(depth).unwrap_or(&file);
    path_from_here(&file, course)
}

/// Finds a source file of the course by the path that the compiler wrote down.
pub(super) fn find_source(written: &str) -> Option<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    source::find(written, package.as_deref())
}

/// Reads such a file.
pub(super) fn read_source(written: &str) -> Option<String> {
    fs::read_to_string(find_source(written)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_where_the_user_stands() {
        let course = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = course.join("katas/counter.rs");
        let absolute = file.canonicalize().unwrap().display().to_string();
        for (here, expected) in [
            (Some(course.to_owned()), "katas/counter.rs"),
            (Some(course.join("katas")), "counter.rs"),
            (Some(course.join("katas/../katas")), "counter.rs"),
            (Some(course.join("src/cli")), &absolute),
            (course.parent().map(Path::to_owned), &absolute),
            (Some(PathBuf::from("katas")), &absolute),
            (None, &absolute),
        ] {
            let found = from_folder(&file, course, here.as_deref());
            assert_eq!(Path::new(&found), Path::new(expected), "{here:?}");
        }
    }
}
