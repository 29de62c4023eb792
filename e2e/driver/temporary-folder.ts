import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TemporaryFolder {
  path: string;
  remove(): Promise<void>;
}

const OPTIONS = { recursive: true, force: true, maxRetries: 5 };

/** Goes with the process at the latest. */
export async function createTemporaryFolder(name: string): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), `epaule-${name}-`));
  const removeNow = () => rmSync(folder, OPTIONS);
  process.once("exit", removeNow);
  return {
    path: folder,
    remove: async () => {
      process.off("exit", removeNow);
      await rm(folder, OPTIONS);
    },
  };
}
