//! The programs `results` and `exceptions`: whether something is done is asked for before and after it is
//! awaited, and then what it has come to.

use super::screen::{self, Screen};
use super::welcome::{PAUSE, WELCOME};
use crate::curriculum::gather::solution::Solution as Jobs;
use crate::curriculum::gather::{Failure, Gather, Job};
use crate::curriculum::task_result::TaskResult;
use crate::curriculum::task_result::solution::Outcome;
use crate::programs::kit::speed::Speed;
use crate::sync::task;
use std::io::{self, Write};
use std::sync::Arc;

/// What one of the jobs fails with.
const ERROR: &str = "Ceci est une erreur !";

/// Starts one task, whose result is a text.
///
/// # Errors
/// Those of `out`; that of a system which has no room for the thread that polls.
pub fn run(speed: Speed, out: &mut impl Write) -> io::Result<()> {
    screen::run(out, move |screen| tell(screen, welcome(speed)))
}

/// Starts one task, whose result are those of three jobs, of which one fails.
///
/// # Errors
/// As [`run`].
pub fn run_exceptions(speed: Speed, out: &mut impl Write) -> io::Result<()> {
    screen::run(out, move |screen| {
        tell(screen, async move {
            let jobs: Vec<Job<String>> = vec![
                Box::pin(async move { Ok(welcome(speed).await) }),
                Box::pin(async move { Err(ERROR.to_owned()) }),
                Box::pin(async move { Ok(welcome(speed).await) }),
            ];
            as_by_python(&Jobs::gather(jobs).await)
        })
    })
}

async fn welcome(speed: Speed) -> String {
    task::sleep(speed.of(PAUSE)).await;
    WELCOME.to_owned()
}

/// Starts the task, and asks before its end and after it.
async fn tell(screen: Screen, code: impl Future<Output = String> + Send + 'static) {
    let outcome = Arc::new(Outcome::<String>::new());
    let its = Arc::clone(&outcome);
    let task = task::spawn(async move { its.complete(code.await) });
    screen.print(as_bool(outcome.done()));
    let result = outcome.result().await;
    screen.print(format!("{} {result}", as_bool(outcome.done())));
    task.await.expect("it neither panics nor is aborted");
}

/// As Python prints it.
fn as_bool(is_true: bool) -> &'static str {
    if is_true { "True" } else { "False" }
}

/// A list of results, and of exceptions, as Python prints it.
fn as_by_python(results: &[Result<String, Failure>]) -> String {
    let results = results.iter().map(|result| match result {
        Ok(text) => format!("'{text}'"),
        Err(Failure::Error(text)) => format!("Exception('{text}')"),
        Err(Failure::Panic(_)) => unreachable!("no job panics"),
    });
    format!("[{}]", results.collect::<Vec<_>>().join(", "))
}
