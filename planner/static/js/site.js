// Small helps for every page. Each page works without them.

/** Put the focus where the reader must look: the alert above a refused form. */
function focusAlert() {
  const alert = document.querySelector("[data-focus]");
  if (alert) alert.focus();
}

/** A form is sent once: the second press of an impatient finger does nothing. */
function sendOnce(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) button.setAttribute("aria-disabled", "true");
}

/** Coming back by the back button, a form can be sent again. */
function allowAgain() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
}

/** Menus close on Escape, and when something else is clicked. */
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.type === "keydown") {
      if (event.key !== "Escape") return;
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
}

/** What was typed and not saved is not left by accident. */
function guardTyping() {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    let touched = false;
    form.addEventListener("input", () => { touched = true; });
    form.addEventListener("submit", () => { touched = false; });
    addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
  }
}

/** A choice that filters a list acts at once; without scripts there is a button. */
function actOnChange() {
  for (const control of document.querySelectorAll("[data-send-on-change]")) {
    control.addEventListener("change", () => control.form.requestSubmit());
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

/** A question is asked in a dialog; without scripts the button leads to a page that asks. */
function openDialogs() {
  for (const opener of document.querySelectorAll("[data-dialog]")) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog) continue;
    opener.addEventListener("click", (event) => { event.preventDefault(); dialog.showModal(); });
    dialog.addEventListener("close", () => opener.focus());
    for (const close of dialog.querySelectorAll("[data-close]")) {
      close.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
    }
  }
}

/** A link is copied with one press where the browser allows it. */
function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = button.dataset.done;
    });
  }
}

focusAlert();
offerCopies();
guardTyping();
actOnChange();
openDialogs();
document.addEventListener("submit", sendOnce);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
addEventListener("pageshow", allowAgain);
