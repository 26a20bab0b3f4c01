// Before a new report: is it one of these? Asked in a dialog over the form, so that going back finds the form as it was.
// Where the question cannot be asked, the form is sent, and the server asks.
const form = document.querySelector("[data-report]");
const dialog = document.querySelector("[data-same]");
const LONGEST_WAIT = 5000;
let answered = false;
let asking = false;

form.addEventListener("input", () => { answered = false; });

// On the document and before the form's own: a report that is still being asked about is not being sent.
document.addEventListener("submit", async (event) => {
  if (event.target !== form || answered) return;
  event.preventDefault();
  event.stopPropagation();
  if (asking) return;
  asking = true;
  const similar = await ask();
  asking = false;
  answered = true;
  if (!similar) { form.requestSubmit(); return; }
  dialog.innerHTML = similar;
  dialog.querySelector("[data-different]").addEventListener("click", sendAsAnother);
  dialog.querySelector("[data-back]").addEventListener("click", () => dialog.close());
  dialog.showModal();
}, true);

dialog.addEventListener("close", () => { answered = false; });

async function ask() {
  try {
    const answer = await fetch(dialog.dataset.same, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(LONGEST_WAIT) });
    return answer.status === 200 ? await answer.text() : "";
  } catch {
    return "";
  }
}

function sendAsAnother() {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "different", value: "1" }));
  dialog.close();
  answered = true;
  form.requestSubmit();
}
