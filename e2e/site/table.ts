const ROWS = 2_000;
const COLUMNS = ["Date", "Nature", "Période", "Montant"];
const KINDS = ["Aide au logement", "Prime de rentrée", "Aide au chauffage", "Complément familial"];

function row(index: number): string {
  const month = String((index % 12) + 1).padStart(2, "0");
  const cells = [
    `05/${month}/${2026 - Math.floor(index / 12)}`,
    KINDS[index % KINDS.length],
    `${month}/${2026 - Math.floor(index / 12)}`,
    `${180 + ((index * 37) % 120)},${String((index * 53) % 100).padStart(2, "0")} €`,
  ];
  return `<tr data-ref="SEC_TABLE_DATA">${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

/** A page of 20,000 nodes: two thousand rows of four cells, each with its text. */
export function tablePage(): string {
  const head = COLUMNS.map((name) => `<th scope="col">${name}</th>`).join("");
  const rows = Array.from({ length: ROWS }, (_, index) => row(index)).join("\n");
  return `<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8" />
    <title>Mes paiements</title>
    <link rel="stylesheet" href="https://cdn.allocations-bocage.example/bocage.css" />
  </head>
  <body>
    <main>
      <h1>Mes paiements</h1>
      <input type="hidden" value="SEC_TABLE_HIDDEN" />
      <p><a href="/">Revenir à l’accueil</a></p>
      <table>
        <caption>Tous vos versements</caption>
        <thead><tr>${head}</tr></thead>
        <tbody>
${rows}
        </tbody>
      </table>
    </main>
  </body>
</html>`;
}
