document.querySelector("#agir").addEventListener("click", () => {
  document.querySelector("#resultat").textContent = "Les noms sont pris, la page vit.";
});
