const eye = document.querySelector("#oeil");
eye.addEventListener("click", () => {
  const field = document.querySelector("#passe");
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  eye.setAttribute("aria-pressed", String(!shown));
});
