// The playground's page: shows the workspace as one person sees it, and does what they do.

import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { confirmed, notice, showModal } from "./dialogs.js";
import { el, emoji, mrkdwn, withEmoji } from "./text.js";

const $ = (id) => document.getElementById(id);
const here = { as: sessionStorage.as ?? "", channel: "", thread: "", tab: "messages", traffic: false, seen: new Set(), greeted: new Set() };
let state = null;
let stream = null;

// What is done

async function send(what, given) {
  const answer = await fetch(`/page/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: state.me, ...given }),
  });
  const told = await answer.json().catch(() => ({ error: answer.statusText }));
  if (!answer.ok) notice(told.error);
  return told;
}

const contextFor = (on, more = {}) => ({
  people: state.people,
  act: (element, option) => send("act", { ...on, element, option }),
  suggest: (element, typed) => send("suggest", { ...on, element, typed }),
  confirm: confirmed,
  ...more,
});

function say(text, thread = "") {
  return send("say", { channel: here.channel, text, thread });
}

function go(channel, tab = "messages") {
  Object.assign(here, { channel, tab, thread: "" });
  const place = state.channels.find((c) => c.id === channel);
  const direct = place?.kind === "im" && place.with === state.bot.id;
  if (direct && (tab === "home" || !here.greeted.has(state.me))) {
    if (tab === "messages") here.greeted.add(state.me);
    send("open", { tab });
  }
  draw();
  $("composer")?.focus();
}

// What is shown

/** Puts `items` into `box`, building anew only what has changed. */
function reconcile(box, items, keyOf, build) {
  const old = new Map([...box.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const signature = JSON.stringify(item);
    const kept = old.get(key);
    if (kept?.signature === signature) return kept;
    const made = build(item);
    made.dataset.key = key;
    made.signature = signature;
    return made;
  });
  if (wanted.length !== box.children.length || wanted.some((child, n) => box.children[n] !== child)) {
    // Who has scrolled away to read is left there; the end, or where the last message was put, is not away.
    const down = box.scrollHeight - box.scrollTop - box.clientHeight < 80 || box.scrollTop === box.put;
    box.replaceChildren(...wanted);
    const last = wanted.at(-1);
    // A new message is read from its beginning, also where it is taller than the box.
    if (down) {
      box.scrollTop = last && last.offsetHeight > box.clientHeight ? last.offsetTop - box.offsetTop : box.scrollHeight;
      box.put = box.scrollTop;
    }
  }
}

const person = (id) => state.people.find((p) => p.id === id) ?? { id, name: id === "USLACKBOT" ? "Slackbot" : id, handle: id };
const place = () => state.channels.find((c) => c.id === here.channel) ?? state.channels[0];
const withBot = (channel) => channel.kind === "im" && channel.with === state.bot.id;
const clock = (ts) => new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function avatar(who) {
  const hue = [...who.id].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 360, 7);
  return el("span", { class: `avatar hue${Math.floor(hue / 60)}${who.is_bot ? " bot" : ""}`, "aria-hidden": "true" }, who.is_bot ? "🤖" : who.name[0]);
}

function drawMessage(message, { inThread }) {
  const who = person(message.user);
  const on = { channel: here.channel, ts: message.ts };
  const body = message.blocks?.length ? blocks(message.blocks, contextFor(on)) : [el("div", { class: "plain" }, mrkdwn(message.text, state.people))];
  const replies = !inThread && message.reply_count;
  const shortcuts = message.only_you ? [] : state.shortcuts.filter(([, , kind]) => kind === "message");
  return el(
    "article",
    { class: `message${message.only_you ? " only-you" : ""}${message.subtype === "tombstone" ? " gone" : ""}`, "aria-label": `${who.name}, ${clock(message.ts)}` },
    avatar(who),
    el(
      "div",
      { class: "body" },
      message.only_you && el("div", { class: "private" }, "👁 Only visible to you"),
      el("div", { class: "byline" }, el("strong", {}, who.name), who.is_bot && el("span", { class: "badge" }, "APP"), el("time", {}, clock(message.ts)), message.edited && el("span", { class: "hint" }, "(edited)")),
      el("div", { class: "content" }, body),
      (message.files ?? []).map((file) => el("details", { class: "file" }, el("summary", {}, `📄 ${file.title}`), el("pre", {}, file.content))),
      message.reactions && el("div", { class: "reactions" }, message.reactions.map((r) => el("span", { class: "chip" }, `${emoji(r.name)} ${r.count}`))),
      replies && el("button", { class: "replies", onclick: () => openThread(message.ts) }, `${replies} ${replies === 1 ? "reply" : "replies"}`, el("span", { class: "hint" }, ` last at ${clock(message.latest_reply)}`)),
    ),
    el(
      "div",
      { class: "tools" },
      !inThread && !message.only_you && el("button", { class: "quiet", title: "Reply in thread", "aria-label": "Reply in thread", onclick: () => openThread(message.ts) }, "💬"),
      shortcuts.map(([id, name]) => el("button", { class: "quiet", onclick: () => send("shortcut", { ...on, callback_id: id }) }, name)),
    ),
  );
}

function openThread(ts) {
  here.thread = ts;
  draw();
  $("thread-composer")?.focus();
}

function draw() {
  if (!state) return;
  const channel = place();
  here.channel = channel.id;
  document.title = `${channel.kind === "im" ? person(channel.with).name : `#${channel.name}`}, ${state.team}`;
  drawSidebar();
  drawHead(channel);
  const home = withBot(channel) && here.tab === "home";
  $("home").hidden = !home;
  $("list").hidden = home;
  $("compose").hidden = home;
  if (home) drawHome();
  const top = channel.messages.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.subtype === "thread_broadcast");
  // What the app suggests stays in reach until something was said to it.
  const prompts = withBot(channel) && !top.some((m) => m.user === state.me) ? offersFor(channel) : [];
  const rows = top.length ? (prompts.length ? [...top, { ts: "prompts", offers: prompts }] : top) : [{ ts: "welcome", offers: offersFor(channel) }];
  const status = statusOf(channel.id, "") || (withBot(channel) && latestStatus(channel, top));
  reconcile($("list"), status ? [...rows, { ts: "status", status }] : rows, (m) => `${channel.id}${m.ts}`, (m) =>
    m.ts === "welcome" ? drawWelcome(channel, m.offers) : m.ts === "prompts" ? drawOffers(m.offers) : m.ts === "status" ? drawStatus(m.status) : drawMessage(m, { inThread: false }));
  drawThread(channel);
  drawComposers(channel);
  showModal(state.modal, (values) => contextFor({ view: state.modal.id }, { values }), send);
  drawTraffic();
}

function drawSidebar() {
  const entry = (channel, label, tab) =>
    el("button", { class: "entry", "aria-current": here.channel === channel.id && here.tab === tab ? "page" : undefined, onclick: () => go(channel.id, tab) }, label);
  const open = state.channels.filter((c) => c.kind !== "im");
  const direct = state.channels.filter(withBot);
  const shortcuts = state.shortcuts.filter(([, , kind]) => kind === "global");
  const signature = JSON.stringify([state.me, here.channel, here.tab, state.channels.map((c) => [c.id, c.name]), shortcuts, theme()]);
  if ($("sidebar").signature === signature) return;
  $("sidebar").signature = signature;
  $("sidebar").replaceChildren(
    el("div", { class: "team" }, state.team, el("small", {}, "a stand-in for Slack")),
    el("h2", {}, "Channels"),
    ...open.map((c) => entry(c, [el("span", { class: "sign" }, c.kind === "private" ? "🔒" : "#"), ` ${c.name}`], "messages")),
    el("h2", {}, "Direct messages"),
    ...direct.map((c) => entry(c, [el("span", { class: "presence" }), ` ${state.bot.name}`], "messages")),
    el("h2", {}, "Apps"),
    ...direct.map((c) => entry(c, [el("span", { class: "sign" }, "⌂"), " Home tab"], "home")),
    ...shortcuts.map(([id, name]) => el("button", { class: "entry", onclick: () => send("shortcut", { callback_id: id }) }, el("span", { class: "sign" }, "⚡"), ` ${name}`)),
    el("div", { class: "spacer" }),
    el("label", { class: "setting" }, "You are ", el("select", { onchange: (e) => become(e.target.value) },
      state.people.filter((p) => !p.is_bot).map((p) => el("option", { value: p.id, selected: p.id === state.me }, p.name)))),
    el("label", { class: "setting" }, "Colors ", el("select", { onchange: (e) => setTheme(e.target.value) },
      ["auto", "light", "dark"].map((name) => el("option", { value: name, selected: name === theme() }, name)))),
  );
}

function drawHead(channel) {
  const name = channel.kind === "im" ? person(channel.with).name : `# ${channel.name}`;
  const signature = JSON.stringify([name, channel.bot, here.tab, here.traffic]);
  if ($("head").signature === signature) return;
  $("head").signature = signature;
  $("head").replaceChildren(
    el("h1", {}, name),
    channel.kind !== "im" && !channel.bot ? el("span", { class: "hint" }, `${state.bot.name} is not in this channel; commands work here all the same`) : "",
    el("button", { class: "button small", "aria-expanded": String(here.traffic), onclick() { here.traffic = !here.traffic; draw(); } }, "Over the wire"),
  );
  $("tabs").hidden = !withBot(channel);
  $("tabs").replaceChildren(...["home", "messages"].map((tab) =>
    el("button", { role: "tab", "aria-selected": String(here.tab === tab), onclick: () => go(channel.id, tab) }, tab === "home" ? "Home" : "Messages")));
}

function offersFor(channel) {
  const prompts = withBot(channel) ? state.assistance.find((a) => a.channel === channel.id && !a.thread)?.prompts ?? [] : [];
  if (prompts.length) return prompts.map((p) => [p.title, p.message]);
  const wanted = channel.kind === "im" ? "direct" : "channel";
  return state.offers.filter((o) => o.where === wanted && (channel.bot || o.type.startsWith("/"))).map((o) => [o.type, o.type]);
}

function drawWelcome(channel, offers) {
  const name = channel.kind === "im" ? person(channel.with).name : `#${channel.name}`;
  return el(
    "div",
    { class: "welcome" },
    el("h2", {}, `This is ${name}`),
    el("p", {}, channel.kind === "im" ? "What is said here is between the two of you." : channel.bot ? `Mention @${state.bot.handle}, or type a command. Nothing leaves this machine.` : "The app hears nothing that is said here."),
    offers.length ? drawOffers(offers) : "",
  );
}

const drawOffers = (offers) => el("div", { class: "offers" }, el("div", { class: "hint" }, "Try:"), offers.map(([title, message]) => el("button", { class: "offer", onclick: () => say(message) }, withEmoji(title))));

const statusOf = (channel, thread) => state.assistance.find((a) => a.channel === channel && a.thread === thread)?.status ?? "";
const latestStatus = (channel, top) => (top.length ? statusOf(channel.id, top.at(-1).ts) : "");
const drawStatus = (status) => el("div", { class: "status", role: "status" }, `${state.bot.name} ${status}`, el("span", { class: "dots", "aria-hidden": "true" }));

function drawThread(channel) {
  const messages = channel.messages.filter((m) => m.ts === here.thread || m.thread_ts === here.thread);
  const open = Boolean(here.thread && messages.length);
  $("thread").hidden = !open;
  document.body.classList.toggle("with-thread", open);
  if (!open) return;
  const status = statusOf(channel.id, here.thread);
  reconcile($("thread-list"), status ? [...messages, { ts: "status", status }] : messages, (m) => m.ts, (m) =>
    m.ts === "status" ? drawStatus(m.status) : drawMessage(m, { inThread: true }));
}

function drawComposers(channel) {
  const names = [state.bot, ...state.people.filter((p) => p.id !== state.bot.id && p.id !== state.me)];
  const label = channel.kind === "im" ? `Message ${person(channel.with).name}` : `Message #${channel.name}`;
  composer($("compose"), { id: "composer", key: channel.id + state.me, label, commands: state.commands, names, say: (text) => say(text) });
  if (here.thread)
    composer($("thread-compose"), { id: "thread-composer", key: channel.id + here.thread + state.me, label: "Reply", commands: state.commands, names, say: (text) => say(text, here.thread) });
}

function drawHome() {
  const view = state.home;
  const signature = JSON.stringify(view);
  if ($("home").signature === signature) return;
  $("home").signature = signature;
  $("home").replaceChildren(...(view ? blocks(view.blocks, contextFor({ view: view.id })) : [el("p", { class: "hint" }, "The app has not published a Home tab yet.")]));
}

function drawTraffic() {
  $("traffic").hidden = !here.traffic;
  document.body.classList.toggle("with-traffic", here.traffic);
  if (!here.traffic) return;
  reconcile($("traffic-list"), [...state.traffic].reverse(), (t) => String(t.number), (t) => {
    const details = el("details", { async ontoggle() {
      if (!details.open || details.dataset.full) return;
      details.dataset.full = "yes";
      const whole = await (await fetch(`/page/traffic/${t.number}`)).json();
      details.append(el("pre", {}, JSON.stringify(whole, null, 2)));
    } });
    details.append(el("summary", {}, el("span", { class: `way ${t.to}` }, t.to === "app" ? "Slack → app" : "app → Slack"), el("span", { class: "what" }, t.name), el("span", { class: t.ok === false ? "outcome bad" : "outcome" }, t.outcome)));
    return el("li", {}, details);
  });
}

const theme = () => localStorage.theme ?? "auto";
function setTheme(name) {
  localStorage.theme = name;
  document.documentElement.dataset.theme = name;
}

function become(id) {
  sessionStorage.as = here.as = id;
  Object.assign(here, { channel: "", thread: "" });
  listen();
}

/** Opens the thread in which this person's own question has just been answered. */
function followAnswers(fresh) {
  const channel = place();
  for (const message of channel.messages) {
    const new_ = !here.seen.has(message.ts);
    here.seen.add(message.ts);
    if (fresh || !new_ || !message.bot_id || !message.thread_ts) continue;
    if (channel.messages.find((m) => m.ts === message.thread_ts)?.user === state.me && channel.kind !== "im") here.thread = message.thread_ts;
  }
}

function listen() {
  stream?.close();
  stream = new EventSource(`/page/state?as=${encodeURIComponent(here.as)}`);
  let fresh = true;
  stream.onmessage = (event) => {
    state = JSON.parse(event.data);
    here.channel ||= state.channels.find((c) => c.bot && c.kind !== "im")?.id ?? state.channels[0].id;
    followAnswers(fresh);
    fresh = false;
    $("offline").hidden = true;
    draw();
  };
  stream.onerror = () => {
    $("offline").hidden = false;
    if (stream.readyState === EventSource.CLOSED) { // as who one was is not there any more
      delete sessionStorage.as;
      here.as = "";
      setTimeout(listen, 1000);
    }
  };
}

setTheme(theme());
$("thread-close").onclick = () => { here.thread = ""; draw(); };
$("traffic-close").onclick = () => { here.traffic = false; draw(); };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && here.thread && !document.querySelector("dialog[open]")) { here.thread = ""; draw(); }
});
listen();
