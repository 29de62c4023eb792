/** « createElement » is one of the names that this page has taken. */
const create = (name) => Document.prototype.createElement.call(document, name);

document.querySelector("#agir").addEventListener("click", (event) => {
  document.querySelector("#resultat").textContent = "Les noms sont pris, la page vit.";
  const form = create("form");
  const control = create("input");
  control.name = "nodeType";
  const line = create("p");
  line.textContent = "Un formulaire ajouté, qui cache ce qu’il est.";
  form.append(control, line);
  event.target.parentElement.after(form);
});
