//! What is said in other languages: whether their files of texts have all that the code says.

use super::inspection::{Inspection, Missing};
use crate::cli::help;
use crate::cli::services::course::Course;
use clap::Command;
use kata::curriculum::{self, Kata};
use kata::harness::counted;
use kata::texts::{self, Finding, Language, Used};
use std::io::{self, Write};

/// What a kata says.
fn of_kata(course: &Course, kata: &Kata) -> io::Result<Used> {
    texts::used(&course.path(&format!("src/curriculum/{}", kata.name)))
}

/// What a kata says that other languages lack.
pub(super) fn inspect<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    kata: &Kata,
) -> io::Result<()> {
    let used = of_kata(course, kata)?;
    note(inspection, &used, |finding| {
        matches!(finding, Finding::Missing(_))
    })
}

/// All the rest: what else the code says, and what nobody says any more.
pub(super) fn inspect_rest<W: Write>(
    inspection: &mut Inspection<W>,
    course: &Course,
    command: Command,
) -> io::Result<()> {
    let mut used = texts::used(&course.path("src"))?;
    let mut of_katas = Used::default();
    for kata in curriculum::all() {
        let Used { texts, nouns, .. } = of_kata(course, kata)?;
        of_katas.texts.extend(texts);
        of_katas.nouns.extend(nouns);
    }
    used.help = Some(help::english(command));
    let is_told = |finding: &Finding| match finding {
        Finding::Missing(text) => of_katas.texts.contains(text) || of_katas.nouns.contains(text),
        Finding::NotSaid(_) | Finding::OtherWords(_) => false,
    };
    note(inspection, &used, |finding| !is_told(finding))
}

fn note<W: Write>(
    inspection: &mut Inspection<W>,
    used: &Used,
    is_meant: impl Fn(&Finding) -> bool,
) -> io::Result<()> {
    for &language in Language::ALL.iter().filter(|&&it| it != Language::English) {
        let path = format!("src/texts/{language}.po");
        let found = texts::findings(language, used).into_iter();
        let missing = |finding: Finding| Missing {
            what: finding.to_string(),
            mend: match finding {
                Finding::Missing(_) => format!("write it into {path}, by this `msgid`"),
                Finding::NotSaid(_) => format!("take it out of {path}, or mend its `msgid`"),
                Finding::OtherWords(_) => format!("in {path}: the same words in `{{}}`"),
            },
        };
        let missing = found.filter(&is_meant).map(missing).collect();
        let text = counted(used.texts.len() as u64, "text");
        inspection.note_all(&format!("texts, {language}"), text, missing)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    #[test]
    fn every_text_is_there_in_every_language_and_no_other() {
        let course = Course::find().expect("this course");
        let mut inspection = Inspection {
            out: Vec::new(),
            items: 0,
            findings: 0,
        };
        for kata in curriculum::all() {
            inspect(&mut inspection, &course, kata).expect("the source");
        }
        inspect_rest(&mut inspection, &course, Cli::command()).expect("the source");
        let told = String::from_utf8_lossy(&inspection.out);
        assert!(inspection.items > curriculum::all().len() as u64);
        assert_eq!(inspection.findings, 0, "{told}");
    }
}
