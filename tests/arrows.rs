//! No file of the crate imports in a circle, but a type and its companion; and what a table says of the
//! order in which to read files is true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Circles that are one type, or one macro, in several files.
const COMPANIONS: [&[&str]; 2] = [
    // The execution, and the parts of its rules that keep data of their own.
    &[
        "explore::execution",
        "explore::execution::cycle",
        "explore::execution::time",
    ],
    // The events of an execution, and the pairs of them that race.
    &[
        "explore::search::dpor::race",
        "explore::search::dpor::trace",
    ],
];

type Module = Vec<String>;

/// The modules of the crate with their text, without tests and slips.
struct Crate {
    texts: BTreeMap<Module, String>,
    /// What a module hands on under its own name: where that comes from.
    handed_on: BTreeMap<(Module, String), (Module, String)>,
}

impl Crate {
    fn read(src: &Path) -> Self {
        let mut files = Vec::new();
        list(src, &mut files);
        let texts: BTreeMap<Module, String> = files
            .iter()
            .filter_map(|file| Some((module(src, file)?, without_tests(file))))
            .collect();
        let mut all = Crate {
            texts,
            handed_on: BTreeMap::new(),
        };
        for (module, text) in &all.texts {
            for path in uses(text).filter_map(|(is_public, path)| is_public.then_some(path)) {
                if let Some((from, name)) = all.origin(module, &path) {
                    all.handed_on
                        .insert((module.clone(), name.clone()), (from, name));
                }
            }
        }
        all
    }

    /// The module that a path leads to, and the name in it.
    fn origin(&self, from: &Module, path: &[String]) -> Option<(Module, String)> {
        let mut rest = path;
        let mut at = match rest.first()?.as_str() {
            "crate" | "kata" => Module::new(),
            "self" => from.clone(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            _ => {
                let inner = [from.as_slice(), &rest[..1]].concat();
                self.texts.contains_key(&inner).then(|| from.clone())?
            }
        };
        if matches!(rest[0].as_str(), "crate" | "kata" | "self" | "super") {
            rest = &rest[1..];
        }
        while rest.first().is_some_and(|part| part == "super") {
            at.pop()?;
            rest = &rest[1..];
        }
        while let Some(part) = rest.first() {
            let inner = [at.as_slice(), std::slice::from_ref(part)].concat();
            if !self.texts.contains_key(&inner) {
                break;
            }
            at = inner;
            rest = &rest[1..];
        }
        Some((at, rest.first().cloned().unwrap_or_default()))
    }

    /// What each module imports, re-exports followed.
    fn arrows(&self) -> BTreeMap<&Module, BTreeSet<&Module>> {
        let arrows_of = |module| {
            let private = uses(&self.texts[module]).filter(|(is_public, _)| !is_public);
            let origins = private.filter_map(|(_, path)| self.origin(module, &path));
            let modules = origins.filter_map(|mut origin| {
                while let Some(further) = self.handed_on.get(&origin) {
                    if *further == origin {
                        break;
                    }
                    origin = further.clone();
                }
                let (to, _) = self.texts.get_key_value(&origin.0)?;
                (to != module).then_some(to)
            });
            modules.collect()
        };
        let modules = self.texts.keys();
        modules.map(|module| (module, arrows_of(module))).collect()
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// The path of the file's module; none of a test, a slip, the command's `main` or the engine's root, the
/// modules of which are handed on by that of the course.
fn module(src: &Path, file: &Path) -> Option<Module> {
    let inner = file.strip_prefix(src).unwrap().with_extension("");
    if inner == Path::new("engine") {
        return None;
    }
    let mut parts: Module = inner
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts
        .iter()
        .any(|part| ["tests", "slips", "main"].contains(&part.as_str()))
    {
        return None;
    }
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    Some(parts)
}

fn without_tests(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    text[..end].to_owned()
}

/// The paths of the text's `use` lines, and whether they are public.
fn uses(text: &str) -> impl Iterator<Item = (bool, Vec<String>)> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let all = lines.filter_map(|(start, line)| {
        let is_public = line.starts_with("pub");
        let path = line
            .find("use ")
            .filter(|_| is_public || line.trim_start().starts_with("use "))?;
        let tree = text[start + path + 4..].split(';').next()?;
        Some((is_public, tree))
    });
    all.flat_map(|(is_public, tree)| {
        let flat: String = tree.split_whitespace().collect::<Vec<_>>().join(" ");
        branches(&flat)
            .into_iter()
            .map(move |path| (is_public, path))
    })
}

/// The paths of one tree: `a::{b, c::d}`.
fn branches(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((stem, inner)) = tree.strip_suffix('}').and_then(|tree| tree.split_once('{')) else {
        let name = tree.split(" as ").next().unwrap_or(tree);
        return vec![name.split("::").map(str::to_owned).collect()];
    };
    let stem: Vec<String> = stem
        .split("::")
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let mut depth = 0;
    let parts = inner.split(|sign| {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        sign == ',' && depth == 0
    });
    let inner = parts
        .filter(|part| !part.trim().is_empty())
        .flat_map(branches);
    inner.map(|path| [stem.clone(), path].concat()).collect()
}

/// All that can be reached from a module.
fn reached<'a>(
    arrows: &BTreeMap<&'a Module, BTreeSet<&'a Module>>,
    from: &'a Module,
) -> BTreeSet<&'a Module> {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        open.extend(arrows[module].iter().filter(|next| seen.insert(**next)));
    }
    seen
}

#[test]
fn no_file_imports_in_a_circle_but_a_type_and_its_companion() {
    let all = Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let arrows = all.arrows();
    assert!(
        arrows.values().map(BTreeSet::len).sum::<usize>() > 500,
        "imports are read"
    );
    let reached: BTreeMap<_, _> = arrows
        .keys()
        .map(|&module| (module, reached(&arrows, module)))
        .collect();
    let name = |module: &Module| module.join("::");
    let circles: BTreeSet<Vec<String>> = reached
        .iter()
        .filter(|(module, ahead)| ahead.contains(*module))
        .map(|(module, ahead)| {
            let same = ahead
                .iter()
                .filter(|other| reached[**other].contains(*module));
            same.map(|other| name(other)).collect()
        })
        .collect();
    let known: BTreeSet<Vec<String>> = COMPANIONS
        .iter()
        .map(|circle| circle.iter().map(|&module| module.to_owned()).collect())
        .collect();
    assert_eq!(circles, known);
}

/// The rows of the table that says in which order to read the files of a module: their names.
fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let docs = text.lines().map_while(|line| line.strip_prefix("//!"));
    let mut docs = docs.map(str::trim);
    docs.find(|line| line.starts_with('|') && line.contains("in this order |"))?;
    let rows = docs.skip(1).take_while(|line| line.starts_with('|'));
    let names = rows.map(|row| {
        let cell = row.split('|').nth(1).unwrap_or_default();
        let quoted = cell.split('`').skip(1).step_by(2);
        quoted.map(|name| name.trim_end_matches("()").to_owned())
    });
    Some(names.map(Iterator::collect).collect())
}

/// What is wrong with the order that the table of a module gives.
fn misplaced(
    all: &Crate,
    arrows: &BTreeMap<&Module, BTreeSet<&Module>>,
    of: &Module,
    rows: &[Vec<String>],
) -> Vec<String> {
    let inner = |module: &Module| {
        let is_inner = module.len() > of.len() && module.starts_with(of);
        is_inner.then(|| module[of.len()].clone())
    };
    let row = |name: &String| rows.iter().position(|row| row.contains(name));
    let mut wrong = BTreeSet::new();
    for name in all.texts.keys().filter_map(inner) {
        if row(&name).is_none() {
            wrong.insert(format!("{}: `{name}` has no row", of.join("::")));
        }
    }
    for (from, to) in arrows
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| (from, to)))
    {
        let (Some(user), Some(used)) = (inner(from), inner(to)) else {
            continue;
        };
        if row(&used) > row(&user) {
            wrong.insert(format!(
                "{} uses {}, which comes later",
                from.join("::"),
                to.join("::")
            ));
        }
    }
    wrong.into_iter().collect()
}

#[test]
fn files_can_be_read_in_the_order_that_their_tables_give() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Crate::read(&src);
    // The crate's page is a file of its own.
    let page = fs::read_to_string(src.join("README.md")).unwrap();
    let page = page.lines().map(|line| format!("//! {line}\n"));
    all.texts.insert(Module::new(), page.collect());
    let arrows = all.arrows();
    let tables: Vec<_> = all
        .texts
        .iter()
        .filter_map(|(module, text)| Some((module, rows(text)?)))
        .collect();
    assert!(tables.len() > 6, "only {} tables", tables.len());
    let wrong: Vec<String> = tables
        .iter()
        .flat_map(|(of, rows)| misplaced(&all, &arrows, of, rows))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_tree_of_imports_is_read_as_its_paths() {
    let text = "pub(crate) use a::{b, c::{d, e as f}};\n    use super::g;\nlet used = 1;\n";
    let read: Vec<String> = uses(text)
        .map(|(is_public, path)| format!("{is_public} {}", path.join("::")))
        .collect();
    assert_eq!(
        read,
        [
            "true a::b",
            "true a::c::d",
            "true a::c::e",
            "false super::g"
        ]
    );
}
