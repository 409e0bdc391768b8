// The game: who reads is the scheduler. The board has all that can happen, up to its bound.
const ONGOING = 0, HOLDS = 1, BROKEN = 2, OFF_BOARD = 3;
const place = Object.fromEntries(tasks.map((task, index) => [task, index]));
let choices = [];

// Where choices lead: the rows, the state, and what it took.
function play(choices) {
  const position = { state: 0, rows: [...board.first], disturbs: 0, before: 0, offBoard: false };
  for (const choice of choices) {
    const move = board.states[position.state][3][choice];
    if (!move) return { ...position, offBoard: true };
    const [to, disturbs, takesBack, ...adds] = move;
    position.before = position.state;
    position.state = to;
    position.disturbs += disturbs;
    position.rows.splice(position.rows.length - takesBack, takesBack, ...adds);
  }
  return position;
}

function outcome(position) {
  const [, , end] = board.states[position.state];
  if (position.offBoard) return OFF_BOARD;
  return end === null ? ONGOING : board.ends[end] === null ? HOLDS : BROKEN;
}

function numbered(rows) {
  let number = 0;
  return rows.map(index => {
    const [task, words, path, line, kind] = board.rows[index];
    return {
      task: task === null ? null : place[board.tasks[task]],
      words, path, line, to: null, fails: kind === 2, number: kind === 1 ? ++number : null,
    };
  });
}

// What can be chosen: a title, and what is known of it.
function options(ask) {
  if (ask.kind === "turn") {
    return ask.ready.map(next => ({ ...next, title: say("{task}: {words}", next) }));
  }
  if (ask.kind === "waiter") {
    return Array.from({ length: ask.waiters }, (_, index) => ({
      title: say("the notification wakes waiter {number}", { number: index + 1 }),
    }));
  }
  return {
    wait: [say("the wait goes on until it is notified"),
      say("the wait ends although nobody notifies, as it may")],
    park: [say("the park goes on until there is a permit"),
      say("the park ends without taking a permit, as it may")],
    exchange: [say("the exchange succeeds"),
      say("the exchange fails although it found what it asked for, as a weak one may")],
  }[ask.what].map(title => ({ title }));
}

const questions = {
  turn: say("Who goes on?"),
  waiter: say("Who hears the notification?"),
  spurious: say("That may come to nothing, without a reason. Does it?"),
};

function drawGame() {
  const position = play(choices);
  const state = board.states[position.state];
  const how = outcome(position);
  const ask = how === ONGOING ? board.asks[state[0]] : null;
  const rows = numbered(position.rows);
  const ready = ask && ask.kind === "turn" ? ask.ready : [];
  const waiting = ask && ask.kind === "turn" ? ask.waiting : [];
  const shown = tasks.map((_, task) => task);
  drawTimeline(rows, rows.length - 1, shown, choices.length > 0);
  const last = rows[rows.length - 1];
  const marks = [...ready, ...waiting].map(next => ({ ...next, role: "▸ ", task: place[next.task] }));
  const follow = marks.some(mark => last && mark.task === last.task) ? last.task : marks[0] && marks[0].task;
  const ends = rows.filter(row => row.fails && row.path).map(row => ({ ...row, role: "" }));
  markLines(how === ONGOING ? marks : ends, how === ONGOING ? follow : last && last.task);
  drawThreads(shown.map(task => stateOf(task, rows, ready, waiting)));
  drawObjects(board.objects[state[1]], board.objects[board.states[position.before][1]]);
  drawOptions(ask, state[3]);
  drawEnd(position, how);
  at("undo").disabled = at("restart").disabled = choices.length === 0;
  const done = last ? `${told(last)}. ` : "";
  at("where").textContent = done + {
    [ONGOING]: ask && `${questions[ask.kind]} ${count(options(ask).length, "choice")}.`,
    [HOLDS]: say("It ended, and the check holds. Undo, and try another order."),
    [BROKEN]: say("You broke it."),
    [OFF_BOARD]: say("The page does not hold what comes next."),
  }[how];
}

function stateOf(task, rows, ready, waiting) {
  const here = list => list.find(next => place[next.task] === task);
  const next = here(ready), wait = here(waiting);
  if (next) return { ...next, task, words: say("next: {words}", next) };
  if (wait) return { ...wait, task, words: say("has to wait: {words}", wait) };
  const last = rows.findLast(row => row.task === task);
  return { task, words: last ? last.words : say("has not begun"), path: last && last.path, line: last && last.line };
}

function drawOptions(ask, moves) {
  at("question").textContent = ask ? questions[ask.kind] : "";
  at("question").hidden = !ask;
  const items = (ask ? options(ask) : []).map((option, choice) => {
    const item = document.createElement("li");
    const button = make("button", "");
    button.type = "button";
    const look = option.task === undefined ? "" : tone(place[option.task]);
    const disturbs = moves[choice] && moves[choice][1] > 0;
    button.append(make("kbd", choice + 1), make("span", option.title, look),
      make("span", (disturbs ? say("disturbs") + " · " : "") + placeOf(option), "place"));
    if (option.code) button.append(make("code", option.code));
    button.addEventListener("click", () => choose(choice));
    item.append(button);
    return item;
  });
  at("options").replaceChildren(...items);
}

function drawEnd(position, how) {
  const end = at("end");
  end.className = how === BROKEN ? "won" : "";
  end.replaceChildren();
  if (how === HOLDS) end.append(make("h2", say("It ended, and the check holds")), make("p", say("Undo, and try another order.")));
  if (how === OFF_BOARD) {
    end.append(make("h2", say("The page does not hold this path")),
      make("p", say("It holds the choices that disturb least, as many as fit. Undo, or play on in the terminal:")),
      make("pre", data.command));
  }
  if (how !== BROKEN) return;
  const { what, pattern, hint } = board.ends[board.states[position.state][2]];
  const said = document.createElement("div");
  tell(said, what, pattern && say(pattern));
  end.append(make("h2", say("You broke it")), said,
    make("p", say("You needed {needed}.", { needed: count(position.disturbs, "disturbance") }) + " " + compared(position.disturbs)));
  if (position.disturbs > fewest) {
    const again = make("button", say("Show the smallest"));
    again.type = "button";
    again.addEventListener("click", () => {
      choices = [...smallest.choices];
      drawGame();
      at("end").focus();
    });
    end.append(again);
  }
  if (data.hints[hint - 1]) {
    const more = document.createElement("details");
    more.setAttribute("aria-label", say("Hint"));
    more.append(make("summary", say("Hint")), prose(make("p", ""), data.hints[hint - 1]));
    end.append(more);
  }
  const token = tokenOf(choices);
  if (token.length <= 300) end.append(make("p", say("Replay it:")), make("pre", "cargo kata replay " + token));
}

// The check calls the smallest what fails with the fewest disturbances; where it does not know how few
// that are, the page says what it holds.
function compared(disturbs) {
  if (disturbs <= fewest) {
    return isKnown ? say("That is the smallest there is.") : say("That is the smallest that this page holds.");
  }
  const least = fewest === 0 ? say("none") : count(fewest, "disturbance");
  return isKnown ? say("The smallest there is has {least}.", { least })
    : say("The smallest that this page holds has {least}.", { least });
}

// The token of the execution that these choices make, as the command writes it.
function tokenOf(choices) {
  const disturbed = choices.map((choice, point) => [point, choice]).filter(([, choice]) => choice !== 0);
  const schedule = disturbed.map(pair => pair.join("-")).join(".") || "straight";
  return `${data.kata}:${board.check}:${board.workload}:${schedule}`;
}

// The choices that break it with the fewest disturbances.
function findSmallest() {
  const levels = [[{ state: 0, choices: [] }]];
  const seen = new Set();
  for (let level = 0; level < levels.length; level++) {
    const open = levels[level] || [];
    for (let next = 0; next < open.length; next++) {
      const { state, choices } = open[next];
      if (seen.has(state)) continue;
      seen.add(state);
      const [, , end, moves] = board.states[state];
      if (end !== null && board.ends[end] !== null) return { choices };
      moves.forEach((move, choice) => {
        if (!move) return;
        (levels[level + move[1]] ||= []).push({ state: move[0], choices: [...choices, choice] });
      });
    }
  }
  return null;
}
const smallest = board && findSmallest();
const isKnown = data.fewest_disturbances !== null || Boolean(board && board.complete);
const fewest = data.fewest_disturbances ?? (smallest ? play(smallest.choices).disturbs : 0);

function choose(choice) {
  const hadFocus = at("options").contains(document.activeElement);
  choices.push(choice);
  drawGame();
  const first = document.querySelector("#options button");
  if (!first) at("end").focus();
  else if (hadFocus) first.focus();
}

function undo() {
  choices.pop();
  drawGame();
}

function restart() {
  choices = [];
  drawGame();
}

const gameKeys = { u: undo, r: restart };
for (let key = 1; key <= 9; key++) {
  gameKeys[key] = () => {
    const button = document.querySelectorAll("#options button")[key - 1];
    if (button) button.click();
  };
}
at("undo").addEventListener("click", undo);
at("restart").addEventListener("click", restart);

// The two modes.
let isGame = false;

function setMode(game, isMoved = false) {
  isGame = game;
  at("stepping").setAttribute("aria-pressed", String(!game));
  at("playing").setAttribute("aria-pressed", String(game));
  at("steps").hidden = at("diagnosis").hidden = at("next").hidden = game;
  at("game").hidden = at("choice").hidden = !game;
  at("timeline").className = game ? "" : "steps";
  if (game) {
    address("play");
    drawGame();
  } else if (steps.length > 0) go(now, isMoved);
}

// A link can name the step, or the game: `counter.html#3`, `counter.html#play`.
function follow() {
  const fragment = location.hash.slice(1);
  const isStep = /^\d+$/.test(fragment);
  if (isStep) now = Number(fragment) - 1;
  setMode(fragment === "play" && Boolean(smallest), isStep);
}

at("stepping").addEventListener("click", () => setMode(false));
at("playing").addEventListener("click", () => setMode(true));
at("modes").hidden = !smallest;
at("elsewhere").hidden = Boolean(smallest);
prose(at("no-game"), data.no_game || "");
at("command").textContent = data.command || "";
at("command").hidden = !data.command;
document.querySelector("#timeline tbody").addEventListener("click", event => {
  const row = event.target.closest("tr");
  if (row && !isGame) go(Number(row.dataset.index));
});
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = (isGame ? gameKeys : stepKeys)[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
window.addEventListener("hashchange", follow);

// Paper shows all of it: the state at the end, and what is folded.
let before = null;
window.addEventListener("beforeprint", () => {
  const closed = [...document.querySelectorAll("details:not([open])")];
  before = { now, closed };
  if (!isGame) go(steps.length - 1, false);
  document.querySelectorAll("details").forEach(folded => { folded.open = true; });
});
window.addEventListener("afterprint", () => {
  if (!before) return;
  const { now: step, closed } = before;
  before = null;
  closed.forEach(folded => { folded.open = false; });
  if (!isGame) go(step, false);
});

drawDiagnosis();
linkTurn();
follow();
