// Block Kit as elements of the page. `context` says whose block it is and what a click does:
//   people, act(element, option), suggest(element, typed), values (of a modal), errors

import { el, emoji, link, markdown, mention, mrkdwn, textOf, withEmoji } from "./text.js";
import { element } from "./elements.js";

/** All blocks of a message or a view. */
export function blocks(list, context) {
  return list.map((block) => {
    const show = SHOWN[block.type];
    const shown = show ? show(block, context) : el("div", { class: "unknown" }, `(${block.type}: not shown here)`);
    shown.classList.add("block");
    return shown;
  });
}

const SHOWN = {
  section(block, context) {
    const text = el("div", { class: "section-text" });
    if (block.text) text.append(el("div", {}, textOf(block.text, context.people)));
    if (block.fields)
      text.append(el("div", { class: "fields" }, block.fields.map((f) => el("div", {}, textOf(f, context.people)))));
    const accessory = block.accessory && element(block, block.accessory, context);
    return el("div", { class: "section" }, text, accessory && el("div", { class: "accessory" }, accessory));
  },
  header: (block) => el("h3", { class: "header" }, withEmoji(block.text.text)),
  divider: () => el("hr"),
  context: (block, context) =>
    el("div", { class: "context" }, block.elements.map((e) => (e.type === "image" ? picture(e) : el("span", {}, textOf(e, context.people))))),
  actions: (block, context) => el("div", { class: "actions" }, block.elements.map((e) => element(block, e, context))),
  context_actions: (block, context) =>
    el("div", { class: "actions small" }, block.elements.map((e) => element(block, e, context))),
  image: (block) => el("figure", {}, block.title && el("figcaption", {}, withEmoji(block.title.text)), picture(block)),
  markdown: (block) => el("div", { class: "markdown" }, markdown(block.text)),
  rich_text: (block, context) => el("div", { class: "rich" }, richText(block.elements, context)),
  table: (block, context) => table(block.rows, block.column_settings ?? [], context),
  data_table(block, context) {
    const shown = table(block.rows, [], context);
    shown.querySelector("table").prepend(el("caption", {}, block.caption));
    return shown;
  },
  input(block, context) {
    const error = context.errors?.[block.block_id];
    const id = `input-${block.block_id}`;
    const control = element(block, block.element, { ...context, input: true, id });
    return el(
      "div",
      { class: error ? "input wrong" : "input" },
      el("label", { for: id }, withEmoji(block.label.text), block.optional && el("span", { class: "optional" }, " (optional)")),
      control,
      block.hint && el("div", { class: "hint" }, withEmoji(block.hint.text)),
      error && el("div", { class: "error", role: "alert" }, error),
    );
  },
  alert: (block, context) => el("div", { class: `alert ${block.level ?? "default"}`, role: "note" }, textOf(block.text, context.people)),
  card: (block, context) =>
    el(
      "div",
      { class: "card" },
      block.title && el("strong", {}, textOf(block.title, context.people)),
      block.subtitle && el("div", { class: "hint" }, textOf(block.subtitle, context.people)),
      block.body && el("div", {}, textOf(block.body, context.people)),
      block.actions && el("div", { class: "actions" }, block.actions.map((e) => element(block, e, context))),
    ),
  carousel: (block, context) => el("div", { class: "carousel" }, blocks(block.elements, context)),
  container: (block, context) =>
    el(
      "div",
      { class: "card" },
      block.title && el("strong", {}, withEmoji(block.title.text)),
      block.subtitle && el("div", { class: "hint" }, withEmoji(block.subtitle.text)),
      blocks(block.child_blocks, context),
    ),
};

/** Pictures come from elsewhere, and this page loads nothing from elsewhere. */
function picture(image) {
  return el("span", { class: "picture", role: "img", title: image.image_url }, image.alt_text);
}

function table(rows, settings, context) {
  const cell = (tag, content, column) => {
    const setting = settings[column] ?? {};
    const shown = el(tag, { class: [setting.align, setting.is_wrapped ? "" : "unwrapped"].join(" ").trim() });
    if (tag === "th") shown.scope = "col";
    if (content.type === "rich_text") shown.append(...richText(content.elements, context));
    else shown.append(withEmoji(String(content.text ?? content.value ?? "")));
    return shown;
  };
  const [head, ...body] = rows;
  return el(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "Table" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, head.map((c, n) => cell("th", c, n)))),
      el("tbody", {}, body.map((row) => el("tr", {}, row.map((c, n) => cell("td", c, n))))),
    ),
  );
}

function richText(elements, context) {
  return elements.map((part) => {
    if (part.type === "rich_text_list") {
      const list = el(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((item) => el("li", {}, pieces(item.elements, context))));
      list.dataset.indent = part.indent ?? 0;
      if (part.offset) list.start = part.offset + 1;
      return list;
    }
    const tag = { rich_text_quote: "blockquote", rich_text_preformatted: "pre" }[part.type] ?? "div";
    return el(tag, {}, pieces(part.elements, context));
  });
}

function pieces(elements, context) {
  return elements.map((piece) => styled(piece.style ?? {}, bare(piece, context)));
}

function bare(piece, context) {
  switch (piece.type) {
    case "text": return document.createTextNode(piece.text);
    case "link": return link(piece.url, piece.text);
    case "emoji": return document.createTextNode(emoji(piece.name));
    case "user": return mention(piece.user_id, context.people);
    case "channel": return el("span", { class: "mention" }, `#${piece.channel_id}`);
    case "broadcast": return el("span", { class: "mention" }, `@${piece.range}`);
    case "date": return document.createTextNode(piece.fallback ?? new Date(piece.timestamp * 1000).toLocaleDateString());
    default: return document.createTextNode(piece.value ?? "");
  }
}

function styled(style, node) {
  const tags = { code: "code", bold: "strong", italic: "em", strike: "s", underline: "u", highlight: "mark" };
  return Object.entries(tags).reduce((inside, [name, tag]) => (style[name] ? el(tag, {}, inside) : inside), node);
}

export { mrkdwn };
