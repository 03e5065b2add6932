// What lies over the page: the app's modal, questions before a click counts, notices.

import { blocks } from "./blocks.js";
import { el, withEmoji } from "./text.js";

const $ = (id) => document.getElementById(id);

/** Shows the modal, or none where `view` is null; leaves it alone where it has not changed. */
export function showModal(view, contextFor, send) {
  const dialog = $("modal");
  const signature = view ? view.id + view.hash : "";
  if (dialog.signature === signature) return;
  dialog.signature = signature;
  if (!view) return dialog.close();
  const values = new Map();
  const close = () => send("close", {});
  const submit = async (event) => {
    event.preventDefault();
    const missing = unanswered(view, values);
    if (Object.keys(missing).length) return showErrors(missing);
    const answer = await send("submit", { values: Object.fromEntries(values) });
    if (Object.keys(answer.errors ?? {}).length) showErrors(answer.errors);
    else if (answer.error) notice(`We had some trouble connecting. (${answer.error})`);
  };
  dialog.replaceChildren(el(
    "form",
    { onsubmit: submit, novalidate: true },
    el("header", {}, el("h2", {}, view.title.text), el("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: close }, "✕")),
    el("div", { class: "modal-body" }, blocks(view.blocks, contextFor(values))),
    el(
      "footer",
      {},
      el("button", { type: "button", class: "button", onclick: close }, view.close?.text ?? "Cancel"),
      view.submit && el("button", { type: "submit", class: "button primary" }, view.submit.text),
    ),
  ));
  dialog.oncancel = (event) => {
    event.preventDefault();
    close();
  };
  if (!dialog.open) dialog.showModal();
}

/** The inputs that must be filled in and are not, each with what to say of it. */
function unanswered(view, values) {
  const empty = (value) => value === undefined || value === null || value === "" || value.length === 0;
  const inputs = view.blocks.filter((block) => block.type === "input" && !block.optional);
  const missing = inputs.filter((block) => empty(values.get(`${block.block_id}/${block.element.action_id}`)));
  return Object.fromEntries(missing.map((block) => [block.block_id, "Please complete this required field."]));
}

function showErrors(errors) {
  for (const old of $("modal").querySelectorAll(".error")) old.remove();
  for (const [block, text] of Object.entries(errors).reverse()) {
    const control = $(`input-${block}`);
    control?.closest(".input").append(el("div", { class: "error", role: "alert" }, text));
    control?.focus();
  }
}

/** Asks what a confirm object asks; whether the answer was yes. */
export function confirmed(confirm) {
  const dialog = $("confirm");
  return new Promise((answer) => {
    dialog.replaceChildren(el(
      "form",
      { method: "dialog" },
      el("header", {}, el("h2", {}, withEmoji(confirm.title.text))),
      el("div", { class: "modal-body" }, withEmoji(confirm.text.text)),
      el(
        "footer",
        {},
        el("button", { class: "button", value: "no" }, confirm.deny.text),
        el("button", { class: `button ${confirm.style ?? "primary"}`, value: "yes" }, confirm.confirm.text),
      ),
    ));
    dialog.onclose = () => answer(dialog.returnValue === "yes");
    dialog.returnValue = "no";
    dialog.showModal();
  });
}

/** Says something for a moment. */
export function notice(text) {
  const shown = el("div", { class: "notice", role: "alert" }, text);
  document.body.append(shown);
  setTimeout(() => shown.remove(), 5000);
}
