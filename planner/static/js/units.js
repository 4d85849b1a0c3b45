// Rooms are chosen by a click in the drawing as well as by their boxes in the list.

const form = document.querySelector("[data-units]");

function boxOf(number) {
  return [...form.querySelectorAll("input[name=room]")].find((one) => one.value === number);
}

/** Mark chosen rooms in the drawing and say how many they are. */
function show() {
  const chosen = [];
  for (const room of form.querySelectorAll("[data-space]")) {
    const box = boxOf(room.dataset.space);
    room.classList.toggle("picked", Boolean(box && box.checked));
    if (box && box.checked) chosen.push(box.value);
  }
  const said = form.querySelector("[data-picked]");
  said.textContent = chosen.length ? `${said.dataset.some} ${chosen.join(", ")}` : said.dataset.none;
}

if (form) {
  for (const room of form.querySelectorAll("[data-space]")) {
    room.addEventListener("click", () => {
      const box = boxOf(room.dataset.space);
      if (!box) return;
      box.checked = !box.checked;
      show();
    });
  }
  form.addEventListener("change", show);
  show();
}
