// Filters of the stack plan: what does not fit is dimmed, and how many teams fit is said.

const canvas = document.querySelector("[data-canvas]") || document.querySelector(".canvas");
const page = document.querySelector("[data-stack]");
const words = page.dataset.words ? JSON.parse(page.dataset.words) : null;

function filter() {
  const on = [...document.querySelectorAll('[data-filters] [aria-pressed="true"]')];
  const departments = on.map((chip) => chip.dataset.department).filter(Boolean);
  const moved = on.some((chip) => "moved" in chip.dataset);
  const fixed = on.some((chip) => "fixed" in chip.dataset);
  const classes = on.map((chip) => chip.dataset.class).filter(Boolean);
  const teams = new Set();
  const fitting = new Set();
  for (const block of canvas.querySelectorAll(".block[data-team]")) {
    const data = block.dataset;
    const fits = (!departments.length || departments.includes(data.department))
      && (!classes.length || classes.includes(data.class))
      && (!moved || data.moved === "true") && (!fixed || data.fixed === "true");
    teams.add(data.team);
    if (fits) fitting.add(data.team);
    block.classList.toggle("dim", !fits);
  }
  const said = document.querySelector("[data-found]");
  if (said && words) {
    said.textContent = on.length
      ? words.found.replace("{count}", fitting.size).replace("{all}", teams.size) : "";
  }
}

for (const chip of document.querySelectorAll("[data-filters] .chip")) {
  chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    filter();
  });
}

const box = document.querySelector("[data-filters-box]");
if (box && innerWidth > 640) box.open = true;
