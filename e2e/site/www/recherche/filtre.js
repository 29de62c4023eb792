/** Each keystroke changes something outside of the field: how many communes are left. */
const names = ["Aubépine", "Bréhal", "Charmille", "Douvette", "Épinay", "Fougeray"];
names.push("Genêts", "Haiebourg", "Jonquières", "Lande", "Mûrier", "Noisetaie");
const field = document.querySelector("#texte");
const list = document.querySelector("#communes");
const count = document.querySelector("#compte");
let keystrokes = 0;

function show(found) {
  list.replaceChildren(
    ...found.map((name) => {
      const item = document.createElement("li");
      item.textContent = name;
      return item;
    }),
  );
}

field.addEventListener("input", () => {
  keystrokes += 1;
  const text = field.value.toLowerCase();
  const found = names.filter((name) => name.toLowerCase().includes(text));
  count.textContent = `${found.length} commune(s), recherche ${keystrokes}`;
  show(found);
});
show(names);
