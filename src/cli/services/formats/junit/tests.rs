use super::*;
use crate::cli::services::checked::tests::{checked, failed, inconclusive, passed};
use roxmltree::{Document, Node};

/// What `junit-10.xsd` of Jenkins' xunit plugin allows: of each element the attributes, those of them
/// that have to be there, and the elements inside.
type Rule = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

const RULES: &[Rule] = &[
    (
        "testsuites",
        &["name", "time", "tests", "failures", "errors"],
        &[],
        &["testsuite"],
    ),
    (
        "testsuite",
        &[
            "name",
            "tests",
            "failures",
            "errors",
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        ],
        &["name", "tests", "failures", "errors"],
        &[
            "testsuite",
            "properties",
            "testcase",
            "system-out",
            "system-err",
        ],
    ),
    (
        "testcase",
        &["name", "time", "classname", "group"],
        &["name"],
        &["skipped", "error", "failure", "system-out", "system-err"],
    ),
    ("failure", &["type", "message"], &[], &[]),
    ("error", &["type", "message"], &[], &[]),
    ("skipped", &["type", "message"], &[], &[]),
];

/// What Ant's schema and GitLab ask for beyond that.
const ASKED: &[(&str, &[&str])] = &[
    ("testsuite", &["time", "timestamp", "hostname"]),
    ("testcase", &["classname", "time"]),
    ("failure", &["type"]),
    ("error", &["type"]),
];

/// What is against the rules.
fn faults(node: Node) -> Vec<String> {
    let name = node.tag_name().name();
    let Some((_, allowed, required, inside)) = RULES.iter().find(|rule| rule.0 == name) else {
        return vec![format!("no element `{name}`")];
    };
    let asked = ASKED.iter().find(|rule| rule.0 == name);
    let asked = asked.map_or(&[] as &[&str], |rule| rule.1);
    let mut faults = Vec::new();
    for attribute in node.attributes() {
        let (attribute, value) = (attribute.name(), attribute.value());
        if !allowed.contains(&attribute) {
            faults.push(format!("attribute `{attribute}` of {name}"));
        }
        let is_number = |value: &str| value.chars().all(|c| c.is_ascii_digit() || c == '.');
        if attribute == "time" && !is_number(value) {
            faults.push(format!("`{value}` is no time"));
        }
    }
    for attribute in required.iter().chain(asked) {
        if node.attribute(*attribute).is_none() {
            faults.push(format!("no `{attribute}` in {name}"));
        }
    }
    for child in node.children().filter(Node::is_element) {
        let child_name = child.tag_name().name();
        if !inside.contains(&child_name) {
            faults.push(format!("`{child_name}` in {name}"));
        }
        faults.extend(self::faults(child));
    }
    faults
}

fn of_class() -> String {
    let checks = vec![
        passed("counters_are_apart"),
        failed("no_update_is_lost"),
        inconclusive("value_is_never_behind"),
    ];
    let all = [
        checked(Status::Failed, checks),
        checked(Status::DoesNotCompile, Vec::new()),
        checked(Status::Refused, Vec::new()),
    ];
    let suite = |(name, checked)| Suite {
        name,
        file: "class/anna/counter.rs",
        checked,
    };
    let names = ["anna/counter", "ben/counter", "carl & co"];
    let suites: Vec<Suite> = names.into_iter().zip(&all).map(suite).collect();
    document_of(&suites, "a-host")
}

#[test]
fn a_suite_has_a_case_for_each_check_of_the_kata_and_one_for_the_file() {
    insta::assert_snapshot!(of_class());
}

#[test]
fn the_schemas_of_jenkins_and_gitlab_take_it() {
    let xml = of_class();
    let document = Document::parse(&xml).expect("XML");
    assert_eq!(faults(document.root_element()), Vec::<String>::new());
}

#[test]
fn the_rules_refuse_what_the_schemas_refuse() {
    for (xml, fault) in [
        ("<testsuite/>", "no `name` in testsuite"),
        (
            "<testsuites><testcase name='a' classname='a' time='1'/></testsuites>",
            "`testcase` in testsuites",
        ),
        (
            "<testcase name='a' classname='a' time='1' file='b'/>",
            "attribute `file` of testcase",
        ),
        (
            "<testcase name='a' classname='a' time='soon'/>",
            "`soon` is no time",
        ),
        ("<testing/>", "no element `testing`"),
    ] {
        let document = Document::parse(xml).expect("XML");
        let found = faults(document.root_element());
        assert!(found.iter().any(|it| it == fault), "{xml}: {found:?}");
    }
}

#[test]
fn a_suite_counts_its_cases() {
    let xml = of_class();
    let document = Document::parse(&xml).expect("XML");
    let suites = document.descendants();
    for suite in suites.filter(|node| node.has_tag_name("testsuite")) {
        for (attribute, element) in [
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ] {
            let there = suite
                .descendants()
                .filter(|node| node.has_tag_name(element));
            let said = suite.attribute(attribute).map(str::parse);
            assert_eq!(said, Some(Ok(there.count())), "{attribute}");
        }
    }
}
