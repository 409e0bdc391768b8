// Stepping through the execution that fails.
const steps = data.steps.map((step, index) => ({ ...step, turns: index === data.passes_at }))
  .filter(step => step.words !== "");
const stepTasks = data.tasks.map((_, task) => task);
let now = 0;

function go(index, isMoved = true) {
  now = Math.max(0, Math.min(steps.length - 1, index));
  const step = steps[now];
  const done = steps.slice(0, now + 1);
  const latest = (task, is) => done.findLast(step => step.task === task && is(step));
  const marks = stepTasks
    .map(task => ({ role: "", ...latest(task, step => step.path !== null), task }))
    .filter(mark => mark.path);
  const states = stepTasks.map(task => {
    const last = latest(task, () => true);
    const { path, line } = latest(task, step => step.path !== null) || {};
    return { task, words: last ? last.words : say("has not begun"), path, line };
  });
  drawTimeline(steps, now, stepTasks, isMoved);
  markLines(marks, step.task);
  drawThreads(states);
  drawObjects(step.objects, now === 0 ? [] : steps[now - 1].objects);
  const who = told(step);
  const where = step.path ? ` (${placeOf(step)})` : "";
  at("where").textContent = say("Step {step} of {all}.", { step: now + 1, all: steps.length }) + ` ${who}${where}`;
  at("first").disabled = at("back").disabled = now === 0;
  at("forward").disabled = at("last").disabled = now === steps.length - 1;
  address(String(now + 1));
}

// The address leads to what is shown: it can be copied at any time.
function address(fragment) {
  if (location.hash.slice(1) !== fragment) history.replaceState(null, "", "#" + fragment);
}

// The sentence on what would have passed leads to that step.
function linkTurn() {
  const turn = steps.findIndex(step => step.turns);
  if (turn < 0) return;
  const link = make("a", say("Go to that step"));
  link.href = `#${turn + 1}`;
  at("passes").append(" ", link, ".");
}

const stepKeys = {
  ArrowLeft: () => go(now - 1),
  ArrowRight: () => go(now + 1),
  Home: () => go(0),
  End: () => go(steps.length - 1),
};
at("first").addEventListener("click", stepKeys.Home);
at("back").addEventListener("click", stepKeys.ArrowLeft);
at("forward").addEventListener("click", stepKeys.ArrowRight);
at("last").addEventListener("click", stepKeys.End);
