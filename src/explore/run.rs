//! Runs one execution: every task is a fiber, and all of them share this OS thread.
//!
//! The root of the run resumes whichever fiber has the turn. Fibers ask for their turns through
//! [`turn`], and start others through it.

use super::check::Workload;
use super::execution::{Alone, Execution, Limits, Memory, Pending, Vain};
use super::fiber::{Fiber, Stack};
use super::guide::Guide;
use super::operation::{Record, TaskId};
use super::panics;
use super::scenario::{Body, Scenario};
use super::stuck;
use super::turn;
use super::verdict::FailureKind;
use super::watchdog::{Watch, Watchdog};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// What one execution came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) failure: Option<FailureKind>,
    /// The choice made at every choice point.
    pub(crate) choices: Vec<u16>,
    /// What happened, if that was asked for.
    pub(crate) record: Option<Record>,
    /// How many operations there were.
    pub(crate) steps: usize,
    /// It was so long that not all of it was left to the guide.
    pub(crate) is_shortened: bool,
    /// The loops that began to wait for a change.
    pub(crate) vain: Vec<Vain>,
    /// After how many rounds the task that was to go alone has left its loop, if it did.
    pub(crate) rounds: Option<u8>,
}

/// How executions are run.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) recording: bool,
    pub(crate) watch: Arc<Watch>,
    /// A task that is to go round alone.
    pub(crate) alone: Option<Alone>,
}

impl Settings {
    /// Executions within these limits, under the eyes of this watchdog, of which no record is made.
    pub(crate) fn new(limits: Limits, watchdog: &Watchdog) -> Self {
        Settings {
            limits,
            recording: false,
            watch: watchdog.watch(),
            alone: None,
        }
    }

    /// The same, but for how often loops may look and see the same.
    pub(crate) fn looking(mut self, looks: u8) -> Self {
        self.limits.looks = looks;
        self
    }

    /// The same, recorded.
    pub(crate) fn recorded(self) -> Self {
        Settings {
            recording: true,
            ..self
        }
    }
}

/// The execution that runs on this OS thread, with the code that its tasks have yet to run.
pub(super) struct Run {
    pub(super) execution: Execution,
    /// Tasks that have no fiber yet.
    starting: VecDeque<Body>,
    finally: Option<Body>,
    watch: Arc<Watch>,
}

/// What an execution leaves to the next one on the same OS thread, which need not allocate it.
#[derive(Default)]
struct Leftover {
    memory: Memory,
    starting: VecDeque<Body>,
    fibers: Vec<Fiber>,
}

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// How many executions this process has begun, on all OS threads; starts anew after 2^32.
pub(crate) fn executions_begun() -> u32 {
    // Relaxed has no partner: it is shown, and decides nothing.
    SERIAL.load(Ordering::Relaxed)
}

thread_local! {
    static LEFTOVER: RefCell<Leftover> = RefCell::default();
    static CURRENT: RefCell<Option<Box<Run>>> = const { RefCell::new(None) };
    /// A fiber of the current run has the OS thread.
    static IN_FIBER: Cell<bool> = const { Cell::new(false) };
}

/// True in code that is explored: the one branch that `kata::sync` costs elsewhere.
#[inline]
pub(crate) fn is_exploring() -> bool {
    IN_FIBER.get()
}

/// Reads or changes the current run. `f` must not run code of a task.
pub(super) fn with<R>(f: impl FnOnce(&mut Run) -> R) -> R {
    CURRENT.with_borrow_mut(|current| f(current.as_mut().expect("an execution on this OS thread")))
}

impl Run {
    /// Adds a task; its fiber starts when the running task next waits for its turn.
    ///
    /// If there are as many as there can be, the execution ends, and the body comes back: to drop it
    /// is code of the running task.
    pub(super) fn start(
        &mut self,
        name: Option<String>,
        is_thread: bool,
        body: Body,
    ) -> Result<TaskId, Body> {
        let Some(task) = self.execution.add_task(name, is_thread) else {
            self.execution.fail(too_many_tasks());
            return Err(body);
        };
        self.starting.push_back(body);
        Ok(task)
    }

    /// Makes the fibers that are missing. Without memory for a stack the execution ends.
    fn make_fibers(&mut self, fibers: &mut Vec<Fiber>) {
        while !self.starting.is_empty() {
            let stack = match Stack::take() {
                Ok(stack) => stack,
                Err(error) => return self.execution.fail(stuck::no_stack(&error)),
            };
            let body = self.starting.pop_front();
            fibers.extend(body.map(|body| Fiber::new(stack, || run_task(body))));
        }
    }

    /// Tells the watchdog what the running task does.
    pub(super) fn report(&self) {
        let performed = self.execution.announced();
        self.watch.goes_on(self.execution.running, performed);
    }

    /// Tells the watchdog the names of the tasks from the `first` on.
    pub(super) fn report_names(&self, first: TaskId) {
        let tasks = &self.execution.tasks[first.index()..];
        let names = tasks.iter().map(|task| task.info.name.as_str());
        self.watch.names(first, names);
    }

    /// Leaves the final check, if it has not run, to a task that drops what it owns: destructors may
    /// wait for other tasks, and that they can only do within the run.
    fn leave_finally(&mut self, fibers: &mut [Fiber]) {
        let Some(finally) = self.finally.take() else {
            return;
        };
        if self.execution.add_heir() {
            self.starting.push_back(finally);
            return;
        }
        // Without room for one more task the setup, whose work is done, takes it over.
        let setup = &mut fibers[TaskId::SETUP.index()];
        match Stack::take() {
            Ok(stack) if setup.is_finished() => {
                *setup = Fiber::new(stack, || run_task(finally));
                self.execution.tasks[TaskId::SETUP.index()].pending = Pending::Start;
            }
            // Nobody could wait in its place.
            _ => mem::forget(finally),
        }
    }

    /// Adds the scenario's threads; those for which there is no room come back.
    fn add_threads(&mut self, scenario: Scenario) -> Vec<Body> {
        let (threads, finally) = scenario.into_parts();
        self.finally = finally;
        let start = |(name, body)| self.start(Some(name), true, body).err();
        let left_over = threads.into_iter().filter_map(start).collect();
        self.report_names(TaskId::SETUP);
        left_over
    }
}

/// Why an execution with more tasks than the engine can tell apart ends.
fn too_many_tasks() -> FailureKind {
    let most = super::task_set::TaskSet::MAX_TASKS;
    FailureKind::BackEnd {
        message: format!("an execution can have at most {most} tasks, its setup included"),
    }
}

/// Runs the workload's scenario once, as `guide` decides, and gives the guide back.
///
/// # Panics
/// Panics in code that is itself explored.
pub(crate) fn run<G: Guide>(workload: &Workload, guide: G, settings: &Settings) -> (Outcome, G) {
    assert!(
        !is_exploring(),
        "an exploration cannot be part of a scenario"
    );
    if thread::panicking() {
        // A fiber that could not be unwound to its end has left this OS thread's count of panics
        // too high, so that nothing here can be told from a panic.
        let apart =
            thread::scope(|scope| scope.spawn(|| run_here(workload, guide, settings)).join());
        return apart.expect("a run catches the panics of its tasks");
    }
    run_here(workload, guide, settings)
}

fn run_here<G: Guide>(workload: &Workload, guide: G, settings: &Settings) -> (Outcome, G) {
    // Relaxed has no partner: only the numbers must differ.
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let Leftover {
        memory,
        starting,
        mut fibers,
    } = LEFTOVER.take();
    let (limits, recording) = (settings.limits, settings.recording);
    let guide: Box<dyn Guide> = Box::new(guide);
    CURRENT.set(Some(Box::new(Run {
        execution: Execution::new(serial, guide, limits, recording, settings.alone, memory),
        starting,
        finally: None,
        watch: Arc::clone(&settings.watch),
    })));
    let build = workload.build();
    let setup = move || {
        let scenario = build();
        let left_over = with(|run| run.add_threads(scenario));
        if !left_over.is_empty() {
            // They are dropped on the way out.
            turn::leave();
        }
    };
    let setup = with(|run| run.start(Some("setup".to_owned()), false, Box::new(setup)));
    debug_assert!(setup.is_ok(), "there is room for the first task");
    panics::balance(|| {
        run_to_the_end(&mut fibers);
        with(|run| {
            run.execution.end();
            run.leave_finally(&mut fibers);
        });
        unwind(&mut fibers);
    });
    let Run {
        mut execution,
        mut starting,
        ..
    } = *CURRENT.take().expect("the run that began above");
    settings.watch.rests();
    // What never had a stack cannot be dropped outside its execution either.
    starting.drain(..).for_each(mem::forget);
    let stuck = fibers.iter().rposition(|fiber| !fiber.is_finished());
    fibers.clear();
    if let Some(failure) = stuck.and_then(|task| stuck::too_many(&execution.tasks[task])) {
        execution.failure.get_or_insert(failure);
    }
    let (outcome, guide, memory) = execution.into_outcome();
    LEFTOVER.set(Leftover {
        memory,
        starting,
        fibers,
    });
    let guide: Box<dyn Any> = guide;
    (
        outcome,
        *guide.downcast().expect("the guide that was passed in"),
    )
}

/// Gives turns until there is nothing more to be learnt.
fn run_to_the_end(fibers: &mut Vec<Fiber>) {
    let mut task = TaskId::SETUP;
    loop {
        resume(fibers, task);
        let has_ended = fibers.get(task.index()).is_some_and(Fiber::is_finished);
        let next = with(|run| {
            if has_ended {
                // A task that stops in the middle has chosen who goes on.
                run.execution.schedule();
            }
            (!run.execution.is_over()).then_some(run.execution.running)
        });
        match next {
            Some(next) => task = next,
            None => return,
        }
    }
}

fn resume(fibers: &mut Vec<Fiber>, task: TaskId) {
    with(|run| {
        run.make_fibers(fibers);
        if run.execution.is_over() || matches!(run.execution.task(task).pending, Pending::Start) {
            // What else goes on reports that itself, once it has made its step.
            run.report();
        }
    });
    if let Some(fiber) = fibers.get_mut(task.index()) {
        IN_FIBER.set(true);
        fiber.resume();
        IN_FIBER.set(false);
    }
}

/// Lets every unfinished task unwind, so that what it owns is dropped.
///
/// The latest task goes first, since it may borrow from those that started it. A task whose
/// destructors wait for another's is tried again after it; what then still waits is leaked.
fn unwind(fibers: &mut Vec<Fiber>) {
    let mut progress = None;
    loop {
        let tasks = with(|run| run.execution.tasks.len());
        for index in (0..tasks).rev() {
            if fibers.get(index).is_none_or(|fiber| !fiber.is_finished()) {
                let task = TaskId(index as u8);
                with(|run| run.execution.running = task);
                resume(fibers, task);
            }
        }
        let finished = fibers.iter().filter(|fiber| fiber.is_finished()).count();
        let now = Some((finished, with(|run| run.execution.steps())));
        if finished == tasks || progress == now {
            return;
        }
        progress = now;
    }
}

/// The whole of a task's fiber.
fn run_task(body: Body) {
    let result = panics::capture(|| {
        if with(|run| run.execution.is_over()) {
            with(|run| run.execution.begin_unwinding());
            return drop(body);
        }
        body();
        check_finally();
        turn::finish();
    });
    with(|run| {
        if let Err(caught) = result
            && !run.execution.task(run.execution.running).unwinding
        {
            run.execution.panicked(caught);
        }
        run.execution.finish_running_task();
    });
}

/// Runs the scenario's final check, if the running task is the last of its threads.
fn check_finally() {
    let finally = with(|run| {
        let finally = run
            .execution
            .is_last_thread()
            .then(|| run.finally.take())??;
        run.execution.begin_final_check();
        Some(finally)
    });
    if let Some(finally) = finally {
        finally();
    }
}
