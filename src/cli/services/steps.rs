//! Steps of an execution, as results have them, in lines.

use super::course::path_from_here;
use kata::results::Step;
use kata::timeline::padded;

/// The steps of these tasks, a line each.
pub fn lines(tasks: &[String], steps: &[Step]) -> String {
    let line = |step: &Step| {
        let number = step
            .number
            .map_or(String::new(), |number| number.to_string());
        let task = match step.task.and_then(|column| tasks.get(column)) {
            Some(task) => task,
            None => "",
        };
        let place = match (&step.path, step.line) {
            (Some(path), Some(line)) => format!("   {}:{line}", path_from_here(path)),
            _ => String::new(),
        };
        format!("{number:>3}  {} {}{place}\n", padded(task, 12), step.words)
    };
    steps.iter().map(line).collect()
}

/// What is known of the objects after a step, a line each.
pub fn objects(step: &Step) -> String {
    let line = |(name, state): &(String, String)| format!("     {name}: {state}\n");
    step.objects.iter().map(line).collect()
}
