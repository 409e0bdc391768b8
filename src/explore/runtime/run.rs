//! Runs one execution: every task is a fiber, and all of them share this OS thread.
//!
//! The root of the run resumes whichever fiber has the turn. Fibers ask for their turns through
//! [`schedule_point`], and start others through it.

use super::current::{self, Run, is_exploring, with};
use super::settings::Settings;
use super::{apart, leaving, locals, panics, schedule_point, stuck};
use crate::explore::execution::{Execution, ExecutionBuffers, Outcome};
use crate::explore::model::calls::{self, Calls};
use crate::explore::model::check::Workload;
use crate::explore::model::locals::Locals;
use crate::explore::model::operation::TaskId;
use crate::explore::model::scenario::{Body, Scenario};
use crate::explore::model::task::Pending;
use crate::explore::model::verdict::FailureKind;
use crate::explore::runtime::fiber::{Fiber, Stack};
use crate::explore::strategy::Strategy;
use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem;

/// What an execution leaves to the next one on the same OS thread, which need not allocate it.
#[derive(Default)]
struct Buffers {
    execution: ExecutionBuffers,
    starting: VecDeque<Body>,
    fibers: Vec<Fiber>,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

impl Run {
    /// Prepares what the running task needs to be resumed.
    fn prepare(&mut self, fibers: &mut Vec<Fiber>) {
        self.make_fibers(fibers);
        let task = self.execution.running;
        if self.execution.is_over() || matches!(self.execution.task(task).pending, Pending::Start) {
            // What else goes on reports that itself, once it has made its step.
            self.report();
        }
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

    /// Leaves the final check, if it has not run, to a task that drops what it owns: destructors may
    /// wait for other tasks, and that they can only do within the run.
    fn leave_finally(&mut self, fibers: &mut [Fiber]) {
        let Some(finally) = self.finally.take() else {
            return;
        };
        if self.execution.add_cleanup_task() {
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
    fn add_threads(&mut self, mut scenario: Scenario) -> Vec<Body> {
        self.execution.leaves_panics = scenario.leaves_panics;
        self.judges = mem::take(&mut scenario.judges);
        let (threads, finally) = scenario.into_parts();
        self.finally = finally;
        let start = |(name, body)| self.start(Some(name), true, body).err();
        let left_over = threads.into_iter().filter_map(start).collect();
        self.report_names(TaskId::SETUP);
        left_over
    }
}

/// Runs the workload's scenario once, as `strategy` decides, and gives the strategy back.
///
/// # Panics
/// Panics in code that is itself explored.
pub(crate) fn run_execution<G: Strategy>(
    workload: &Workload,
    strategy: G,
    settings: &Settings,
) -> (Outcome, G) {
    assert!(
        !is_exploring(),
        "an exploration cannot be part of a scenario"
    );
    apart::unless_it_panics(|| run_here(workload, strategy, settings))
}

fn run_here<G: Strategy>(workload: &Workload, strategy: G, settings: &Settings) -> (Outcome, G) {
    BUFFERS.with_borrow_mut(|buffers| run_with(buffers, workload, strategy, settings))
}

/// The same, in the memory that the execution before has left.
fn run_with<G: Strategy>(
    buffers: &mut Buffers,
    workload: &Workload,
    strategy: G,
    settings: &Settings,
) -> (Outcome, G) {
    let serial = current::next_serial();
    let (limits, recording) = (settings.limits, settings.recording);
    let strategy: Box<dyn Strategy> = Box::new(strategy);
    let (kept, alone) = (&mut buffers.execution, settings.alone);
    let mut fibers = mem::take(&mut buffers.fibers);
    current::begin(Run {
        execution: Execution::new(serial, strategy, limits, recording, alone, kept),
        starting: mem::take(&mut buffers.starting),
        finally: None,
        judges: Vec::new(),
        locals: Locals::default(),
        watch: settings.watchdog.watch(),
    });
    start_setup(workload);
    panics::balance(|| {
        run_to_the_end(&mut fibers);
        with(|run| {
            run.execution.end();
            run.leave_finally(&mut fibers);
        });
        unwind(&mut fibers);
    });
    let mut run = current::end();
    settings.watchdog.watch().rests();
    // What never had a stack cannot be dropped outside its execution either.
    run.starting.drain(..).for_each(mem::forget);
    run.locals.leak();
    let stuck = fibers.iter().rposition(|fiber| !fiber.is_finished());
    fibers.clear();
    if let Some(failure) = stuck.and_then(|task| stuck::too_many(&run.execution.tasks[task])) {
        run.execution.failure.get_or_insert(failure);
    }
    let calls = judged(&mut run);
    (buffers.starting, buffers.fibers) = (run.starting, fibers);
    let (mut outcome, strategy) = run.execution.into_outcome(&mut buffers.execution);
    outcome.calls = calls;
    let strategy: Box<dyn Any> = strategy;
    (
        outcome,
        *strategy
            .downcast()
            .expect("the strategy that was passed in"),
    )
}

/// Starts the task that makes the scenario and its threads.
fn start_setup(workload: &Workload) {
    let build = workload.build();
    let setup = move || {
        let scenario = build();
        let left_over = with(|run| run.add_threads(scenario));
        if !left_over.is_empty() {
            // They are dropped on the way out.
            leaving::leave();
        }
    };
    let started = with(|run| run.start(Some("setup".to_owned()), false, Box::new(setup)));
    debug_assert!(started.is_ok(), "there is room for the first task");
}

/// Lets the calls of an execution that has ended be judged. They come back if there is nothing
/// against them: then it is no failure that some of them wait for ever.
fn judged(run: &mut Run) -> Option<Calls> {
    let execution = &mut run.execution;
    let is_thread = calls::is_thread(&execution.tasks);
    let marks = mem::take(&mut execution.marks);
    let judges = mem::take(&mut run.judges);
    let failure = execution.failure.as_ref();
    let calls = Calls::of(judges, marks, failure, &execution.unfinished, is_thread)?;
    match calls.judge() {
        Ok(()) => {
            execution.failure = None;
            Some(calls)
        }
        // Where they go round says more than what they have answered.
        Err(_) if matches!(execution.failure, Some(FailureKind::Livelock { .. })) => None,
        Err(refusal) => {
            execution.failure = Some(FailureKind::Unexplained(Box::new(refusal.why)));
            None
        }
    }
}

/// Gives turns until there is nothing more to be learnt.
fn run_to_the_end(fibers: &mut Vec<Fiber>) {
    with(|run| run.prepare(fibers));
    let mut task = TaskId::SETUP;
    loop {
        let has_ended = resume(fibers, task);
        let next = with(|run| {
            if has_ended {
                // A task that stops in the middle has chosen who goes on.
                run.execution.schedule();
            }
            if run.execution.is_over() {
                return None;
            }
            run.prepare(fibers);
            Some(run.execution.running)
        });
        match next {
            Some(next) => task = next,
            None => return,
        }
    }
}

/// Lets a task go on until it stops; true if it has ended.
fn resume(fibers: &mut [Fiber], task: TaskId) -> bool {
    let Some(fiber) = fibers.get_mut(task.index()) else {
        return false;
    };
    current::in_fiber(|| fiber.resume());
    fiber.is_finished()
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
                let task = TaskId::at(index);
                with(|run| {
                    run.execution.running = task;
                    run.prepare(fibers);
                });
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
        locals::drop_all();
        if check_finally() {
            locals::drop_all();
        }
        schedule_point::finish();
    });
    if let Err(caught) = result {
        with(|run| {
            if !run.execution.task(run.execution.running).is_unwinding() {
                run.execution.panicked(caught);
            }
        });
        // Their panics come to nothing: the execution is over.
        let _ = panics::capture(locals::drop_all);
    }
    with(|run| run.execution.finish_running_task());
}

/// Runs the scenario's final check, if the running task is the last of its threads; true if so.
fn check_finally() -> bool {
    let finally = with(|run| {
        let finally = run
            .execution
            .is_last_thread()
            .then(|| run.finally.take())??;
        run.execution.begin_final_check();
        Some(finally)
    });
    let is_last = finally.is_some();
    finally.into_iter().for_each(|check| check());
    is_last
}
