// Cells of a list that are edited where they stand. Without scripts the row's own page does it.

const table = document.querySelector("[data-cells]");
const token = table.dataset.token;
let version = table.dataset.version;
const said = document.querySelector("[data-cells-said]");

function open(cell) {
  if (cell.querySelector("input, select")) return;
  const button = cell.querySelector("button");
  const words = button.querySelector("span");
  const shown = words.textContent;
  const choices = cell.dataset.choices ? JSON.parse(cell.dataset.choices) : null;
  const field = document.createElement(choices ? "select" : "input");
  field.setAttribute("aria-label", button.dataset.label);
  if (choices) {
    for (const [value, words] of choices) field.append(new Option(words, value));
  } else {
    field.inputMode = cell.classList.contains("num") ? "decimal" : "text";
  }
  field.value = cell.dataset.value;
  button.hidden = true;
  cell.append(field);
  field.focus();
  if (field.select) field.select();
  let done = false;
  const close = (text, focus) => {
    done = true;
    field.remove();
    button.hidden = false;
    if (text !== null) words.textContent = text || "\u2014";
    if (focus) button.focus();
  };
  const keep = async (focus) => {
    if (done) return;
    if (field.value === cell.dataset.value) { close(null, focus); return; }
    const answer = await send(cell, field.value);
    if (answer.ok) {
      version = answer.version;
      cell.dataset.value = answer.value;
      close(answer.text, focus);
      say(answer.said, false);
    } else {
      field.setAttribute("aria-invalid", "true");
      say(answer.said, true);
      if (focus) field.focus();
    }
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); keep(true); }
    if (event.key === "Escape") { event.stopPropagation(); close(shown, true); }
  });
  field.addEventListener("blur", () => keep(false));
}

async function send(cell, value) {
  const body = new FormData();
  body.set("csrf_token", token);
  body.set("version", version);
  body.set("field", cell.dataset.field);
  body.set("value", value);
  for (const part of JSON.parse(cell.closest("tr").dataset.key)) body.append("key", part);
  try {
    const answer = await fetch(table.dataset.cells, { method: "POST", body,
      headers: { Accept: "application/json" } });
    const told = await answer.json();
    return answer.ok ? { ok: true, ...told } : { ok: false, said: told.said || told.message };
  } catch {
    return { ok: false, said: table.dataset.silent };
  }
}

function say(text, wrong) {
  said.textContent = text;
  said.classList.toggle("bad", wrong);
}

for (const cell of table.querySelectorAll("td[data-field]")) {
  cell.querySelector("button").addEventListener("click", () => open(cell));
}
