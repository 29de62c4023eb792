// Each long turn of the main thread may be the mirror at work: right after it, rules change.
const LINES = 20_000;
const TURN_MS = 20;
const CHANGES = 40;
const CALM_MS = 1_500;
const LONGEST_MS = 6_000;

const lines = document.querySelector("#lignes");
const adopted = new CSSStyleSheet();
document.adoptedStyleSheets = [adopted];
const early = [];
const late = [];

function addSheet(parent, place, at) {
  const style = document.createElement("style");
  style.textContent = `#${place}${at} { color: rgb(1, 2, 3); }`;
  parent.append(style);
  return style;
}
for (let at = 0; at < CHANGES; at += 1) {
  early.push(addSheet(document.head, "tot", at));
  adopted.insertRule(`#adopte${at} { color: rgb(1, 2, 3); }`, at);
  for (const place of ["tot", "tard", "adopte"]) {
    const line = document.createElement("p");
    line.id = `${place}${at}`;
    line.textContent = `${place} ${at}`;
    lines.append(line);
  }
}
for (let at = 0; at < LINES; at += 1) {
  lines.append(document.createElement("i"));
}
for (let at = 0; at < CHANGES; at += 1) late.push(addSheet(document.body, "tard", at));

const began = performance.now();
let last = began;
let changedAt = began;
let changes = 0;

function change(at) {
  early[at].sheet.insertRule(`#tot${at} { color: rgb(0, 100, 0) !important; }`, 1);
  late[at].sheet.cssRules[0].style.color = "rgb(0, 100, 0)";
  adopted.cssRules[at].style.setProperty("color", "rgb(0, 100, 0)");
}

function look() {
  const now = performance.now();
  if (now - last > TURN_MS && changes < CHANGES) {
    change(changes);
    changes += 1;
    changedAt = now;
  }
  last = now;
  const calm = changes > 0 && now - changedAt > CALM_MS;
  if (calm || now - began > LONGEST_MS) {
    document.querySelector("#resultat").textContent = `Fini après ${changes} changements`;
  } else setTimeout(look, 0);
}
setTimeout(look, 0);
