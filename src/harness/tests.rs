use super::*;
use crate::explore::BackEnd::{self, Exhaustive, Generated, Loom};
use crate::explore::options::SetBy;
use crate::explore::record::Record;
use crate::explore::scenario::Scenario;
use crate::explore::verdict::{Failure, FailureKind, Minimality, Verdict};
use proptest::strategy::Just;

const VERIFIED: Verdict = Verdict::Verified {
    executions: 90,
    sessions: 2,
};

const NOT_REFUTED: Verdict = Verdict::NotRefuted { executions: 1_000 };

fn inconclusive() -> Verdict {
    Verdict::Inconclusive {
        executions: 1_000,
        why: "loom was stopped by LOOM_MAX_DURATION=1".to_owned(),
    }
}

fn failure(kind: FailureKind) -> Failure {
    Failure {
        kind,
        workload: "1".to_owned(),
        in_words: "one".to_owned(),
        schedule: None,
        record: Record::default(),
        executions: 3,
        size: Minimality::All,
        contrast: None,
    }
}

fn report(name: &'static str, verdicts: &[(BackEnd, Verdict)]) -> Report {
    let scenario = |_: &u8| Scenario::new();
    Report {
        check: Check::new(name, "It holds.", Just(1), [1], [1], scenario),
        verdicts: verdicts.to_vec(),
    }
}

#[test]
fn a_check_passes_fails_or_is_inconclusive_by_one_rule_for_all_back_ends() {
    use Outcome::{Failed, Inconclusive, Passed};
    let bounded = Verdict::Bounded {
        executions: 18,
        within: "2 turns of giving way for each task".to_owned(),
    };
    let failed = Verdict::Failed(Box::new(failure(FailureKind::ForeignObject {
        location: Location::caller(),
    })));
    for back_end in [Generated, Exhaustive, Loom] {
        for (verdicts, outcome) in [
            (vec![VERIFIED], Passed),
            (vec![NOT_REFUTED], Passed),
            (vec![bounded.clone()], Passed),
            (vec![inconclusive()], Inconclusive),
            (vec![VERIFIED, inconclusive()], Inconclusive),
            (vec![failed.clone()], Failed),
            (vec![inconclusive(), failed.clone()], Failed),
        ] {
            let verdicts: Vec<_> = verdicts
                .into_iter()
                .map(|verdict| (back_end, verdict))
                .collect();
            let report = report("check", &verdicts);
            assert_eq!(report.outcome(), outcome, "{}", report.line());
            let is_told = report.inconclusive().is_some();
            assert_eq!(is_told, outcome == Inconclusive, "{}", report.line());
        }
    }
}

#[test]
fn what_is_nobodys_fault_is_never_a_failure() {
    for kind in [
        FailureKind::TooLong {
            steps: 5_000,
            set_by: SetBy::Environment,
        },
        FailureKind::NotDeterministic {
            difference: "another thread went on".to_owned(),
        },
        FailureKind::BackEnd {
            message: "it has no room for so many threads".to_owned(),
        },
    ] {
        assert!(matches!(
            Verdict::of(failure(kind)),
            Verdict::Inconclusive { .. }
        ));
    }
}

#[test]
fn the_summary_has_a_line_per_check_and_more_if_it_is_too_wide() {
    let reports = [
        report("short", &[(Generated, NOT_REFUTED), (Exhaustive, VERIFIED)]),
        report("longer", &[(Loom, inconclusive())]),
    ];
    let summary = |width| {
        let mut out = Vec::new();
        let (colour, ascii) = (false, false);
        let terminal = Terminal {
            width,
            colour,
            ascii,
        };
        summarise(&mut out, &reports, terminal).unwrap();
        writeln!(out).unwrap();
        tell_inconclusive(&mut out, &reports, terminal).unwrap();
        String::from_utf8(out).unwrap()
    };
    insta::assert_snapshot!(summary(120), @"
    short    generated schedules: not refuted in 1,000 executions · exhaustive: verified, all 90 executions of 2 sessions
    longer   loom: inconclusive, not refuted in 1,000 executions

    longer is inconclusive (loom): loom was stopped by LOOM_MAX_DURATION=1. No execution failed, but not all of them could
    be tried. So nothing is proved, either way.
    ");
    insta::assert_snapshot!(summary(80), @"
    short    generated schedules: not refuted in 1,000 executions
             exhaustive: verified, all 90 executions of 2 sessions
    longer   loom: inconclusive, not refuted in 1,000 executions

    longer is inconclusive (loom): loom was stopped by LOOM_MAX_DURATION=1. No
    execution failed, but not all of them could be tried. So nothing is proved,
    either way.
    ");
}

#[test]
fn verified_beside_a_failure_says_of_which_sessions() {
    let kind = FailureKind::ForeignObject {
        location: Location::caller(),
    };
    let listed = failure(kind);
    let other = Failure {
        workload: "2".to_owned(),
        ..listed.clone()
    };
    for (failure, says) in [(listed, false), (other, true)] {
        let failed = Verdict::Failed(Box::new(failure));
        let report = report("check", &[(Generated, failed), (Exhaustive, VERIFIED)]);
        let line = report.lines().pop().unwrap();
        assert!(line.starts_with("exhaustive: verified, all 90 executions of 2 sessions"));
        assert_eq!(
            line.ends_with("the one that fails is none of these"),
            says,
            "{line}"
        );
    }
}

#[test]
fn a_token_must_name_a_check_of_the_kata() {
    let kata = &crate::curriculum::all()[0];
    let checks = (kata.solution)();
    let find = |text: &str| {
        let token = text.parse().unwrap();
        find_check(kata, &checks, &token).map(|check| check.name)
    };
    let (name, check) = (kata.name, checks[0].name);
    assert_eq!(find(&format!("{name}:{check}:1:straight")), Ok(check));
    let error = find(&format!("{name}:none:1:straight")).unwrap_err();
    assert!(error.contains(check), "{error}");
    let error = find(&format!("other:{check}:1:straight")).unwrap_err();
    assert!(error.contains("of the kata `other`"), "{error}");
}
