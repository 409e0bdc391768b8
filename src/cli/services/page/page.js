"use strict";
// Shows where an execution stands. A step is whose it is (a place in `tasks`), its words and where
// it is in the code; what is known of the objects are pairs of a name and a state.
const data = JSON.parse(document.getElementById("data").textContent);
const board = data.board;
const asked = ask => [...(ask.ready || []), ...(ask.waiting || [])].map(next => next.task);
const tasks = [...new Set([...data.tasks, ...(board ? [...board.tasks, ...board.asks.flatMap(asked)] : [])])];
const at = id => document.getElementById(id);
const make = (tag, text, name) => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) element.className = name;
  return element;
};
const tone = task => "t" + task % 5;
const count = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
const short = path => path.split("/").slice(/(mod|lib|main)\.rs$/.test(path) ? -2 : -1).join("/");

at("app").hidden = false;

// The files, that with the most steps first.
const lines = {};
const used = path => data.steps.filter(step => step.path === path).map(step => step.line);
const uses = path => used(path).length;
Object.entries({ ...(board ? board.files : {}), ...data.files })
  .sort(([a], [b]) => uses(b) - uses(a) || (a < b ? -1 : 1))
  .forEach(([path, text], place) => {
    const list = make("ol", "", place === 0 ? "source" : "source brief");
    list.tabIndex = 0;
    list.setAttribute("aria-label", path);
    lines[path] = text.replace(/\n$/, "").split("\n").map((line, index) => {
      const item = document.createElement("li");
      // Paper shows only what is near to where something happens.
      if (!used(path).some(near => Math.abs(near - index - 1) <= 8)) item.className = "far";
      item.append(make("span", index + 1, "number"), make("span", line));
      list.append(item);
      return item;
    });
    at("sources").append(make("h2", path), list);
    bringUp(list, lines[path][Math.min(...used(path)) - 1]);
  });

function bringUp(list, item) {
  if (item) list.scrollTop = item.offsetTop - list.offsetTop - Math.min(100, list.clientHeight / 3);
}

// Marks the lines: `marks` has a task, a path, a line and what it is to the task there.
function markLines(marks, follow) {
  document.querySelectorAll("li.here").forEach(item => {
    item.classList.remove("here");
    item.querySelector(".labels").remove();
  });
  const lists = new Map();
  for (const { task, path, line, role } of marks) {
    const item = lines[path] && lines[path][line - 1];
    if (!item) continue;
    if (!item.classList.contains("here")) item.append(make("span", "", "labels"));
    item.classList.add("here");
    item.lastChild.append(make("span", role + tasks[task], "who " + tone(task)));
    const list = item.parentNode;
    const { item: chosen, first } = lists.get(list) || { item, first: item };
    lists.set(list, {
      item: task === follow ? item : chosen,
      first: item.offsetTop < first.offsetTop ? item : first,
    });
  }
  lists.forEach(({ item, first }, list) => {
    const bothFit = item.offsetTop - first.offsetTop < list.clientHeight / 2;
    bringUp(list, bothFit ? first : item);
  });
}

function drawTimeline(steps, now, shown) {
  const columns = shown.map(task => {
    const cell = make("th", tasks[task], tone(task));
    cell.scope = "col";
    return cell;
  });
  const number = make("th", "#", "aside");
  number.scope = "col";
  at("timeline").style.minWidth = `${4 + 11 * shown.length}rem`;
  const head = document.createElement("tr");
  head.append(number, ...columns);
  document.querySelector("#timeline thead").replaceChildren(head);
  const rows = steps.map((step, index) => {
    const row = document.createElement("tr");
    row.dataset.index = index;
    row.append(make("td", step.number === null ? "" : step.number, "aside"));
    if (step.task === null) {
      const cell = make("td", step.words, "aside");
      cell.colSpan = shown.length;
      row.append(cell);
    } else {
      for (const task of shown) row.append(timelineCell(step, task));
    }
    row.classList.toggle("later", index > now);
    if (index === now) row.setAttribute("aria-current", "step");
    return row;
  });
  document.querySelector("#timeline tbody").replaceChildren(...rows);
  const current = rows[now];
  if (current && current.scrollIntoView) current.scrollIntoView({ block: "nearest" });
}

function timelineCell(step, task) {
  if (step.task !== task) return make("td", "");
  const words = step.words + (step.to === null ? "" : " → " + tasks[step.to]);
  const look = step.fails ? "fails" : step.number === null ? "aside" : tone(task);
  return make("td", words, look + " own");
}

// `states` has a task, its state in words, and where it is in the code.
function drawThreads(states) {
  const rows = states.map(({ task, words, path, line }) => {
    const row = document.createElement("tr");
    const name = make("th", tasks[task], tone(task));
    name.scope = "row";
    row.append(name, make("td", words), make("td", path ? `${short(path)}:${line}` : "", "aside"));
    return row;
  });
  document.querySelector("#threads tbody").replaceChildren(...rows);
}

function drawObjects(objects, before) {
  const rows = objects.map(([name, state]) => {
    const isNew = !before.some(other => other[0] === name && other[1] === state);
    const row = document.createElement("tr");
    const title = make("th", name);
    title.scope = "row";
    row.append(title, make("td", state + (isNew ? " ●" : ""), isNew ? "changed" : ""));
    return row;
  });
  if (rows.length === 0) {
    rows.push(document.createElement("tr"));
    rows[0].append(make("td", "none has been used yet", "aside"));
  }
  document.querySelector("#objects tbody").replaceChildren(...rows);
}

function drawDiagnosis(what, hint, token) {
  at("what").textContent = what;
  const text = data.hints[hint - 1];
  at("hint").textContent = text || "";
  at("hinted").hidden = !text;
  at("token").textContent = token ? "cargo kata replay " + token : "";
  at("replayed").hidden = !token;
}

at("promise").textContent = data.promise ? `“${data.promise}”` : "";
at("workload").textContent = data.in_words ? `It fails with ${data.in_words}.` : "";
