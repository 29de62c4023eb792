const form = document.querySelector("form");
const summary = document.querySelector("#summary");

function problemOf(field) {
  if (field.validity.valueMissing) return "Ce champ est à remplir.";
  if (field.validity.patternMismatch) return "Il faut neuf chiffres.";
  return "";
}

function mark(field, problem) {
  document.querySelector(`#${field.id}-erreur`)?.remove();
  field.toggleAttribute("aria-invalid", false);
  if (!problem) return;
  field.setAttribute("aria-invalid", "true");
  const line = document.createElement("p");
  line.id = `${field.id}-erreur`;
  line.className = "error";
  line.textContent = problem;
  field.after(line);
}

form.addEventListener("submit", (event) => {
  const fields = [...form.querySelectorAll("input[id], textarea, select")];
  const wrong = fields.filter((field) => {
    const problem = problemOf(field);
    mark(field, problem);
    return problem !== "";
  });
  summary.hidden = wrong.length === 0;
  if (wrong.length === 0) return;
  event.preventDefault();
  summary.textContent = `${wrong.length} réponse(s) à corriger avant de continuer.`;
  wrong[0].focus();
});
