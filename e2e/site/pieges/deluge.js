/**
 * On the button: 100,000 changes within a second, while a timer of 100 ms counts its own delays.
 * The kind of change is chosen in the list.
 */
const list = document.querySelector("#liste");
const kind = document.querySelector("#genre");
const result = document.querySelector("#resultat");
const CHANGES = 100_000;
const PER_TURN = 2_000;

function makeRow(index) {
  const row = document.createElement("li");
  row.textContent = `Ligne ${index}`;
  return row;
}

function fill() {
  list.replaceChildren(...Array.from({ length: 100 }, (_, index) => makeRow(index)));
}

const KINDS = {
  /** Attributes of elements that stay. */
  classes: (done) => list.children[done % 100].setAttribute("class", `c${done}`),
  /** Texts of elements that stay. */
  textes: (done) => {
    list.children[done % 100].firstChild.data = `Texte ${done}`;
  },
  /** Elements that come in the place of others. */
  lignes: (done) => list.children[done % 100].replaceWith(makeRow(done)),
  /** One in ten is an element that comes and stays: the page grows by 20,000 nodes. */
  ajouts: (done) => {
    if (done % 10 === 0) list.append(makeRow(done));
    else list.children[done % 100].setAttribute("class", `c${done}`);
  },
};

function watchTimer() {
  let worst = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
  }, 100);
  return () => {
    clearInterval(timer);
    return Math.round(worst);
  };
}

fill();
document.querySelector("#agir").addEventListener("click", () => {
  fill();
  delete result.dataset["timer"];
  result.textContent = "";
  const change = KINDS[kind.value];
  const stop = watchTimer();
  const start = performance.now();
  let done = 0;
  function burst() {
    for (let i = 0; i < PER_TURN && done < CHANGES; i += 1) {
      change(done);
      done += 1;
    }
    if (done < CHANGES) {
      setTimeout(burst, 0);
      return;
    }
    const took = Math.round(performance.now() - start);
    document.querySelector("#texte").textContent = `Calme après ${took} ms`;
    setTimeout(() => {
      result.dataset["timer"] = String(stop());
      result.textContent = "Compté";
    }, 1500);
  }
  burst();
});
