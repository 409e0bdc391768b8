//! A site of all slips, by kata: each to step through and to play, and the briefs.

// Pages are made side by side, and no exploration sees these threads.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use super::broken::{self, Sought, Unbroken};
use super::markdown;
use super::page::{self, Place, SCRIPT, STYLE, Subject, escape, prose};
use crate::cli::outcome::CommandError;
use kata::curriculum::{self, Kata, Slip};
use kata::explore::BackEnd;
use kata::harness::counted;
use kata::text;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A file of the site.
pub struct File {
    /// Its path from the site's root, with `/` between the parts.
    pub path: String,
    pub text: String,
}

/// A slip of the course, and its neighbours.
struct Shown {
    kata: &'static Kata,
    slip: &'static Slip,
    before: Option<&'static Slip>,
    after: Option<&'static Slip>,
}

/// How many slips there are.
pub fn slips() -> usize {
    curriculum::all().iter().map(|kata| kata.slips.len()).sum()
}

/// Makes the files, one after the other for `keep`, which may end it by an error. It is told as well how
/// many slips have their page.
pub fn make(
    keep: &mut (impl FnMut(File, usize) -> Result<(), CommandError> + Send),
) -> Result<(), CommandError> {
    for file in shared() {
        keep(file, 0)?;
    }
    let all: Vec<Shown> = curriculum::all().iter().flat_map(neighbours).collect();
    let next = AtomicUsize::new(0);
    let kept = Mutex::new((keep, 0, Ok(())));
    let work = || {
        while let Some(shown) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            let file = slip_page(shown);
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let (keep, made, ended) = &mut *kept;
            *made += 1;
            if ended.is_ok() {
                *ended = file.and_then(|file| keep(file, *made));
            }
            if ended.is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(work);
        }
        work();
    });
    kept.into_inner().unwrap_or_else(PoisonError::into_inner).2
}

/// The slips of a kata, in order.
fn neighbours(kata: &'static Kata) -> impl Iterator<Item = Shown> {
    (0..kata.slips.len()).map(move |place| Shown {
        kata,
        slip: &kata.slips[place],
        before: place.checked_sub(1).map(|place| &kata.slips[place]),
        after: kata.slips.get(place + 1),
    })
}

/// What the pages have in common, and the texts.
fn shared() -> Vec<File> {
    let file = |path: &str, text: String| File {
        path: path.to_owned(),
        text,
    };
    let mut files = vec![
        file("page.css", STYLE.to_owned()),
        file("page.js", SCRIPT.to_owned()),
        file("index.html", index()),
    ];
    let brief = |kata: &Kata| file(&format!("{}/index.html", kata.name), kata_page(kata));
    files.extend(curriculum::all().iter().map(brief));
    files
}

fn index() -> String {
    let katas = curriculum::all();
    let mut body = format!(
        "<p>{}</p>\n",
        escape(&text!(
            "{slips} of {katas}: wrong solutions of the kind that people write. Each has a page with \
             the smallest execution that breaks it, which you can step through; or be the scheduler \
             yourself, and break it.",
            slips = counted(slips() as u64, "slip"),
            katas = counted(katas.len() as u64, "kata"),
        )),
    );
    for kata in katas {
        let slip = |slip: &Slip| {
            format!(
                "<li><a href=\"{}/{slip}.html\">{slip}</a>{}</li>\n",
                kata.name,
                called(slip),
                slip = slip.name,
            )
        };
        let items: String = kata.slips.iter().map(slip).collect();
        body += &format!(
            "<section aria-labelledby=\"{name}\"><h2 id=\"{name}\">\
             <a href=\"{name}/index.html\">{}. {}</a></h2>\n<p>{}</p>\n<ul>\n{items}</ul></section>\n",
            kata.number,
            escape(kata.title()),
            prose(kata.summary()),
            name = kata.name,
        );
    }
    let place = Place {
        links: String::new(),
        root: "",
    };
    page::text(text!("Concurrency katas: what goes wrong"), &body, &place)
}

/// What the slip's failure is called, in brackets.
fn called(slip: &Slip) -> String {
    let engine = [BackEnd::Exhaustive, BackEnd::Generated, BackEnd::Loom];
    let label = engine.iter().find_map(|back_end| slip.pattern(*back_end));
    label.map_or(String::new(), |label| {
        format!(
            " <span class=\"aside\">({})</span>",
            escape(&label.to_string())
        )
    })
}

/// The brief, and the kata's slips with their stories.
fn kata_page(kata: &Kata) -> String {
    let whole = kata.brief();
    let parts = whole.strip_prefix("# ");
    let parts = parts.and_then(|text| text.split_once('\n'));
    let (title, brief) = parts.unwrap_or((kata.title(), &whole));
    let row = |slip: &Slip| {
        format!(
            "<tr><th scope=\"row\"><a href=\"{name}.html\">{name}</a></th><td>{}{}</td></tr>\n",
            prose(&slip.story()),
            called(slip),
            name = slip.name,
        )
    };
    let rows: String = kata.slips.iter().map(row).collect();
    let body = format!(
        "{}<section aria-labelledby=\"slips\"><h2 id=\"slips\">{}</h2>\n\
         <table class=\"slips\" aria-labelledby=\"slips\"><tbody>\n{rows}</tbody></table></section>\n",
        markdown::html(brief),
        escape(text!("What goes wrong")),
    );
    let links = [
        ("../index.html", text!("All katas").to_owned()),
        ("#slips", text!("What goes wrong").to_owned()),
    ];
    page::text(title, &body, &place(text!("Gallery"), &links))
}

fn place(name: &str, links: &[(&str, String)]) -> Place {
    let link = |(to, text): &(&str, String)| format!("<a href=\"{to}\">{}</a>\n", escape(text));
    let links: String = links.iter().map(link).collect();
    Place {
        links: format!("<nav aria-label=\"{name}\">\n{links}</nav>\n"),
        root: "../",
    }
}

fn slip_page(shown: &Shown) -> Result<File, CommandError> {
    let Shown {
        kata,
        slip,
        before,
        after,
    } = shown;
    let named = |slip: &Slip| format!("{}.html", slip.name);
    let before = before.map(|slip| (named(slip), format!("← {}", slip.name)));
    let after = after.map(|slip| (named(slip), format!("{} →", slip.name)));
    let mut links = vec![
        ("../index.html", text!("All katas").to_owned()),
        ("index.html", kata.title().to_owned()),
    ];
    let others = before.iter().chain(&after);
    links.extend(others.map(|(to, text)| (to.as_str(), text.clone())));
    let place = place(text!("Gallery"), &links);
    let subject = Subject {
        kata,
        slip: Some(slip),
    };
    let text = match broken::of_slip(kata, slip, None)? {
        Sought::Broken(broken) => page::page(&subject, *broken, Some(&place)),
        Sought::Not(why) => {
            let words = why.words(kata, Some(slip));
            let why = match why {
                Unbroken::OnlyMemory { .. } => text!(
                    "{nothing}: {why} There is no drawing either: loom explores in a build of its own, and \
                     the pages are made by the one without it.",
                    nothing = text!("There is nothing to play"),
                    why = words
                ),
                Unbroken::Holds(_) | Unbroken::Unknown { .. } => text!(
                    "{nothing}: {why}",
                    nothing = text!("There is nothing to play"),
                    why = words
                ),
            };
            page::without_execution(&subject, slip, &why, &place)
        }
    };
    Ok(File {
        path: format!("{}/{}", kata.name, named(slip)),
        text,
    })
}
