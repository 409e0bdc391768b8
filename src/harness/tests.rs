use super::*;
use crate::explore::BackEnd::{self, Exhaustive, Generated, Loom};
use crate::explore::scenario::Scenario;
use crate::explore::verdict::Verdict;
use proptest::strategy::Just;

const VERIFIED: Verdict = Verdict::Verified {
    executions: 90,
    sessions: 2,
};

fn not_refuted(within: &str) -> Verdict {
    Verdict::NotRefuted {
        executions: 1_000,
        within: within.to_owned(),
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
fn an_exploration_by_loom_that_was_cut_off_fails() {
    let bounded = Verdict::Bounded {
        executions: 18,
        within: "2 turns of giving way for each task".to_owned(),
    };
    let cases = [
        (Generated, VERIFIED, true),
        (Generated, not_refuted("1,000 generated schedules"), true),
        (Exhaustive, VERIFIED, true),
        (Exhaustive, not_refuted("1,000 executions"), true),
        (Loom, VERIFIED, true),
        (Loom, bounded, true),
        (Loom, not_refuted("LOOM_MAX_PERMUTATIONS"), false),
    ];
    for (back_end, verdict, passes) in cases {
        let report = report("check", &[(back_end, verdict)]);
        assert_eq!(report.has_passed(), passes, "{}", report.line());
    }
}

#[test]
fn the_summary_has_a_line_per_check_and_more_if_it_is_too_wide() {
    let reports = [
        report(
            "short",
            &[(Generated, not_refuted("")), (Exhaustive, VERIFIED)],
        ),
        report("longer", &[(Loom, not_refuted("LOOM_MAX_DURATION"))]),
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
        String::from_utf8(out).unwrap()
    };
    insta::assert_snapshot!(summary(120), @"
    short    generated schedules: not refuted in 1,000 executions · exhaustive: verified, all 90 executions of 2 sessions
    longer   loom: NOT verified, only not refuted in 1,000 executions (LOOM_MAX_DURATION)
    ");
    insta::assert_snapshot!(summary(80), @"
    short    generated schedules: not refuted in 1,000 executions
             exhaustive: verified, all 90 executions of 2 sessions
    longer   loom: NOT verified, only not refuted in 1,000 executions (LOOM_MAX_DURATION)
    ");
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
