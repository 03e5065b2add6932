// Text as Slack shows it: mrkdwn, Markdown, emoji. Everything becomes text nodes; nothing that
// an app or a person says is ever read as HTML.

const NAMES = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", no_entry: "⛔",
  no_entry_sign: "🚫", information_source: "ℹ️", question: "❓", grey_question: "❔", bulb: "💡",
  mag: "🔍", mag_right: "🔎", eyes: "👀", tada: "🎉", wave: "👋", pray: "🙏", raised_hands: "🙌",
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", ok_hand: "👌", point_right: "👉",
  smile: "😄", slightly_smiling_face: "🙂", confused: "😕", thinking_face: "🤔", heart: "❤️",
  star: "⭐", sparkles: "✨", robot_face: "🤖", speech_balloon: "💬", memo: "📝", pencil: "📝",
  page_facing_up: "📄", books: "📚", link: "🔗", lock: "🔒", key: "🔑", bell: "🔔", pushpin: "📌",
  round_pushpin: "📍", calendar: "📆", date: "📅", hourglass: "⌛", clock1: "🕐", house: "🏠",
  globe_with_meridians: "🌐", earth_americas: "🌎", earth_africa: "🌍", earth_asia: "🌏",
  world_map: "🗺️", ship: "🚢", airplane: "✈️", truck: "🚚", package: "📦", handshake: "🤝",
  scroll: "📜", bar_chart: "📊", arrow_right: "➡️", arrow_left: "⬅️", red_circle: "🔴",
  large_green_circle: "🟢", large_yellow_circle: "🟡", white_circle: "⚪", black_circle: "⚫",
  small_blue_diamond: "🔹", wastebasket: "🗑️", gear: "⚙️", outbox_tray: "📤", inbox_tray: "📥",
};
const OLD_FLAGS = ["cn", "de", "es", "fr", "gb", "it", "jp", "kr", "ru", "us"];

/** The character of an emoji's name; the name between colons where it is not known. */
export function emoji(name) {
  const code = name === "uk" ? "gb" : name.startsWith("flag-") ? name.slice(5) : name;
  if (/^[a-z]{2}$/.test(code) && (name.startsWith("flag-") || name === "uk" || OLD_FLAGS.includes(name)))
    return String.fromCodePoint(...[...code].map((c) => 0x1f1e6 + c.charCodeAt(0) - 97));
  return NAMES[name] ?? `:${name}:`;
}

/** An element with attributes and children; strings become text. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child || child === 0));
  return made;
}

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+-]+)(?:::skin-tone-\d)?:/g, (whole, name) => emoji(name));

/** A link that a click may follow; anything but a web address stays text. */
export function link(url, label) {
  if (!/^(https?:|mailto:)/.test(url)) return document.createTextNode(label || url);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

export function mention(id, people) {
  const person = people.find((p) => p.id === id);
  return el("span", { class: "mention" }, `@${person ? person.handle : id}`);
}

const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^>\\n]+)>",
    "(?<![\\w*])\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*(?![\\w*])",
    "(?<![\\w_])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?![\\w_])",
    "(?<![\\w~])~(?<strike>\\S(?:[^~\\n]*\\S)?)~(?![\\w~])",
    "(?<emoji>:[a-z0-9_+-]+:)",
  ].join("|"),
);

function inline(text, people) {
  const parts = [];
  let rest = text;
  for (let match; (match = INLINE.exec(rest)); rest = rest.slice(match.index + match[0].length)) {
    parts.push(unescaped(rest.slice(0, match.index)));
    const { code, angle, bold, italic, strike } = match.groups;
    if (code) parts.push(el("code", {}, unescaped(code)));
    else if (angle) parts.push(special(angle, people));
    else if (bold) parts.push(el("strong", {}, inline(bold, people)));
    else if (italic) parts.push(el("em", {}, inline(italic, people)));
    else if (strike) parts.push(el("s", {}, inline(strike, people)));
    else parts.push(withEmoji(match[0]));
  }
  parts.push(unescaped(rest));
  return parts;
}

function special(inside, people) {
  const [head, label] = inside.split("|");
  if (head.startsWith("@")) return mention(head.slice(1), people);
  if (head.startsWith("#")) return el("span", { class: "mention" }, `#${label || head.slice(1)}`);
  if (head.startsWith("!date^")) return document.createTextNode(label || head);
  if (head.startsWith("!")) return el("span", { class: "mention" }, `@${label || head.slice(1)}`);
  return link(unescaped(head), label && withEmoji(unescaped(label)));
}

/** Slack's own markup. */
export function mrkdwn(text, people) {
  const shown = document.createDocumentFragment();
  text.split(/```\n?([\s\S]*?)```/).forEach((part, index) => {
    if (index % 2) shown.append(el("pre", {}, unescaped(part.replace(/\n$/, ""))));
    else if (part) shown.append(...quoted(part, people));
  });
  return shown;
}

function quoted(text, people) {
  const shown = [];
  for (const run of text.split(/((?:^(?:&gt;|>).*(?:\n|$))+)/m)) {
    if (/^(&gt;|>)/.test(run)) {
      const inside = run.replace(/^(?:&gt;|>) ?/gm, "").replace(/\n$/, "");
      shown.push(el("blockquote", {}, inline(inside, people)));
    } else if (run) shown.push(...inline(run, people));
  }
  return shown;
}

/** A text object. */
export function textOf(object, people) {
  if (!object) return "";
  return object.type === "mrkdwn" ? mrkdwn(object.text, people) : withEmoji(object.text);
}

const MARKDOWN = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "\\[(?<label>[^\\]]+)\\]\\((?<url>[^)\\s]+)\\)",
    "\\*\\*(?<bold>[^*\\n]+)\\*\\*",
    "(?<![\\w*])[*_](?<italic>[^*_\\n]+)[*_](?![\\w*])",
    "~~(?<strike>[^~\\n]+)~~",
  ].join("|"),
);

function markdownInline(text) {
  const parts = [];
  let rest = text;
  for (let match; (match = MARKDOWN.exec(rest)); rest = rest.slice(match.index + match[0].length)) {
    parts.push(withEmoji(rest.slice(0, match.index)));
    const { code, label, url, bold, italic, strike } = match.groups;
    if (code) parts.push(el("code", {}, code));
    else if (url) parts.push(link(url, label));
    else if (bold) parts.push(el("strong", {}, markdownInline(bold)));
    else if (italic) parts.push(el("em", {}, markdownInline(italic)));
    else parts.push(el("s", {}, markdownInline(strike)));
  }
  parts.push(withEmoji(rest));
  return parts;
}

/** The Markdown of a markdown block: headings, lists, quotes, code, paragraphs. */
export function markdown(text) {
  const shown = document.createDocumentFragment();
  for (const part of text.split(/\n{2,}/)) {
    const lines = part.split("\n");
    const bullets = lines.every((line) => /^\s*[-*] /.test(line));
    const numbers = lines.every((line) => /^\s*\d+[.)] /.test(line));
    if (/^```/.test(part)) shown.append(el("pre", {}, part.replace(/^```\w*\n?|```$/g, "")));
    else if (/^#{1,6} /.test(part)) {
      shown.append(el("h4", {}, markdownInline(lines[0].replace(/^#+ /, ""))));
      if (lines.length > 1) shown.append(markdown(lines.slice(1).join("\n")));
    } else if (bullets || numbers)
      shown.append(
        el(numbers ? "ol" : "ul", {}, lines.map((line) => el("li", {}, markdownInline(line.replace(/^\s*(?:[-*]|\d+[.)]) /, ""))))),
      );
    else if (lines.every((line) => line.startsWith(">")))
      shown.append(el("blockquote", {}, markdownInline(lines.map((line) => line.replace(/^> ?/, "")).join("\n"))));
    else if (part.trim()) shown.append(el("p", {}, markdownInline(part)));
  }
  return shown;
}
