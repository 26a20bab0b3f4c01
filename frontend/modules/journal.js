// Copy to the journal: the text comes from the page's own address, so the copying is logged by who answers.
export async function copy(row) {
  const { journal, copied, marked, failed, label } = row.dataset;
  const status = row.querySelector("[role=status]");
  status.textContent = "";
  let text;
  try {
    const answer = await fetch(journal, { headers: { Accept: "text/plain" } });
    if (!answer.ok || !answer.headers.get("Content-Type").startsWith("text/plain")) throw new Error(answer.status);
    text = await answer.text();
  } catch { // no connection, or no session any more
    status.textContent = failed;
    return;
  }
  try {
    await navigator.clipboard.writeText(text); // absent without https
    row.querySelector("textarea")?.remove();
    status.textContent = copied;
  } catch {
    show(row, text, label);
    status.textContent = marked;
  }
}

function show(row, text, label) {
  const field = row.querySelector("textarea") ?? document.createElement("textarea");
  field.className = "form-input";
  field.readOnly = true;
  field.rows = 8;
  field.setAttribute("aria-label", label);
  field.value = text;
  row.append(field);
  field.focus();
  field.select();
  field.scrollTop = 0;
}
