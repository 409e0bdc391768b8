//! Whether a value is as a JSON Schema says, for the part of that language that ours is written in.
#![allow(dead_code)]

use serde_json::Value;

/// What says nothing of the value.
const SILENT: [&str; 7] = [
    "$schema",
    "$defs",
    "title",
    "description",
    "default",
    "format",
    "$ref",
];

/// Where the value is not as the schema says, each with a reason.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(schema, schema, value, "", &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.strip_prefix("#/$defs/").expect("a definition");
        check(root, &root["$defs"][name], value, at, faults);
    }
    for (keyword, rule) in schema.as_object().expect("a schema") {
        let mut fault = |holds: bool| {
            if !holds {
                faults.push(format!("{at}: {keyword} {rule}"));
            }
        };
        match keyword.as_str() {
            "type" => fault(is_of_type(rule, value)),
            "const" => fault(value == rule),
            "enum" => fault(list(rule).contains(value)),
            "minimum" => fault(
                value
                    .as_f64()
                    .is_none_or(|number| Some(number) >= rule.as_f64()),
            ),
            "anyOf" => fault(fitting(root, rule, value) > 0),
            "oneOf" => fault(fitting(root, rule, value) == 1),
            "required" => {
                let names = list(rule).iter().filter_map(Value::as_str);
                let has_all = |mut names: Vec<&str>| {
                    names.retain(|name| value.get(name).is_none());
                    names.is_empty()
                };
                fault(!value.is_object() || has_all(names.collect()));
            }
            "minItems" => fault(count(value).is_none_or(|count| Some(count) >= length(rule))),
            "maxItems" => fault(count(value).is_none_or(|count| Some(count) <= length(rule))),
            "properties" => {
                for (name, rule) in rule.as_object().expect("properties") {
                    if let Some(inner) = value.get(name) {
                        check(root, rule, inner, &format!("{at}.{name}"), faults);
                    }
                }
            }
            "additionalProperties" => {
                let all = value.as_object().into_iter().flatten();
                for (name, inner) in
                    all.filter(|(name, _)| schema["properties"].get(name).is_none())
                {
                    check(root, rule, inner, &format!("{at}.{name}"), faults);
                }
            }
            "prefixItems" => {
                let pairs = list(rule)
                    .iter()
                    .zip(value.as_array().into_iter().flatten());
                for (index, (rule, inner)) in pairs.enumerate() {
                    check(root, rule, inner, &format!("{at}[{index}]"), faults);
                }
            }
            "items" => {
                for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, inner, &format!("{at}[{index}]"), faults);
                }
            }
            silent => assert!(
                SILENT.contains(&silent),
                "the keyword {silent} is not known"
            ),
        }
    }
}

fn list(rule: &Value) -> &Vec<Value> {
    rule.as_array().expect("a list")
}

fn count(value: &Value) -> Option<usize> {
    value.as_array().map(Vec::len)
}

fn length(rule: &Value) -> Option<usize> {
    rule.as_u64().map(|length| length as usize)
}

/// How many of the schemas fit.
fn fitting(root: &Value, schemas: &Value, value: &Value) -> usize {
    let fits = |schema: &&Value| {
        let mut faults = Vec::new();
        check(root, schema, value, "", &mut faults);
        faults.is_empty()
    };
    list(schemas).iter().filter(fits).count()
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    match rule {
        Value::Array(types) => types.iter().any(|rule| is_of_type(rule, value)),
        rule => match rule.as_str().expect("a type") {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("the type {other} is not known"),
        },
    }
}

#[test]
fn each_keyword_refuses_what_is_not_as_it_says() {
    use serde_json::json;
    for (schema, good, bad) in [
        (json!({ "type": ["integer", "null"] }), json!(1), json!("1")),
        (json!({ "const": "a" }), json!("a"), json!("b")),
        (json!({ "enum": ["a", "b"] }), json!("b"), json!("c")),
        (json!({ "minimum": 0 }), json!(null), json!(-1)),
        (
            json!({ "anyOf": [{ "type": "null" }, { "type": "string" }] }),
            json!("a"),
            json!(1),
        ),
        (
            json!({ "oneOf": [{ "type": "integer" }, { "minimum": 2 }] }),
            json!(1),
            json!(2),
        ),
        (json!({ "required": ["a"] }), json!({ "a": 1 }), json!({})),
        (json!({ "minItems": 1 }), json!([1]), json!([])),
        (json!({ "maxItems": 1 }), json!([1]), json!([1, 2])),
        (
            json!({ "properties": { "a": { "type": "null" } } }),
            json!({ "b": 1 }),
            json!({ "a": 1 }),
        ),
        (
            json!({ "additionalProperties": { "type": "null" } }),
            json!({ "a": null }),
            json!({ "a": 1 }),
        ),
        (
            json!({ "prefixItems": [{ "type": "null" }] }),
            json!([null]),
            json!([1]),
        ),
        (
            json!({ "items": { "type": "null" } }),
            json!([null]),
            json!([null, 1]),
        ),
        (
            json!({ "$ref": "#/$defs/A", "$defs": { "A": { "type": "null" } } }),
            json!(null),
            json!(1),
        ),
    ] {
        assert_eq!(faults(&schema, &good), Vec::<String>::new(), "{schema}");
        assert!(!faults(&schema, &bad).is_empty(), "{schema} takes {bad}");
    }
}
