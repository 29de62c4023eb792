import { parseEnv } from "../env.ts";
import { createLog, errorFields } from "../log.ts";
import { StartupError, terminalLanguage } from "../startup-error.ts";
import { openDatabase } from "./client.ts";

/** `npm run db:migrate`, as the account that owns the tables: the server's own may not change them. */
openDatabase(parseEnv(process.env))
  .then((opened) => opened.close())
  .catch((error: unknown) => {
    if (error instanceof StartupError)
      process.stderr.write(`${error.words[terminalLanguage(process.env)]}\n`);
    else createLog().error(errorFields(error), "the database could not be migrated");
    process.exit(1);
  });
