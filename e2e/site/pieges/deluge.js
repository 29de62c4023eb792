/** On the button: 100,000 changes within a second, while a timer of 100 ms counts its own delays. */
const list = document.querySelector("#liste");
const result = document.querySelector("#resultat");
const rows = Array.from({ length: 100 }, (_, index) => {
  const row = document.createElement("li");
  row.textContent = `Ligne ${index}`;
  list.append(row);
  return row;
});

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

document.querySelector("#agir").addEventListener("click", () => {
  const stop = watchTimer();
  const start = performance.now();
  let done = 0;
  function burst() {
    for (let i = 0; i < 2000 && done < 100_000; i += 1) {
      rows[done % rows.length].setAttribute("class", `c${done}`);
      done += 1;
    }
    if (done < 100_000) {
      setTimeout(burst, 0);
      return;
    }
    for (const row of rows) row.setAttribute("class", "calme");
    setTimeout(() => {
      result.dataset["timer"] = String(stop());
      result.textContent = `Calme après ${Math.round(performance.now() - start)} ms`;
    }, 1500);
  }
  burst();
});
