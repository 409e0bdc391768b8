//! What the checks of `workers` run.

use super::crew::Crew;
use super::ledger::{Ledger, call, noting, start};
use crate::curriculum::seen::{called_back, must_be_seen};
use crate::curriculum::signs::{await_signs, signal};
use crate::curriculum::workers::contract::{Call, Code, Job, Start, Tell};
use crate::explore::scenario::Scenario;
use crate::sync::channel::{self, Receiver, Sender};
use crate::sync::time::{Duration, Instant};
use crate::{text, told_later};
use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::sync::{Arc, OnceLock, PoisonError};

/// What is checked: the `run` of workers.
pub(super) type Run = fn(Job);

/// How long the pauses are.
const PAUSE: Duration = Duration::from_secs(1);

/// The job that these workers have.
fn job(crew: &Crew, start: Start, call: Call, tell: Tell) -> Job {
    Job {
        names: crew.names(),
        calls: crew.calls.into(),
        pause: PAUSE,
        start,
        call,
        tell,
    }
}

/// The same, where what is started and told does not matter.
fn job_of_calls(crew: &Crew, call: Call) -> Job {
    job(crew, start(crew, |_, code| code), call, Box::new(drop))
}

/// Without workers there is nothing to be seen.
fn run_seen(run: Run, crew: &Crew, job: Job) {
    if crew.workers == 0 {
        run(job);
    } else {
        must_be_seen("run", || run(job));
    }
}

pub(super) fn each_worker_numbers_its_own_calls(run: Run, crew: &Crew) -> Scenario {
    let crew = *crew;
    Scenario::new().thread("main", move || {
        let ledger = Ledger::new(&crew);
        let (call, calls) = shared(noting(&ledger));
        let names = Rc::new(RefCell::new(Vec::new()));
        let started = Rc::clone(&names);
        let start = start(&crew, move |name, code| {
            started.borrow_mut().push(name.to_owned());
            code
        });
        run_seen(run, &crew, job(&crew, start, call, Box::new(drop)));
        await_end(&calls);
        ledger.expect_by_now(&crew);
        let started = names.take();
        assert!(
            started == crew.names(),
            "{}",
            text!(
                "the workers were started in this order: {names}",
                names = started.join(", ")
            )
        );
    })
}

/// The call, and a channel that ends when nobody has it any more.
fn shared(code: Call) -> (Call, Receiver<()>) {
    let (in_use, calls) = channel::unbounded();
    let shared = move |name: &str, number| {
        let _in_use: &Sender<()> = &in_use;
        code(name, number);
    };
    (Arc::new(shared), calls)
}

fn await_end(calls: &Receiver<()>) {
    assert!(calls.recv().is_err(), "nobody sends anything");
}

pub(super) fn run_waits_for_the_workers(run: Run, crew: &Crew) -> Scenario {
    let crew = *crew;
    Scenario::new().thread("main", move || {
        let ledger = Ledger::new(&crew);
        run_seen(run, &crew, job_of_calls(&crew, noting(&ledger)));
        ledger.expect(&crew);
    })
}

/// When a worker has made its latest call.
#[derive(Clone, Default)]
struct Latest(Arc<Note<Option<(u64, Instant)>>>);

// What a check notes down is nobody's operation, and never held over one.
#[allow(clippy::disallowed_types)]
type Note<T> = std::sync::Mutex<T>;

impl Latest {
    /// What comes now has to come a pause after the latest call.
    fn expect_pause(&self, name: &str, does: &str) {
        let latest = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((number, at)) = latest {
            let passed = at.elapsed();
            assert!(
                passed >= PAUSE,
                "{}",
                text!(
                    "{name} {does} {passed} after its call {number}, and was to sleep for {pause}",
                    name,
                    does,
                    passed = format!("{passed:?}"),
                    number,
                    pause = format!("{PAUSE:?}")
                )
            );
        }
    }

    fn call(&self, name: &str, number: u64) {
        self.expect_pause(name, text!("makes a call"));
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *latest = Some((number, Instant::now()));
    }
}

pub(super) fn a_worker_pauses_after_each_call(run: Run, crew: &Crew) -> Scenario {
    let crew = *crew;
    Scenario::new().thread("main", move || {
        let names = crew.names().into_iter();
        let all: Arc<[(String, Latest)]> = names.map(|name| (name, Latest::default())).collect();
        let of = |all: &[(String, Latest)], name: &str| {
            let entry = all.iter().find(|(worker, _)| worker == name);
            entry.map_or_else(Latest::default, |(_, latest)| latest.clone())
        };
        let workers = Arc::clone(&all);
        let call = call(move |name, number| of(&workers, name).call(name, number));
        let start = start(&crew, move |name, code: Code| {
            let (latest, name) = (of(&all, name), name.to_owned());
            Box::new(move || {
                code();
                latest.expect_pause(&name, text!("ends"));
            })
        });
        run_seen(run, &crew, job(&crew, start, call, Box::new(drop)));
    })
}

/// That it takes no longer must be possible, and no more than that: a thread may always be slower.
pub(super) fn all_work_at_the_same_time(run: Run, crew: &Crew) -> Scenario {
    let crew = *crew;
    let took = Arc::new(OnceLock::new());
    let noted = Arc::clone(&took);
    let scenario = Scenario::new().thread("main", move || {
        let ledger = Ledger::new(&crew);
        let began = Instant::now();
        run_seen(run, &crew, job_of_calls(&crew, noting(&ledger)));
        // There is one thread that fills it.
        let _ = noted.set(began.elapsed());
    });
    let alone = PAUSE * crew.calls.into();
    scenario.sometimes(
        told_later!("all together take as long as one of them"),
        move || took.get().is_some_and(|took| *took <= alone),
    )
}

/// The first call of the first worker is slow: it ends when the others have made all theirs.
pub(super) fn a_slow_call_holds_up_nobody(run: Run, crew: &Crew) -> Scenario {
    let crew = *crew;
    Scenario::new().thread("main", move || {
        let (sign, signs) = channel::unbounded();
        let others = usize::from(crew.workers.saturating_sub(1)) * usize::from(crew.calls);
        let call = call(move |name, number| match (name, number) {
            ("T1", 0) => await_signs(&signs, others),
            ("T1", _) => {}
            _ => signal(&sign),
        });
        run_seen(run, &crew, job_of_calls(&crew, call));
    })
}

/// How the start went, as it was told, and how many had been started by then.
type Told = Rc<Cell<Option<(io::Result<usize>, usize)>>>;

fn note_in(told: &Told, started: &Rc<Cell<usize>>) -> Tell {
    let (told, started) = (Rc::clone(told), Rc::clone(started));
    Box::new(move |result| told.set(Some((result, started.get()))))
}

/// No worker gets through its first call before it is told that all have started.
pub(super) fn tells_how_many_have_started(run: Run, crew: &Crew) -> Scenario {
    let crew = *crew;
    Scenario::new().thread("main", move || {
        let (sign, signs) = channel::unbounded();
        let (started, told) = (Rc::default(), Told::default());
        let note = note_in(&told, &started);
        let tell = move |result| {
            called_back(|| {
                note(result);
                (0..crew.workers).for_each(|_| signal(&sign));
            });
        };
        let call = call(move |_, number| await_signs(&signs, usize::from(number == 0)));
        let start = start(&crew, move |_, code| {
            started.set(started.get() + 1);
            code
        });
        run_seen(run, &crew, job(&crew, start, call, Box::new(tell)));
        let all = crew.started();
        match told.take() {
            Some((Ok(number), started)) => assert!(
                (number, started) == (all, all),
                "{}",
                text!(
                    "it was told that the number of workers started is {number}; by then it was {started}",
                    number,
                    started
                )
            ),
            Some((Err(error), _)) => panic!(
                "{}",
                text!("all workers were started, and this was told: {error}", error)
            ),
            None => panic!("{}", text!("all workers were started, and that was not told")),
        }
    })
}

pub(super) fn who_cannot_be_started_is_reported(run: Run, crew: &Crew) -> Scenario {
    let crew = *crew;
    Scenario::new().thread("main", move || {
        let (ledger, told) = (Ledger::new(&crew), Told::default());
        let start = start(&crew, |_, code| code);
        run(job(
            &crew,
            start,
            noting(&ledger),
            note_in(&told, &Rc::default()),
        ));
        ledger.expect(&crew);
        match told.take() {
            Some((Err(_), _)) => {}
            Some((Ok(number), _)) => {
                panic!(
                    "{}",
                    text!(
                        "a worker could not be started, and no error is told, but the number {number}",
                        number
                    )
                )
            }
            None => panic!("{}", text!("a worker could not be started, and that was not told")),
        }
    })
}
