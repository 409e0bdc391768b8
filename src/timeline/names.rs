//! Names for tasks, objects and places, as the learner's code has them.

use super::source::Sources;
use super::width::{head, width};
use crate::diagnosis::sentences;
use crate::explore::operation::{ObjectId, ObjectKind, Operation, TaskId};
use crate::explore::record::{Event, EventKind, ObjectInfo, Record, Site};
use crate::text;
use crate::texts::list;
use std::collections::{BTreeMap, HashSet};
use std::panic::Location;
use std::path::Path;

/// The names of one execution's tasks and objects.
#[derive(Debug)]
pub(super) struct Names {
    tasks: Vec<String>,
    objects: Vec<String>,
    /// The objects whose names say nothing, by the places where they were created.
    unnamed: Vec<(ObjectId, String)>,
    /// The objects that only the check uses.
    of_the_check: Vec<ObjectId>,
}

impl Names {
    pub(super) fn new(record: &Record, sources: &Sources) -> Self {
        let tasks = record.tasks.iter().map(|task| task.name.clone()).collect();
        let name = |(index, info): (usize, &ObjectInfo)| match info.kind {
            ObjectKind::Waker => None,
            _ => object_name(record, index, sources),
        };
        let found: Vec<Option<String>> = record.objects.iter().enumerate().map(name).collect();
        let named = record.objects.iter().zip(&found).map(|(info, found)| {
            let kind = || info.kind.to_string();
            found.clone().unwrap_or_else(kind)
        });
        let unnamed = (0..)
            .zip(&record.objects)
            .zip(&found)
            .filter(|((_, info), found)| found.is_none() && info.kind != ObjectKind::Waker)
            .map(|((id, info), _)| (ObjectId(id), place(info.location)));
        Names {
            tasks: tell_apart(tasks),
            objects: tell_apart(named.collect()),
            unnamed: unnamed.collect(),
            of_the_check: record.of_the_check(),
        }
    }

    pub(super) fn task(&self, id: TaskId) -> &str {
        self.tasks
            .get(id.index())
            .map_or(text!("a task"), String::as_str)
    }

    /// "a, b and c".
    pub(super) fn tasks(&self, ids: &[TaskId]) -> String {
        let names: Vec<String> = ids.iter().map(|&id| self.task(id).to_owned()).collect();
        list(&names)
    }

    pub(super) fn object(&self, id: ObjectId) -> &str {
        self.objects
            .get(id.index())
            .map_or(text!("an object"), String::as_str)
    }

    /// Where the objects were created whose names say nothing, and which ones are the check's own, as far as
    /// they are among `used`.
    pub(super) fn legend(&self, used: &[ObjectId]) -> Vec<String> {
        let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (id, place) in self.unnamed.iter().filter(|(id, _)| used.contains(id)) {
            let names = places.entry(place).or_default();
            names.push(self.object(*id).to_owned());
        }
        let phrase = |(place, names): (_, Vec<_>)| {
            text!("{place} creates {objects}", place, objects = list(&names))
        };
        let mut legend: Vec<String> = places.into_iter().map(phrase).collect();
        let own = self.of_the_check.iter().filter(|id| used.contains(id));
        let own: Vec<String> = own.map(|id| self.object(*id).to_owned()).collect();
        match &own[..] {
            [] => {}
            [one] => legend.push(text!("{object} is the check's own", object = one)),
            several => legend.push(text!(
                "{objects} are the check's own",
                objects = list(several)
            )),
        }
        legend
    }
}

impl sentences::Names for Names {
    fn task(&self, task: TaskId) -> String {
        Names::task(self, task).to_owned()
    }

    fn object(&self, object: ObjectId) -> String {
        Names::object(self, object).to_owned()
    }

    fn place(&self, location: Site) -> String {
        place(location)
    }
}

/// A place as `file.rs:12`.
pub(super) fn place(location: &Location<'_>) -> String {
    format!("{}:{}", short_path(location.file()), location.line())
}

/// How long a file's name may be, so that there is room for the line's number beside it.
const NAME: usize = 16;

/// The file's name, shortened if it is long; a name that many files have keeps its folder.
pub(super) fn short_path(path: &str) -> String {
    let all: Vec<_> = Path::new(path).iter().collect();
    let is_common = ["mod.rs", "lib.rs", "main.rs"]
        .iter()
        .any(|name| path.ends_with(name));
    let kept = all.len().min(if is_common { 2 } else { 1 });
    let parts: Vec<_> = all[all.len() - kept..]
        .iter()
        .map(|part| part.to_string_lossy())
        .collect();
    let name = parts.join("/");
    match name.strip_suffix(".rs") {
        Some(stem) if !is_common && width(&name) > NAME => {
            format!("{}….rs", head(stem, NAME - width("….rs")))
        }
        _ => name,
    }
}

/// The name that the first operation with a readable receiver gives to the object.
fn object_name(record: &Record, index: usize, sources: &Sources) -> Option<String> {
    let mut tried = HashSet::new();
    let name = record
        .events
        .iter()
        .filter_map(|event| receiver_at(event, index))
        .filter(|site| tried.insert(*site))
        .find_map(|site| sources.receiver(site));
    name.or_else(|| sources.created_as(record.objects[index].location))
}

/// Where the event's code names the object, if it does.
fn receiver_at(event: &Event, index: usize) -> Option<Site> {
    use Operation::*;
    let EventKind::Performed(operation, _) = event.what else {
        return None;
    };
    // What guards and dropped ends do stands nowhere in the code.
    let is_named = !matches!(
        operation,
        Unlock(_) | UnlockRead(_) | UnlockWrite(_) | DropSender(_) | DropReceiver(_)
    );
    let is_it = operation.object().is_some_and(|id| id.index() == index);
    event.location.filter(|_| is_it && is_named)
}

/// Gives each of several equal names a number.
fn tell_apart(names: Vec<String>) -> Vec<String> {
    let stems: Vec<&str> = names.iter().map(|name| stem(name)).collect();
    let number = |index: usize| {
        stems[..index]
            .iter()
            .filter(|&&s| s == stems[index])
            .count()
            + 1
    };
    let is_shared = |index: usize| stems.iter().filter(|&&s| s == stems[index]).count() > 1;
    (0..names.len())
        .map(|index| {
            if is_shared(index) {
                format!("{}#{}", stems[index], number(index))
            } else {
                names[index].clone()
            }
        })
        .collect()
}

/// The name without an index that is a variable, for it is another one each time.
fn stem(name: &str) -> &str {
    match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
        Some((stem, index)) if !index.chars().all(|c| c.is_ascii_digit()) => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::short_path;

    #[test]
    fn a_path_is_the_files_name_with_room_for_the_line_beside_it() {
        let cases = [
            ("katas/counter.rs", "counter.rs"),
            ("katas/bounded_queue.rs", "bounded_queue.rs"),
            ("src/slips/check_outside_the_lock.rs", "check_outsid….rs"),
            ("src/read_write_lock/mod.rs", "read_write_lock/mod.rs"),
        ];
        for (path, shown) in cases {
            assert_eq!(short_path(path), shown);
        }
    }
}
