const shadowStyle = "p { padding: 1rem; background: #e3ecd9; border-radius: 0.5rem; }";

class Conseiller extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(shadowStyle);
    root.adoptedStyleSheets = [sheet];
    const line = document.createElement("p");
    line.textContent = "Votre conseillère vous appelle le mardi.";
    const note = Object.assign(document.createElement("input"), {
      value: "SEC_CADRES_SHADOW_VALUE",
    });
    note.setAttribute("aria-label", "Note");
    root.append(line, note);
  }
}

class Secret extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "closed" });
    const line = document.createElement("p");
    line.textContent = "Dans une racine fermée.";
    const hidden = Object.assign(document.createElement("input"), {
      type: "hidden",
      value: "SEC_CADRES_CLOSED_HIDDEN",
    });
    root.append(line, hidden);
  }
}

customElements.define("bocage-conseiller", Conseiller);
customElements.define("bocage-secret", Secret);

const { sheet } = document.querySelector("link[href^='/local.css']");
sheet.insertRule("#regle { color: rgb(168, 80, 47); font-weight: 700; }");

const adopted = new CSSStyleSheet();
adopted.replaceSync("#adopte { color: rgb(47, 93, 67); text-decoration: underline; }");
document.adoptedStyleSheets = [...document.adoptedStyleSheets, adopted];

document.querySelector("#rempli").value = "SEC_CADRES_SCRIPT_VALUE";

document.querySelector("#tard").addEventListener("click", (event) => {
  const host = document.createElement("div");
  event.target.after(host);
  const line = document.createElement("p");
  line.textContent = "Ouvert de neuf heures à midi.";
  host.attachShadow({ mode: "open" }).append(line);
  sheet.insertRule("#regle { background: rgb(247, 241, 227); }");
});

const chart = document.querySelector("#affluence").getContext("2d");
chart.fillStyle = "rgb(47, 93, 67)";
for (const [day, people] of [60, 110, 140, 90, 45].entries())
  chart.fillRect(20 + day * 80, 160 - people, 56, people);
