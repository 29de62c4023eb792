const dialog = document.querySelector("#confirmation");
document.querySelector("#ouvrir").addEventListener("click", () => dialog.showModal());
document.querySelector("#annuler").addEventListener("click", () => dialog.close());
document.querySelector("#confirmer").addEventListener("click", () => {
  document.querySelector("#envoi").submit();
});
