// The list of what was written on this phone: where each stands, why it was refused, and what was answered.
export function showOutbox(element, items, { edit, discard }) {
  const words = element.dataset;
  const label = { draft: words.sayDraft, waiting: words.sayWaiting, sending: words.saySending, sent: words.saySent, refused: words.sayRefused };
  element.querySelector("[data-none]").hidden = items.length > 0;
  element.querySelector("ol").replaceChildren(...[...items].reverse().map((item) => {
    const line = document.querySelector("#outbox-line").content.cloneNode(true);
    const part = (name) => line.querySelector(`[data-${name}]`);
    line.querySelector("li").dataset.state = item.state;
    line.querySelector("li").dataset.id = item.id;
    part("stands").textContent = label[item.state];
    part("what").textContent = item.head.kind === "quiet" ? words.sayQuiet : item.head.category ?? words.sayUnnamed;
    part("when").textContent = [item.head.when || clock(item.at), item.head.photo && words.sayPhoto].filter(Boolean).join(" · ");
    const rules = Object.values(item.head.why?.errors ?? {}).flat();
    part("why").textContent = rules.join(" ");
    part("why").hidden = !rules.length;
    const editable = ["draft", "waiting", "refused"].includes(item.state) && item.head.kind !== "quiet";
    button(part("edit"), editable, () => edit(item.id));
    button(part("discard"), item.state !== "sending", () => discard(item));
    return line;
  }));
}

// Reports that arrived, with the answers to them, as the server told them last.
export function showTold(element, told) {
  element.hidden = !told.length;
  element.querySelector("ol").replaceChildren(...told.map((each) => {
    const line = document.querySelector("#told-line").content.cloneNode(true);
    line.querySelector("[data-what]").textContent = each.category;
    line.querySelector("[data-where]").textContent = [each.when, each.where, each.photo && element.dataset.sayPhoto, each.standing].filter(Boolean).join(" · ");
    line.querySelector("[data-answers]").replaceChildren(...each.answers.map(({ answer, note }) => {
      const quote = document.createElement("blockquote");
      quote.className = "answer";
      quote.append(Object.assign(document.createElement("strong"), { textContent: answer }), note ? ` ${note}` : "");
      return quote;
    }));
    return line;
  }));
}

function button(element, offered, act) {
  element.hidden = !offered;
  element.addEventListener("click", act);
}

const clock = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(at);
