//! A drawing without what the check does after the fault.

use super::row::{Row, RowKind};
use super::text::count;
use crate::explore::record::{EventKind, Site};
use crate::explore::verdict::{Failure, FailureKind};
use crate::text;

/// The rows of a drawing. The final check's own operations are told by their number, up to the first
/// that the explanation needs: what they have found stands in what failed.
pub(super) fn folded(failure: &Failure, rows: &[Row], explained: &[Site]) -> Vec<Row> {
    let mut folded = rows.to_vec();
    let ends_in_words = matches!(
        failure.kind,
        FailureKind::Panic {
            in_final_check: true,
            ..
        } | FailureKind::Unexplained(_)
    );
    let mut events = failure.record.events.iter();
    let begins = events.position(|event| event.what == EventKind::FinalCheck);
    let at = |row: &Row| begins.is_some() && row.event == begins;
    let Some(start) = rows.iter().position(at).filter(|_| ends_in_words) else {
        return folded;
    };
    let (before, after) = (&rows[..start], &rows[start + 1..]);
    let is_known = |site: &&Site| before.iter().any(|row| row.is_at(site));
    let needed: Vec<&Site> = explained.iter().filter(|site| !is_known(site)).collect();
    let ends =
        |row: &Row| row.kind == RowKind::Failure || needed.iter().any(|site| row.is_at(site));
    let length = after.iter().take_while(|row| !ends(row)).count();
    let steps = after[..length].iter().filter(|row| row.number.is_some());
    let steps = steps.count();
    if steps > 0 {
        folded.drain(start + 1..=start + length);
        folded[start].words = text!(
            "runs the final check ({steps})",
            steps = count(steps, "step")
        );
    }
    folded
}
