// The box in which a message is typed: commands after "/", people after "@", history with the
// arrow up.

import { el } from "./text.js";

const drafts = new Map(); // what was typed and not sent, by place
const sent = [];

/** Puts a message box into `box`, unless it is there already. */
export function composer(box, { id, key, label, commands, names, say }) {
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  let choices = [];
  let at = 0;
  let back = 0;
  const popup = el("div", { class: "popup up", role: "listbox", id: `${id}-choices`, hidden: true });
  const area = el("textarea", {
    id, rows: "1", placeholder: label, "aria-label": label, role: "combobox", "aria-expanded": "false", "aria-controls": `${id}-choices`, autocomplete: "off", enterkeyhint: "send",
    oninput: changed,
    onkeydown: pressed,
    onblur: () => setTimeout(close, 150),
  });
  const button = el("button", { class: "send", type: "button", "aria-label": "Send", disabled: true, onclick: submit }, "➤");
  area.value = drafts.get(key) ?? "";
  box.replaceChildren(
    el("div", { class: "composer" }, popup, area, button),
    el("div", { class: "hint keys", "aria-hidden": "true" }, "Enter sends, Shift + Enter starts a line, / for commands, @ to mention"),
  );
  grow();

  function grow() {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 200)}px`;
    button.disabled = !area.value.trim();
  }

  function changed() {
    drafts.set(key, area.value);
    grow();
    offer();
  }

  function offer() {
    const before = area.value.slice(0, area.selectionStart);
    const command = /^\/[\w-]*$/.exec(before);
    const mention = /(?:^|\s)@([\w.-]*)$/.exec(before);
    if (command)
      choices = commands.filter(([name]) => name.startsWith(before) && name !== before).map(([name, hint]) => ({ text: name, hint, from: 0 }));
    else if (mention)
      choices = names.filter((p) => p.handle.startsWith(mention[1].toLowerCase())).map((p) => ({ text: `@${p.handle}`, hint: p.is_bot ? "app" : "", from: before.length - mention[1].length - 1 }));
    else choices = [];
    at = 0;
    popup.replaceChildren(...choices.map((choice, n) =>
      el("div", { role: "option", "aria-selected": String(n === at), onmousedown(event) { event.preventDefault(); take(choice); } }, el("strong", {}, choice.text), choice.hint && el("small", {}, choice.hint))));
    popup.hidden = !choices.length;
    area.setAttribute("aria-expanded", String(choices.length > 0));
  }

  function take(choice) {
    area.setRangeText(`${choice.text} `, choice.from, area.selectionStart, "end");
    close();
    changed();
  }

  function close() {
    choices = [];
    popup.hidden = true;
    area.setAttribute("aria-expanded", "false");
  }

  function pressed(event) {
    if (event.isComposing) return;
    if (choices.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + choices.length) % choices.length;
      [...popup.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    } else if (choices.length && ["Tab", "Enter"].includes(event.key)) take(choices[at]);
    else if (choices.length && event.key === "Escape") { close(); event.stopPropagation(); }
    else if (event.key === "Enter" && !event.shiftKey) submit();
    else if (event.key === "ArrowUp" && sent.length && (!area.value || back)) recall(1);
    else if (event.key === "ArrowDown" && back) recall(-1);
    else return;
    event.preventDefault();
  }

  function recall(step) {
    back = Math.max(0, Math.min(sent.length, back + step));
    area.value = back ? sent[sent.length - back] : "";
    grow();
  }

  function submit() {
    const text = area.value.trim();
    if (!text) return;
    sent.push(text);
    back = 0;
    area.value = "";
    drafts.delete(key);
    close();
    grow();
    say(text);
  }
}
