// Comfort for the grid of positions, which is a whole form without it: keys, undo, finding a
// member, and the words of votes/entry/differences.py while somebody types.

const form = document.querySelector("form.grid");
const find = document.getElementById("find");
const found = document.getElementById("found");
const undoButton = document.getElementById("undo");
const bar = form.querySelector(".bar");

const rows = [...form.querySelectorAll(".members fieldset")].map((element) => {
  const radios = [...element.querySelectorAll("input")];
  const name = element.querySelector("legend").firstChild.data.trim();
  const value = radios.find((radio) => radio.checked).value;
  return { element, radios, name, words: plain(name), value, ...element.dataset };
});
const rowAt = new Map(rows.map((row) => [row.element, row]));
const labels = new Map(
  rows[0].radios.map(({ value, parentElement }) => [
    value,
    parentElement.querySelector("i").firstChild.data,
  ]),
);

function rowOf(element) {
  return rowAt.get(element.closest("fieldset"));
}

function plain(text) {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;
}

// Counters and differences

const counters = [...form.querySelectorAll("[data-count]")];
const lists = [...form.querySelectorAll("[data-names]")];
const words = { ...form.querySelector(".counters").dataset, ...form.querySelector(".differences").dataset };

function worded(template, values) {
  return template.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
}

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function update() {
  const held = Object.fromEntries([...labels.keys()].map((value) => [value, 0]));
  for (const row of rows) held[row.value] += 1;
  for (const counter of counters) count(counter, held);
  for (const list of lists) name(list);
  undoButton.disabled = !steps.length;
  speakSoon();
}

function count(counter, held) {
  const { count: value, announced } = counter.dataset;
  const missing = form.dataset.seats - (rows.length - held[""]);
  const shown = value ? held[value] : Math.max(missing, 0);
  // Who may not vote is among those announced as not voting.
  const compared = value === "X" ? held.X + held.I : shown;
  const difference = value ? against(compared, announced) : tooMany(-missing);
  show(counter.querySelector("b"), String(shown));
  show(counter.querySelector(".difference"), difference);
}

function against(count, announced) {
  if (announced === undefined) return "";
  const n = Math.abs(count - announced);
  if (!n) return words.same;
  return worded(count > announced ? words.more : words.fewer, { n });
}

function tooMany(n) {
  return n > 0 ? worded(words.tooMany, { n }) : "";
}

function name(list) {
  const { names: kind, item } = list.dataset;
  const names = kind === "unset" ? unset().map((row) => row.name) : otherThan(kind, item);
  const first = names.slice(0, words.most).join(", ");
  const n = names.length - words.most;
  list.hidden = !names.length;
  show(list.querySelector("span"), n > 0 ? worded(words.others, { names: first, n }) : first);
}

function unset() {
  return rows.filter((row) => !row.value);
}

function otherThan(kind, item) {
  const differing = rows.filter((row) => row[kind] !== undefined && row.value !== row[kind]);
  return differing.map((row) =>
    worded(item, { name: row.name, position: labels.get(row.value), other: labels.get(row[kind]) }),
  );
}

// A screen reader is told what has changed when the typing pauses.

const spoken = form.querySelector("[role=status]");
const heard = [...counters, ...lists.filter((list) => list.dataset.names !== "unset")];
const said = new Map(heard.map((element) => [element, element.textContent]));
let pause;

function speakSoon() {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const news = heard.filter((element) => element.textContent !== said.get(element));
    for (const element of news) said.set(element, element.textContent);
    spoken.textContent = news.map((element) => element.innerText).join(". ");
  }, 700);
}

// Setting and undoing

const steps = []; // each a list of [row, value before]

function set(changes) {
  const step = changes.filter(([row, value]) => row.value !== value);
  if (!step.length) return;
  steps.push(step.map(([row]) => [row, row.value]));
  put(step);
}

function put(step) {
  for (const [row, value] of step) {
    row.radios.find((radio) => radio.value === value).checked = true;
    row.value = value;
  }
  update();
}

function undo() {
  const step = steps.pop();
  if (!step) return;
  put(step);
  go(step[0][0]);
}

// Moving: the list is one stop of the Tab key, so that the next one is a button.

let here = unset()[0] ?? rows[0];

function stop(row) {
  for (const radio of here.radios) radio.tabIndex = -1;
  for (const radio of row.radios) radio.tabIndex = 0;
  here = row;
}

function go(row) {
  stop(row);
  row.radios.find((radio) => radio.checked).focus();
}

function step(row, by) {
  go(rows[rows.indexOf(row) + by] ?? row);
}

// Keys

const MOVES = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };
const CLEARS = ["Delete", "Backspace"];

function letterOf({ key, code }) {
  // On a keyboard of another script the place of the key counts.
  return (/^[a-z]$/i.test(key) ? key : code.replace("Key", "")).toUpperCase();
}

function press(event) {
  const row = rowOf(event.target);
  const letter = letterOf(event);
  if (event.key in MOVES) step(row, MOVES[event.key]);
  else if (CLEARS.includes(event.key)) {
    set([[row, ""]]);
    go(row);
  } else if (labels.has(letter)) {
    set([[row, letter]]);
    step(row, 1);
  } else return;
  event.preventDefault();
}

form.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea, [type=text]") || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (letterOf(event) !== "Z" || event.shiftKey) return;
    event.preventDefault();
    undo();
  } else if (event.key === "/") {
    event.preventDefault();
    find.focus();
  } else if (event.target.type === "radio") press(event);
});

form.addEventListener("change", ({ target }) => {
  if (target.type !== "radio") return;
  set([[rowOf(target), target.value]]);
});

form.addEventListener("focusin", ({ target }) => {
  if (target.type === "radio") stop(rowOf(target));
});

form.addEventListener("click", (event) => {
  const { name: button, value } = event.target;
  if (event.target === undoButton) undo();
  if (button !== "others") return;
  event.preventDefault();
  set(unset().map((row) => [row, value]));
});

for (const link of form.querySelectorAll("a[href^='#m-']")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(rowAt.get(document.querySelector(link.hash)));
  });
}

// Finding a member by the beginning of any word of its name, or its code

function matches() {
  const wanted = plain(find.value);
  if (wanted === " ") return [];
  const code = `m-${find.value.trim().toUpperCase()}`;
  return rows.filter((row) => row.words.includes(wanted) || row.element.id === code);
}

find.addEventListener("input", () => {
  const [first = "", ...rest] = matches().map((row) => row.name);
  tell(first || (find.value.trim() && found.dataset.nobody), rest.slice(0, 5).join(", "));
});

function tell(first, rest) {
  show(found.querySelector("b"), first);
  show(found.querySelector("span"), rest);
}

find.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  const row = event.key === "Escape" ? here : matches()[0];
  if (!row) return;
  find.value = "";
  tell("", "");
  go(row);
});

// Leaving with something unsaved is asked about.

let sent = false;
form.addEventListener("submit", () => (sent = true));
addEventListener("beforeunload", (event) => {
  if (!sent && (steps.length || "unsaved" in form.dataset)) event.preventDefault();
});

// The row with the focus stays above what sticks to the edge.

new ResizeObserver(() => {
  const stuck = [bar, bar.querySelector(".counters")].find(
    (element) => getComputedStyle(element).position === "sticky",
  );
  form.style.setProperty("--stuck", `${stuck?.offsetHeight ?? 0}px`);
}).observe(form);

for (const row of rows) for (const radio of row.radios) radio.tabIndex = -1;
stop(here);
for (const hidden of form.querySelectorAll(".keys, .find, #undo")) hidden.hidden = false;
update();
clearTimeout(pause);
if (!form.querySelector("[autofocus]")) go(here);
