import { openDatabase } from "../db/client.ts";
import { parseEnv } from "../env.ts";
import { createLog, errorFields } from "../log.ts";
import { StartupError, type Sentence, terminalLanguage } from "../startup-error.ts";
import { type Finding, verifyJournals } from "./verify-journals.ts";

const WHY: Record<Finding["why"], Sentence> = {
  altered: { fr: "la ligne a été modifiée", en: "the row was altered" },
  removed: {
    fr: "une ligne manque avant celle-ci, ou est de trop",
    en: "a row is missing before it, or there is one too many",
  },
  rewritten: {
    fr: "la ligne n’est plus celle qui suivait, ou que l’appareil a signée",
    en: "the row is not the one that followed, or that the device signed",
  },
  cut: {
    fr: "le journal s’arrête avant ce que l’appareil a signé\u00a0: cette ligne manque",
    en: "the journal ends before what the device signed: this row is missing",
  },
  forged: {
    fr: "la signature de l’appareil n’est pas la bonne",
    en: "the device’s signature does not verify",
  },
  unlisted: {
    fr: "la ligne dit ce qu’un journal ne dit pas",
    en: "the row says what a journal does not say",
  },
  unwritten: {
    fr: "un acte enregistré n’a pas de ligne",
    en: "a stored act has no row",
  },
};

/** [J6] `npm run journal:verify`: 0 when every journal is whole, 1 when one is not. */
async function verify(): Promise<number> {
  const language = terminalLanguage(process.env);
  const opened = await openDatabase(parseEnv(process.env));
  try {
    const { journals, rows, heads, findings } = await verifyJournals(opened.db);
    for (const { stream, seq, why } of findings) {
      const where = seq === undefined ? stream : `${stream} ${seq}`;
      process.stdout.write(`${where}\u00a0: ${WHY[why][language]}\n`);
    }
    const sums: Sentence = {
      fr: `Journaux\u00a0: ${journals}. Lignes justes\u00a0: ${rows}. Signatures justes\u00a0: ${heads}. Journaux qui ne sont pas entiers\u00a0: ${findings.length}.`,
      en: `Journals: ${journals}. Rows that hold: ${rows}. Signatures that hold: ${heads}. Journals that are not whole: ${findings.length}.`,
    };
    process.stdout.write(`${sums[language]}\n`);
    return findings.length === 0 ? 0 : 1;
  } finally {
    await opened.close();
  }
}

verify().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof StartupError)
      process.stderr.write(`${error.words[terminalLanguage(process.env)]}\n`);
    else createLog().error(errorFields(error), "the journals could not be read");
    process.exit(2);
  },
);
