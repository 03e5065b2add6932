// What can be clicked, picked or filled in. Within an input block of a modal a choice is kept in
// `context.values`; anywhere else it is told to the app at once.

import { el, withEmoji } from "./text.js";

/** One element of a block. */
export function element(block, item, context) {
  const name = `${block.block_id}/${item.action_id}`;
  const bound = {
    ...context,
    name,
    async act(option) {
      if (context.input && !block.dispatch_action) return;
      if (item.confirm && !(await context.confirm(item.confirm))) return;
      await context.act(name, option);
    },
    set(value) {
      context.values?.set(name, value);
    },
    suggest: (typed) => context.suggest(name, typed),
  };
  const show = SHOWN[item.type];
  return show ? show(item, bound) : el("span", { class: "unknown" }, `(${item.type}: not shown here)`);
}

const placeholder = (item) => (item.placeholder ? withEmoji(item.placeholder.text) : "");
const optionText = (option) => withEmoji(option.text.text);
const grouped = (item) => item.option_groups ?? [{ options: item.options ?? [] }];

const SHOWN = {
  button(item, context) {
    const label = withEmoji(item.text.text);
    const attributes = {
      class: `button ${item.style ?? ""}`,
      "aria-label": item.accessibility_label,
      onclick: () => context.act(item.value ?? ""),
    };
    if (item.url && /^https?:/.test(item.url))
      return el("a", { ...attributes, href: item.url, target: "_blank", rel: "noopener noreferrer" }, label);
    return el("button", { ...attributes, type: "button" }, label);
  },
  workflow_button: (item) => el("button", { class: "button", type: "button", disabled: true }, withEmoji(item.text.text)),
  icon_button: (item, context) =>
    el("button", { class: "button icon", type: "button", title: item.text.text, "aria-label": item.text.text, onclick: () => context.act(item.value ?? "") }, "🗑️"),
  feedback_buttons(item, context) {
    const shown = el("span", { class: "feedback" });
    const one = (part, sign) =>
      el("button", {
        class: "button icon", type: "button", title: part.text.text,
        "aria-label": part.accessibility_label ?? part.text.text, "aria-pressed": "false",
        onclick(event) {
          for (const other of shown.children) other.setAttribute("aria-pressed", String(other === event.currentTarget));
          context.act(part.value);
        },
      }, sign);
    shown.append(one(item.positive_button, "👍"), one(item.negative_button, "👎"));
    return shown;
  },
  image: (item) => el("span", { class: "picture", role: "img", title: item.image_url }, item.alt_text),
  overflow(item, context) {
    const menu = el("details", { class: "overflow" });
    menu.append(
      el("summary", { "aria-label": "More", class: "button" }, "•••"),
      el("div", { class: "popup", role: "menu" }, item.options.map((option) =>
        el("button", { type: "button", role: "menuitem", onclick() { menu.open = false; context.act(option.value); } }, optionText(option)))),
    );
    return menu;
  },
  static_select(item, context) {
    const chosen = item.initial_option?.value;
    const select = el("select", { id: context.id, "aria-label": placeholder(item) || "Choose", onchange() { context.set(select.value || null); context.act(select.value); } });
    select.append(el("option", { value: "", disabled: Boolean(chosen) }, placeholder(item) || "Choose"));
    for (const group of grouped(item)) {
      const options = group.options.map((o) => el("option", { value: o.value, selected: o.value === chosen }, optionText(o)));
      select.append(...(group.label ? [el("optgroup", { label: group.label.text }, options)] : options));
    }
    if (chosen) context.set(chosen);
    return select;
  },
  multi_static_select(item, context) {
    const chosen = (item.initial_options ?? []).map((o) => o.value);
    const select = el("select", { id: context.id, multiple: true, "aria-label": placeholder(item) || "Choose", onchange() {
      const values = [...select.selectedOptions].map((o) => o.value);
      context.set(values);
      context.act(values);
    } });
    for (const group of grouped(item))
      select.append(...group.options.map((o) => el("option", { value: o.value, selected: chosen.includes(o.value) }, optionText(o))));
    context.set(chosen);
    return select;
  },
  external_select: (item, context) => combobox(item, context, false),
  multi_external_select: (item, context) => combobox(item, context, true),
  users_select: (item, context) => picker(context.people.map((p) => [p.id, p.name]), item, context),
  checkboxes: (item, context) => boxes("checkbox", item, context),
  radio_buttons: (item, context) => boxes("radio", item, context),
  datepicker: (item, context) => field("date", item.initial_date, item, context),
  timepicker: (item, context) => field("time", item.initial_time, item, context),
  email_text_input: (item, context) => field("email", item.initial_value, item, context),
  url_text_input: (item, context) => field("url", item.initial_value, item, context),
  number_input: (item, context) => field("number", item.initial_value, item, context),
  plain_text_input(item, context) {
    if (!item.multiline) return field("text", item.initial_value, item, context);
    const area = el("textarea", { id: context.id, rows: "4", placeholder: placeholder(item), maxlength: item.max_length && String(item.max_length), oninput: () => context.set(area.value || null) });
    area.value = item.initial_value ?? "";
    context.set(item.initial_value ?? null);
    return area;
  },
};

function field(type, initial, item, context) {
  const input = el("input", {
    id: context.id, type, value: initial ?? "", placeholder: placeholder(item), "aria-label": context.id ? undefined : placeholder(item),
    maxlength: item.max_length && String(item.max_length), autofocus: item.focus_on_load,
    oninput: () => context.set(input.value || null),
    onchange: () => ["date", "time"].includes(type) && context.act(input.value),
    onkeydown(event) {
      if (event.key === "Enter" && !event.isComposing) context.act(input.value);
    },
  });
  context.set(initial ?? null);
  return input;
}

function picker(pairs, item, context) {
  const select = el("select", { id: context.id, "aria-label": placeholder(item) || "Choose", onchange() { context.set(select.value || null); context.act(select.value); } },
    el("option", { value: "" }, placeholder(item) || "Choose"), pairs.map(([id, name]) => el("option", { value: id }, name)));
  return select;
}

function boxes(type, item, context) {
  const initial = [item.initial_option, ...(item.initial_options ?? [])].filter(Boolean).map((o) => o.value);
  const shown = el("div", { class: "boxes", role: type === "radio" ? "radiogroup" : "group", id: context.id });
  const told = () => {
    const values = [...shown.querySelectorAll("input:checked")].map((box) => box.value);
    return type === "radio" ? values[0] ?? null : values;
  };
  for (const option of item.options)
    shown.append(el("label", {}, el("input", { type, name: context.name, value: option.value, checked: initial.includes(option.value), onchange() { context.set(told()); context.act(told()); } }),
      el("span", {}, optionText(option), option.description && el("small", {}, withEmoji(option.description.text)))));
  context.set(type === "radio" ? initial[0] ?? null : initial);
  return shown;
}

/** A menu whose options the app serves while something is typed. */
function combobox(item, context, many) {
  const least = item.min_query_length ?? 3;
  const listId = `list-${context.name}`;
  const chosen = item.initial_options ?? (item.initial_option ? [item.initial_option] : []);
  let options = [];
  let at = -1;
  let waiting;
  const chips = el("span", { class: "chips" });
  const list = el("div", { class: "popup", role: "listbox", id: listId, hidden: true });
  const input = el("input", {
    id: context.id, type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": listId, "aria-label": context.id ? undefined : placeholder(item) || "Choose",
    placeholder: placeholder(item) || "Type to search",
    oninput: () => ask(150),
    onfocus: () => least === 0 && ask(0),
    onblur: () => setTimeout(close, 150),
    onkeydown(event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "Enter" && at >= 0) pick(options[at]);
      else if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "Backspace" && !input.value && chosen.length) { chosen.pop(); told(); }
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  });
  function ask(delay) {
    clearTimeout(waiting);
    if (input.value.length < least) return close();
    waiting = setTimeout(async () => {
      const typed = input.value;
      const found = await context.suggest(typed);
      if (typed !== input.value) return;
      options = found.options ?? [];
      at = options.length ? 0 : -1;
      const rows = options.map((option) => el("div", { role: "option", onmousedown(event) { event.preventDefault(); pick(option); } },
        optionText(option), option.description && el("small", {}, withEmoji(option.description.text))));
      list.replaceChildren(...(rows.length ? rows : [el("div", { class: "hint" }, found.error ? `Slack refuses these options: ${found.error}` : "No results")]));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      move(0);
    }, delay);
  }
  function move(step) {
    if (!options.length) return;
    at = (at + step + options.length) % options.length;
    [...list.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
  }
  function pick(option) {
    if (!many) chosen.length = 0;
    if (!chosen.some((o) => o.value === option.value)) chosen.push(option);
    close();
    told();
    context.act(many ? [...chosen] : option);
  }
  function told() {
    context.set(many ? [...chosen] : chosen[0] ?? null);
    if (many) {
      input.value = "";
      chips.replaceChildren(...chosen.map((o) => el("span", { class: "chip" }, optionText(o))));
    } else input.value = chosen.length ? optionText(chosen[0]) : "";
  }
  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
  }
  told();
  return el("span", { class: "combobox" }, chips, input, list);
}
