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
  if (!navigator.onLine) {
    event.preventDefault();
    tell(document.body.dataset.offline, true);
    return;
  }
  keepTyped(form);
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) button.setAttribute("aria-disabled", "true");
}

/** Say something at the foot of the window; what is wrong stays until it is over. */
function tell(text, wrong = false) {
  let toast = document.querySelector(".toast");
  if (!toast) {
    toast = document.createElement("div");
    toast.className = "toast";
    document.body.append(toast);
  }
  toast.setAttribute("role", wrong ? "alert" : "status");
  toast.textContent = text;
  clearTimeout(tell.timer);
  if (!wrong) tell.timer = setTimeout(hush, 6000);
}

function hush() {
  const toast = document.querySelector(".toast");
  if (toast) toast.remove();
}

/** What a form sends is kept in this tab, in case the session has ended meanwhile. */
function keepTyped(form) {
  if (!form.dataset.guard && form.dataset.guard !== "") return;
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string"
    && !["csrf_token", "version", "password", "again"].includes(name));
  sessionStorage.setItem("typed", JSON.stringify({ at: location.pathname, typed }));
}

/** After signing in again, the form is filled with what was typed. */
function bringBack() {
  const kept = sessionStorage.getItem("typed");
  if (document.querySelector("[data-expired]")) {
    sessionStorage.setItem("expired", "yes");
    return;
  }
  if (document.querySelector('input[autocomplete="current-password"]')) return;
  const again = sessionStorage.getItem("expired");
  sessionStorage.removeItem("expired");
  sessionStorage.removeItem("typed");
  const form = document.querySelector("form[data-guard]");
  if (!kept || !again || !form) return;
  const { at, typed } = JSON.parse(kept);
  if (at !== location.pathname) return;
  for (const box of form.querySelectorAll('input[type="checkbox"]')) box.checked = false;
  for (const [name, value] of typed) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox") field.checked = field.checked || field.value === value;
      else if (field.type !== "hidden") field.value = value;
    }
  }
  tell(document.body.dataset.restored);
}

/** Say what goes on until something else is said. */
function saying(text) {
  tell(text);
  clearTimeout(tell.timer);
}

/** Ask for JSON about work, or for the file that came of it. */
async function asked(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json, */*;q=0.5" } });
  if (answer.redirected) throw new Error("signed out");
  if (answer.ok) return answer;
  const problem = new Error(answer.statusText);
  try {
    const told = await answer.json();
    problem.said = [told.message, ...(told.details || [])].join(": ");
  } catch { /* not JSON: the words of the page do */ }
  throw problem;
}

/** Return a document; while a worker makes it, say how far it is. It is made even if one leaves. */
async function made(address) {
  let answer = await asked(address);
  let said = "";
  while (answer.status === 202) {
    const told = await answer.json();
    const step = told.said.replace(/\d+/, "");
    if (step !== said) saying(told.said);
    said = step;
    await new Promise((wake) => setTimeout(wake, 700));
    answer = await asked(told.live);
    if (answer.status !== 200) continue;
    const ended = await answer.json();
    if (ended.state !== "done") throw Object.assign(new Error(ended.state), { said: ended.said });
    answer = await asked(ended.file);
  }
  return answer;
}

/** A document takes seconds to make: say so, and say when it is there or why not. */
function fetchDocuments() {
  for (const link of document.querySelectorAll("a[data-document]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      if (link.getAttribute("aria-busy")) return;
      link.setAttribute("aria-busy", "true");
      saying(document.body.dataset.making);
      try {
        const answer = await made(link.href);
        const named = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
        const url = URL.createObjectURL(await answer.blob());
        const save = document.createElement("a");
        save.href = url;
        save.download = named ? named[1] : "";
        save.click();
        setTimeout(() => URL.revokeObjectURL(url), 60000);
        tell(document.body.dataset.made);
      } catch (problem) {
        tell(problem.said || document.body.dataset.unmade, true);
      }
      link.removeAttribute("aria-busy");
    });
  }
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
bringBack();
fetchDocuments();
offerCopies();
guardTyping();
actOnChange();
openDialogs();
document.addEventListener("submit", sendOnce);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
addEventListener("pageshow", allowAgain);
addEventListener("online", hush);
document.addEventListener("htmx:sendError", () => tell(document.body.dataset.lost, true));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) tell(document.body.dataset.lost, true);
});
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.successful && document.querySelector('.toast[role="alert"]')) hush();
});
