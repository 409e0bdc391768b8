//! The schema is that of the types, and what they become is as the schema says.

use super::*;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;
use std::{env, fs};

/// What is printed with `--format json`.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(title = "Results of cargo kata", inline)]
#[allow(dead_code)]
enum Document {
    /// By `cargo kata check`.
    Check(CourseResult),
    /// By `cargo kata grade`.
    Grade(ClassResult),
}

fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Document>();
    serde_json::to_string_pretty(&schema).expect("JSON") + "\n"
}

#[test]
fn the_schema_is_that_of_the_types() {
    let schema = schema();
    if env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") && schema != JSON_SCHEMA {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/results/schema.json");
        fs::write(path, &schema).expect("a file that can be written");
        return;
    }
    let differs = JSON_SCHEMA
        .lines()
        .zip(schema.lines())
        .find(|(is, should)| is != should);
    let how = "INSTA_UPDATE=always cargo test --lib -- results";
    assert!(
        JSON_SCHEMA == schema,
        "src/results/schema.json is not that of the types, from here on: {differs:#?}\n\
         To make it anew: {how}"
    );
}

#[test]
fn everything_in_the_schema_is_documented() {
    fn undocumented(at: &str, value: &Value, found: &mut Vec<String>) {
        let properties = value["properties"].as_object().into_iter().flatten();
        for (name, property) in properties {
            let is_of_type = property.get("$ref").is_some();
            if property.get("description").is_none() && !is_of_type {
                found.push(format!("{at}.{name}"));
            }
        }
        for (name, definition) in value["$defs"].as_object().into_iter().flatten() {
            if definition.get("description").is_none() {
                found.push(name.clone());
            }
            undocumented(name, definition, found);
        }
    }
    let mut found = Vec::new();
    let schema = serde_json::from_str(JSON_SCHEMA).expect("JSON");
    undocumented("", &schema, &mut found);
    assert_eq!(found, Vec::<String>::new());
}
