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
const cell = (tag, role, text, name) => {
  const element = make(tag, text, name);
  element.setAttribute("role", role);
  return element;
};
const tone = task => "t" + task % 5;
// A text in the language of the page, which has it by the English one, with words in the places of their names.
const say = (text, words = {}) =>
  (data.texts[text] || text).replace(/\{(\w+)\}/g, (place, name) => name in words ? words[name] : place);
// In French nought is one too.
const isOne = number => document.documentElement.lang === "fr" ? number < 2 : number === 1;
const count = (number, thing) => `${number} ${data.nouns[thing][isOne(number) ? 0 : 1]}`;
const short = path => path.split("/").slice(/(mod|lib|main)\.rs$/.test(path) ? -2 : -1).join("/");
const placeOf = step => step.path ? `${short(step.path)}:${step.line}` : "";

// A step in words: whose it is, and what.
const told = step => step.task === null ? step.words : say("{task}: {words}", { task: tasks[step.task], words: step.words });

at("app").hidden = false;

// Text with what stands between backticks as code.
function prose(element, text) {
  const parts = text.split("`");
  const isWhole = parts.length % 2 === 1;
  element.replaceChildren(...(isWhole ? parts : [text]).map((part, index) => index % 2 ? make("code", part) : part));
  return element;
}

// Sentences begin with a capital; but a thread keeps its name.
function capital(text) {
  const begins = tasks.some(task => text.startsWith(task));
  return begins ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

// What went wrong: its name first, if it has one; drawings as they are.
function tell(element, what, pattern) {
  const name = pattern && what.startsWith(pattern + ".") ? pattern : null;
  const parts = [];
  for (const line of (name ? what.slice(name.length + 1).trimStart() : what).split("\n")) {
    const isDrawn = /^\s|\S {3,}\S/.test(line);
    const latest = parts[parts.length - 1];
    if (isDrawn && latest && latest.tagName === "PRE") latest.textContent += "\n" + line;
    else if (isDrawn) parts.push(Object.assign(make("pre", line), { tabIndex: 0 }));
    else if (line) parts.push(prose(make("p", ""), capital(line)));
  }
  if (name) {
    const first = parts[0] && parts[0].tagName === "P" ? parts[0] : null;
    const title = make("strong", capital(name) + ".");
    if (first) first.prepend(title, " ");
    else parts.unshift(title);
  }
  element.replaceChildren(...parts);
}

// The files: the one that the page is about first, which is open, and then those with the most steps.
const lines = {};
const used = path => data.steps.filter(step => step.path === path).map(step => step.line);
const uses = path => path === data.own ? Infinity : used(path).length;
Object.entries(data.sources)
  .sort(([a], [b]) => uses(b) - uses(a) || (a < b ? -1 : 1))
  .forEach(([path, text], place) => {
    const file = make("details", "", "file");
    const list = make("ol", "", "source");
    file.open = place === 0;
    file.setAttribute("aria-label", path);
    list.tabIndex = 0;
    list.setAttribute("aria-label", path);
    lines[path] = text.map((line, index) => {
      const item = document.createElement("li");
      // Paper shows only what is near to where something happens.
      if (!used(path).some(near => Math.abs(near - index - 1) <= 8)) item.className = "far";
      const code = document.createElement("span");
      code.append(...line.map(([kind, words]) => kind ? make("span", words, kind) : words));
      item.append(make("span", index + 1, "number"), code);
      list.append(item);
      return item;
    });
    file.append(make("summary", path), list);
    file.addEventListener("toggle", () => bringUp(list.querySelector("li.here") || lines[path][Math.min(...used(path)) - 1]));
    at("sources").append(file);
  });

function bringUp(item) {
  const list = item && item.parentNode;
  if (list && list.clientHeight) list.scrollTop = item.offsetTop - Math.min(100, list.clientHeight / 3);
}

// Marks the lines: `marks` has a task, a path, a line and what it is to the task there. The file of the
// task that is followed is opened; what was opened for another one is closed again.
let opened = null;

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
    const file = list.parentNode;
    if (task === follow && !file.open) {
      if (opened) opened.open = false;
      file.open = true;
      opened = file;
    }
  }
  lists.forEach(({ item, first }, list) => {
    const bothFit = item.offsetTop - first.offsetTop < list.clientHeight / 2;
    bringUp(bothFit ? first : item);
  });
}

function drawTimeline(steps, now, shown, isMoved) {
  const columns = shown.map(task => {
    const title = cell("th", "columnheader", tasks[task], tone(task));
    title.scope = "col";
    return title;
  });
  at("timeline").style.minWidth = `${4 + 10 * shown.length}rem`;
  const head = cell("tr", "row", "");
  head.append(cell("th", "columnheader", "#", "aside"), ...columns);
  document.querySelector("#timeline thead").replaceChildren(head);
  const rows = steps.map((step, index) => {
    const row = cell("tr", "row", "");
    row.dataset.index = index;
    row.append(cell("td", "cell", step.number === null ? "" : step.number, "aside"));
    if (step.task === null) {
      const all = cell("td", "cell", step.words, "aside");
      all.colSpan = shown.length;
      row.append(all);
    } else {
      for (const task of shown) row.append(timelineCell(step, task));
    }
    row.classList.toggle("later", index > now);
    if (index === now) row.setAttribute("aria-current", "step");
    return row;
  });
  document.querySelector("#timeline tbody").replaceChildren(...rows);
  at("nothing").hidden = rows.length > 0;
  if (isMoved && rows[now]) rows[now].scrollIntoView({ block: "nearest", inline: "nearest" });
}

function timelineCell(step, task) {
  if (step.task !== task) return cell("td", "cell", "");
  const words = step.words + (step.to === null ? "" : " → " + tasks[step.to]);
  const look = step.fails ? "fails" : step.number === null ? "aside" : tone(task);
  const own = cell("td", "cell", words, look + " own");
  own.dataset.task = tasks[task];
  const place = placeOf(step);
  if (place) own.append(" ", make("span", place, "place"));
  if (step.turns) own.append(make("span", say("if this is otherwise, it passes"), "turn"));
  return own;
}

// `states` has a task, its state in words, and where it is in the code.
function drawThreads(states) {
  const rows = states.map(state => {
    const row = document.createElement("tr");
    const name = make("th", tasks[state.task], tone(state.task));
    name.scope = "row";
    row.append(name, make("td", state.words), make("td", placeOf(state), "aside"));
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
    rows[0].append(make("td", say("None has been used yet."), "aside"));
  }
  document.querySelector("#objects tbody").replaceChildren(...rows);
}

function drawDiagnosis() {
  tell(at("what"), data.what, data.pattern && say(data.pattern));
  const hint = data.hints[data.hint - 1];
  prose(at("hint"), hint || "");
  at("hinted").hidden = !hint;
  at("token").textContent = data.token ? "cargo kata replay " + data.token : "";
  at("replayed").hidden = !data.token;
  at("passes").hidden = !data.passes;
  if (data.passes) {
    prose(at("passes"), " " + data.passes);
    at("passes").prepend(make("strong", say("It passes:")));
  }
  at("names").hidden = !data.names.length;
  at("names").textContent = say("Names: {names}.", { names: data.names.join("; ") });
  at("unseen").hidden = !data.unseen.length;
  at("unseen").textContent = say("The source of {files} cannot be shown: the page was made where it could not be read. In a clone of the course it is there, with the names that the code uses.",
    { files: data.unseen.map(short).join(", ") });
}
