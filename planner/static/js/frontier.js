// The slider through the plans of a study: each stop is a real plan, its row says what it is.

function slider(sheet) {
  const rows = [...sheet.querySelectorAll("tr[data-point]")];
  const range = sheet.querySelector("[data-slide] input");
  const said = sheet.querySelector("[data-said]");
  if (!range || rows.length < 2 || sheet.dataset.ready) {
    return;
  }
  sheet.dataset.ready = "yes";
  range.parentElement.hidden = false;
  said.hidden = false;
  const show = () => {
    const at = Number(range.value);
    rows.forEach((row, number) => row.classList.toggle("at", number === at));
    for (const dot of sheet.querySelectorAll("[data-dot]")) {
      dot.classList.toggle("at", dot.dataset.dot === rows[at].dataset.point);
    }
    said.textContent = rows[at].dataset.words;
    range.setAttribute("aria-valuetext", rows[at].dataset.words);
  };
  range.addEventListener("input", show);
  for (const row of rows) {
    row.addEventListener("click", () => {
      range.value = rows.indexOf(row);
      show();
    });
  }
  show();
}

function start(root) {
  root.querySelectorAll("[data-frontier]").forEach(slider);
}

start(document);
document.addEventListener("htmx:oobAfterSwap", () => start(document));
