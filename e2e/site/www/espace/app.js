/** Client-side routing: the address changes by pushState, the document stays. */
const view = document.querySelector("#vue");

const pages = {
  "": [
    "Mon espace",
    ["Bonjour. Choisissez une rubrique.", "Aucune démarche n’attend votre réponse."],
  ],
  messages: ["Mes messages", ["Votre demande avance.", "Merci d’envoyer votre quittance de mars."]],
  documents: ["Mes documents", ["Attestation de paiement", "Notification de droits"]],
  compte: ["Mon compte", ["Vos coordonnées sont à jour."]],
};

function element(name, properties, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function links() {
  const items = Object.keys(pages).map((key) => {
    const link = element("a", { href: `/espace/${key}` }, pages[key][0]);
    link.dataset["suivi"] = `SEC_ESPACE_LINK_DATA`;
    return element("li", {}, link);
  });
  return element("ul", { className: "row" }, ...items);
}

function show() {
  const key = location.pathname.replace(/^\/espace\//, "");
  const [title, lines] = pages[key] ?? ["Page introuvable", []];
  document.title = title;
  const secret = element("input", { type: "text", value: "SEC_ESPACE_SCRIPT_VALUE" });
  secret.setAttribute("aria-label", "Référence");
  view.replaceChildren(
    element("h1", {}, title),
    links(),
    ...lines.map((line) => element("p", {}, line)),
    element("p", {}, secret),
    element("button", { type: "button", id: "relire" }, "Relire la page"),
  );
  view.querySelector("#relire").addEventListener("click", show);
}

view.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link || link.origin !== location.origin) return;
  event.preventDefault();
  history.pushState({}, "", `${link.pathname}?etat=SEC_ESPACE_PUSH_QUERY#SEC_ESPACE_PUSH_HASH`);
  show();
});
addEventListener("popstate", show);
show();
