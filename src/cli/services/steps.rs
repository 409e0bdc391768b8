//! Steps of an execution, as results have them, in lines.

use super::course::path_from_here;
use serde_json::Value;

/// The first so many steps of what is told of an execution, a line each.
pub fn lines(told: &Value, many: usize) -> String {
    let steps = told["steps"].as_array().map_or(&[][..], Vec::as_slice);
    let line = |step: &Value| {
        let number = step["number"].as_u64();
        let number = number.map_or(String::new(), |number| number.to_string());
        let (task, words) = (task(told, &step["task"]), text(&step["words"]));
        let place = match step["path"].as_str() {
            Some(path) => format!("   {}:{}", path_from_here(path), step["line"]),
            None => String::new(),
        };
        format!("{number:>3}  {task:12} {words}{place}\n")
    };
    steps.iter().take(many).map(line).collect()
}

/// What is known of the objects after a step, a line each.
pub fn objects(step: &Value) -> String {
    let objects = step["objects"].as_array().into_iter().flatten();
    let line = |object: &Value| format!("     {}: {}\n", text(&object[0]), text(&object[1]));
    objects.map(line).collect()
}

/// The text of a value that is one, or nothing.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn task<'a>(told: &'a Value, column: &Value) -> &'a str {
    let column = column
        .as_u64()
        .and_then(|column| usize::try_from(column).ok());
    column.map_or("", |column| text(&told["tasks"][column]))
}
