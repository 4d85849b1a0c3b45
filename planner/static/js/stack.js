// The stack plan under hand and key. The address carries the moves, so going back undoes.

const page = document.querySelector("[data-stack]");
const canvas = document.querySelector("[data-canvas]") || page.querySelector(".canvas");
const panel = page.querySelector("[data-panel]");
const lines = page.querySelector("[data-lines]");
const words = page.dataset.words ? JSON.parse(page.dataset.words) : null;
const SVG = "http://www.w3.org/2000/svg";
const LONG_PRESS = 400; // milliseconds
const NEAR = 6; // pixels a hand may shake before it drags

let chosen = null; // the block that is selected
let answers = new Map(); // what each unit says to it
let drag = null;
let asked = 0;

const blocks = () => [...canvas.querySelectorAll(".block[data-team]")].filter(isSeen);
const isSeen = (element) => element.getBoundingClientRect().width > 0;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

function drawn(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// -- selecting ---------------------------------------------------------------------------------

async function choose(block) {
  for (const one of canvas.querySelectorAll('.block[aria-pressed="true"]')) {
    one.setAttribute("aria-pressed", "false");
  }
  chosen = block;
  answers = new Map();
  if (!block) return;
  const { team, state } = block.dataset;
  for (const one of canvas.querySelectorAll(`.block[data-team="${CSS.escape(team)}"]`)) {
    one.setAttribute("aria-pressed", "true");
  }
  showPanel(block);
  drawMove(block);
  if (words && state === "plan" && block.dataset.fixed !== "true") await ask(block);
}

async function ask(block) {
  const number = ++asked;
  const address = new URL(page.dataset.targets, location.href);
  address.searchParams.set("team", block.dataset.team);
  address.searchParams.set("unit", block.dataset.unit);
  let said = null;
  try {
    said = await fetch(address, { headers: { Accept: "application/json" } });
  } catch {
    said = null; // the line is down
  }
  if (number !== asked) return;
  if (!said || !said.ok) {
    panel.lastElementChild.replaceChildren(element("p", { className: "note warn small",
      role: "alert", textContent: words.silent }));
    return;
  }
  answers = new Map((await said.json()).map((one) => [one.unit, one]));
  showTargets(block);
}

function showPanel(block) {
  const data = block.dataset;
  const where = data.origin && data.state === "plan"
    ? [data.origin, arrow(), data.unit] : [data.unit];
  const parts = [
    element("p", { className: "over", textContent: data.department }),
    element("h2", { textContent: data.name }),
    element("p", { className: "from-to" }, ...where),
  ];
  if (words) {
    parts.push(element("p", { className: "small mute", textContent: fill(words.people, data) }));
    parts.push(week(block));
    const shown = element("p", { className: "small gap-top-s" });
    shown.append(element("a", { href: page.dataset.floor.replace("FLOOR",
      encodeURIComponent(data.unit.split("/")[0])), textContent: fill(words.floor, data) }));
    parts.push(shown);
    if (isHeld(block)) {
      parts.push(element("div", { className: "acts gap-top-s" }, lockButton(block, words.unlock)));
    } else if (data.fixed === "true") {
      parts.push(element("p", { className: "note gap-top-s small", textContent: words.fixed }));
    } else if (data.state === "plan") {
      parts.push(element("div", { className: "gap-top-s" }, element("p", {
        className: "small mute", textContent: words.asking,
      })));
    }
  } else {
    parts.push(element("p", { className: "small mute", textContent: block.getAttribute("aria-label") }));
  }
  panel.replaceChildren(...parts);
}

function arrow() {
  const made = drawn("svg", { width: 22, height: 22, viewBox: "0 0 18 18", fill: "none",
    stroke: "currentColor", "stroke-width": 1.6, "aria-hidden": "true" });
  made.append(drawn("path", { d: "M3 9h11M10 5l4 4-4 4" }));
  return made;
}

/** Seats taken in the unit on each weekday, this team's share dark. */
function week(block) {
  const unit = block.closest(".unit");
  const places = Number(unit.dataset.places) || 1;
  const taken = unit.dataset.taken.split(",").map(Number);
  const needs = block.dataset.needs.split(",").map(Number);
  const holder = element("div");
  const bars = element("div", { className: "week" });
  taken.forEach((seats, at) => {
    const share = seats / places;
    const high = 84;
    const picture = drawn("svg", { viewBox: "0 0 40 84", width: "100%", height: high,
      preserveAspectRatio: "none", "aria-hidden": "true" });
    const all = Math.min(share, 1) * high;
    const own = Math.min(needs[at] / places, 1) * high;
    picture.append(
      drawn("rect", { width: 40, height: high, fill: "var(--unlit)" }),
      drawn("rect", { y: high - all, width: 40, height: all, fill: "var(--line2)", opacity: 0.6 }),
      drawn("rect", { y: high - own, width: 40, height: own, fill: "var(--lit)" }),
    );
    bars.append(element("div", {}, element("b", {
      className: share >= 0.95 ? "tight" : "", textContent: `${Math.round(share * 100)}%`,
    }), picture, element("span", { textContent: words.days[at] || "" })));
  });
  holder.append(bars, element("p", { className: "src",
    textContent: fill(words.seats, { unit: block.dataset.unit, places }) }));
  return holder;
}

/** The floors that answered: the best first, then all of them to choose from. */
function showTargets(block) {
  const place = panel.lastElementChild;
  const fitting = [...answers.values()].filter((one) => one.fits);
  const refused = [...answers.values()].filter((one) => !one.fits);
  const list = element("ul", { className: "targets" });
  for (const one of [...fitting.slice(0, 3), ...refused.slice(0, 1)]) {
    const text = one.fits ? `${one.words}; ${one.said}.` : one.words;
    list.append(element("li", {}, element("b", { textContent: one.unit }),
      element("span", { className: one.fits ? "" : "bad", textContent: text })));
  }
  const select = element("select", { id: "move-to" });
  for (const one of [...fitting, ...refused]) {
    const option = element("option", { value: one.unit, disabled: !one.fits });
    option.textContent = [`${one.unit}: ${one.words}`, one.said].filter(Boolean).join("; ");
    select.append(option);
  }
  const label = element("label", { className: "lab", htmlFor: "move-to", textContent: words.move });
  const go = element("button", { className: "btn s", type: "button", textContent: words.choose });
  go.disabled = fitting.length === 0;
  go.addEventListener("click", () => move(block, select.value));
  place.replaceChildren(element("h3", { textContent: words.or }), list, label,
    element("div", { className: "in w-l full" }, select),
    element("div", { className: "acts gap-top-s" }, go, lockButton(block, words.lock)));
}

// -- locking -----------------------------------------------------------------------------------

/** A change as the address carries it: codes may hold whatever parts them. */
const changeOf = (block, unit) =>
  [block.dataset.team, block.dataset.unit, unit].map(encodeURIComponent).join("|");
const lockOf = (block) => changeOf(block, block.dataset.unit);

function isHeld(block) {
  return (page.dataset.held || "").split(" ").includes(lockOf(block));
}

function lockButton(block, text) {
  const button = element("button", { className: "btn s", type: "button", textContent: text });
  button.addEventListener("click", () => lock(block));
  return button;
}

/** A lock is a move to where the team is; a second one takes the first off. */
function lock(block) {
  if (block.dataset.state !== "plan" || (block.dataset.fixed === "true" && !isHeld(block))) return;
  goTo(block, block.dataset.unit);
}

/** Add one change to the address; the page comes back with the block in focus. */
function goTo(block, unit) {
  const address = new URL(location.href);
  address.searchParams.append("move", changeOf(block, unit));
  sessionStorage.setItem("stack-scroll", String(scrollY));
  sessionStorage.setItem("stack-focus", JSON.stringify([block.dataset.team, unit]));
  location.assign(address);
}

/** The one move drawn: from the ghost of today along the gap between rows to its new place. */
function drawMove(block) {
  if (!lines) return;
  lines.replaceChildren();
  const find = (state) => blocks().find((one) => one.dataset.team === block.dataset.team
    && one.dataset.state === state
    && (state === "plan" || !block.dataset.origin || one.dataset.unit === block.dataset.origin));
  const target = block.dataset.state === "plan" ? block : find("plan");
  const origin = target && target.dataset.origin ? find("today") : null;
  if (!origin || !target || origin === target) return;
  const frame = canvas.getBoundingClientRect();
  const from = origin.querySelector(".edge").getBoundingClientRect();
  const to = target.querySelector(".edge").getBoundingClientRect();
  const side = target.closest(".of-plan").getBoundingClientRect().left - frame.left - 14;
  const x = from.left - frame.left + Math.min(18, from.width / 2);
  const y = from.bottom - frame.top;
  const end = to.left - frame.left + Math.min(18, to.width / 2);
  const top = to.top - frame.top;
  lines.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
  const path = `M${x} ${y}V${y + 3.5}H${side}V${top - 4}H${end}V${top + 2}`;
  lines.append(
    drawn("rect", { x: from.left - frame.left, y: from.top - frame.top, width: from.width,
      height: from.height, fill: "var(--surface)", "fill-opacity": 0.6, stroke: "var(--ink)",
      "stroke-width": 2, "stroke-dasharray": "4 3" }),
    drawn("path", { d: path, fill: "none", stroke: "var(--surface)", "stroke-width": 5 }),
    drawn("path", { d: path, fill: "none", stroke: "var(--ink)", "stroke-width": 2.2 }),
    drawn("path", { d: `M${end - 5} ${top - 1}h10l-5 8z`, fill: "var(--ink)" }),
  );
}

// -- moving ------------------------------------------------------------------------------------

function move(block, unit) {
  const said = answers.get(unit);
  if (!said || !said.fits) return;
  goTo(block, unit);
}

function unitAt(x, y) {
  const over = document.elementFromPoint(x, y);
  return over && over.closest('.unit[data-state="plan"]');
}

function beginDrag() {
  drag.moving = true;
  drag.sign = element("div", { className: "drag-said", role: "status" });
  document.body.append(drag.sign);
  canvas.classList.add("dragging");
}

function dragTo(x, y) {
  const unit = unitAt(x, y);
  const name = unit ? unit.dataset.unit : "";
  const said = answers.get(name);
  drag.unit = said && said.fits ? name : "";
  drag.sign.classList.toggle("no", Boolean(said && !said.fits));
  drag.sign.textContent = said ? [`${name}: ${said.words}`, said.said].filter(Boolean).join("; ") : drag.block.dataset.name;
  drag.sign.style.left = `${Math.min(x + 14, innerWidth - 290)}px`;
  drag.sign.style.top = `${y + 14}px`;
  for (const one of canvas.querySelectorAll(".unit.aimed")) one.classList.remove("aimed");
  if (unit) unit.classList.add("aimed");
}

function endDrag(keep) {
  if (!drag) return;
  clearTimeout(drag.timer);
  const { moving, block, unit, sign } = drag;
  if (sign) sign.remove();
  canvas.classList.remove("dragging");
  for (const one of canvas.querySelectorAll(".unit.aimed")) one.classList.remove("aimed");
  drag = null;
  if (keep && moving && unit) move(block, unit);
}

function down(event) {
  const block = event.target.closest(".block[data-team]");
  if (!block || event.button !== 0) return;
  choose(block);
  if (!words || block.dataset.state !== "plan" || block.dataset.fixed === "true") return;
  drag = { block, x: event.clientX, y: event.clientY, moving: false, unit: "" };
  if (event.pointerType === "touch") drag.timer = setTimeout(() => drag && beginDrag(), LONG_PRESS);
}

function moveHand(event) {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > NEAR;
  if (!drag.moving && far) {
    if (event.pointerType === "touch") return endDrag(false);
    beginDrag();
  }
  if (drag.moving) dragTo(event.clientX, event.clientY);
}

// -- keys --------------------------------------------------------------------------------------

function step(block, key) {
  const here = block.getBoundingClientRect();
  const middle = { x: here.left + here.width / 2, y: here.top + here.height / 2 };
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let best = null;
  let least = Infinity;
  for (const one of blocks()) {
    if (one === block) continue;
    const there = one.getBoundingClientRect();
    const dx = there.left + there.width / 2 - middle.x;
    const dy = there.top + there.height / 2 - middle.y;
    const ahead = (across ? dx : dy) * sign;
    const aside = Math.abs(across ? dy : dx);
    if (ahead <= 2 || (across && aside > here.height / 2)) continue;
    const cost = across ? ahead : ahead * 4 + aside;
    if (cost < least) [best, least] = [one, cost];
  }
  if (best) {
    rove(best);
    best.focus();
    best.scrollIntoView({ block: "nearest" });
  }
}

function key(event) {
  if (event.key === "Escape") endDrag(false);
  const block = event.target.closest && event.target.closest(".block[data-team]");
  if ((event.ctrlKey || event.metaKey) && event.key === "z") {
    const undo = page.querySelector("[data-undo]");
    if (undo) { event.preventDefault(); undo.click(); }
    return;
  }
  if (!block || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    step(block, event.key);
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(block);
  } else if (event.key.toLowerCase() === "m" && words) {
    event.preventDefault();
    choose(block).then(() => {
      const select = document.getElementById("move-to");
      if (select) select.focus();
    });
  } else if (event.key.toLowerCase() === "l" && words) {
    event.preventDefault();
    lock(block);
  }
}

/** One stop of the Tab key for the whole drawing; arrow keys go on from there. */
function rove(block) {
  for (const one of canvas.querySelectorAll('.block[tabindex="0"]')) {
    one.setAttribute("tabindex", "-1");
  }
  if (block) block.setAttribute("tabindex", "0");
}

// -- views -------------------------------------------------------------------------------------

const views = document.querySelector("[data-views]");
function view(name) {
  canvas.dataset.view = name;
  for (const one of views.querySelectorAll("[data-view]")) {
    one.setAttribute("aria-pressed", String(one.dataset.view === name));
  }
  if (chosen) drawMove(chosen);
}
if (views) {
  views.hidden = false;
  for (const button of views.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => view(button.dataset.view));
  }
  if (innerWidth <= 640) view("plan");
}

const byHand = page.querySelector("[data-by-hand]");
if (byHand) byHand.hidden = true; // the panel does the same with answers
canvas.addEventListener("pointerdown", down);
addEventListener("pointermove", moveHand);
addEventListener("pointerup", () => endDrag(true));
addEventListener("pointercancel", () => endDrag(false));
addEventListener("touchmove", (event) => {
  if (drag && drag.moving) event.preventDefault();
}, { passive: false });
document.addEventListener("keydown", key);
addEventListener("resize", () => chosen && drawMove(chosen));
rove(blocks()[0]);
canvas.addEventListener("focusin", (event) => {
  const block = event.target.closest(".block[data-team]");
  if (block) rove(block);
});
const before = sessionStorage.getItem("stack-scroll");
if (before !== null) {
  sessionStorage.removeItem("stack-scroll");
  scrollTo(0, Number(before));
}
const last = sessionStorage.getItem("stack-focus");
if (last !== null) {
  sessionStorage.removeItem("stack-focus");
  const [team, unit] = JSON.parse(last);
  const block = blocks().find((one) => one.dataset.team === team && one.dataset.unit === unit
    && one.dataset.state === "plan");
  if (block) {
    block.focus({ preventScroll: true });
    choose(block);
  }
}
