//! Where the learner's files are.

use kata::curriculum::Kata;
use kata::harness;
use kata::text;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A clone of the course: the folder that has `katas/` in it.
pub struct Course {
    root: PathBuf,
}

/// A learner's file, as it was when it was read.
pub struct LearnerFile {
    /// Its path from the root of the course, by which results name it.
    pub name: String,
    /// Its path from where the user stands, which terminals and editors can open.
    pub shown: String,
    /// What it says; nothing if that cannot be read.
    pub source: String,
}

impl Course {
    /// The course around the package that cargo runs, or else around the current folder.
    pub fn find() -> Result<Course, String> {
        let here =
            env::current_dir().map_err(|error| text!("the current folder: {error}", error))?;
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        package
            .iter()
            .map(PathBuf::as_path)
            .chain(here.ancestors())
            .find(|folder| folder.join("katas/Cargo.toml").is_file())
            .map(|root| Course {
                root: root.to_owned(),
            })
            .ok_or_else(|| {
                text!(
                    "neither {here} nor a folder above it has `katas/Cargo.toml`.\n\
                     Go to your clone of the course; if its `katas` is gone, \
                     `git checkout -- katas` brings it back.",
                    here = here.display()
                )
            })
    }

    /// Where a path from the root of the course leads.
    pub fn path(&self, from_root: &str) -> PathBuf {
        self.root.join(from_root)
    }

    /// The learner's package, with the files.
    pub fn katas(&self) -> PathBuf {
        self.root.join("katas")
    }

    /// The manifest of the learner's package.
    pub fn manifest(&self) -> PathBuf {
        self.katas().join("Cargo.toml")
    }

    /// Where the course keeps what it knows of the learner: neither git nor cargo touch it.
    pub fn memory(&self) -> PathBuf {
        self.root.join(".kata")
    }

    /// What the learner's file says.
    pub fn source(&self, kata: &Kata) -> io::Result<String> {
        fs::read_to_string(self.stub(kata))
    }

    /// The learner's file as it is now.
    pub fn file(&self, kata: &Kata) -> LearnerFile {
        LearnerFile {
            name: stub_name(kata),
            shown: self.path_from_here(&stub_name(kata)),
            source: self.source(kata).unwrap_or_default(),
        }
    }

    /// Where cargo builds if nothing else is asked for.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The learner's file.
    pub fn stub(&self, kata: &Kata) -> PathBuf {
        self.root.join(stub_name(kata))
    }

    /// A file of the course, named from its root, as terminals and editors can open it.
    fn path_from_here(&self, path: &str) -> String {
        let file = self.root.join(path);
        if !file.is_file() {
            return path.to_owned();
        }
        harness::path_from_here(&file, &self.root)
    }

    /// True if the learner's package has the file as a test target with the kata's name.
    pub fn has_target(&self, kata: &Kata) -> io::Result<bool> {
        let manifest = fs::read_to_string(self.manifest())?;
        let name = format!("name = \"{}\"", kata.name);
        let path = format!("path = \"{}\"", kata.stub);
        let has_line = |section: &str, line: &str| section.lines().any(|found| found == line);
        Ok(manifest
            .split("[[test]]")
            .skip(1)
            .any(|section| has_line(section, &name) && has_line(section, &path)))
    }
}

/// The learner's file as messages name it, from the root of the course.
pub fn stub_name(kata: &Kata) -> String {
    format!("katas/{}", kata.stub)
}

/// A file that is named from the root of the course, as terminals and editors can open it.
pub fn path_from_here(path: &str) -> String {
    Course::find().map_or_else(|_| path.to_owned(), |course| course.path_from_here(path))
}

/// Writes a file so that at any time there is either the old one or the new one.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    // Temporary files are for their owner only, and this one is a file like others.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let before = fs::metadata(path).map(|metadata| metadata.permissions());
        let permissions = before.unwrap_or(fs::Permissions::from_mode(0o644));
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(path)?;
    Ok(())
}
