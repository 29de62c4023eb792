import { describe, expect, test, vi } from "vitest";
import { z } from "zod";

vi.stubEnv("EPAULE_SERVER", "");
vi.stubEnv("EPAULE_VOICE", "");
const { default: config } = await import("../wxt.config.ts");

const manifestSchema = z.looseObject({
  permissions: z.array(z.string()),
  optional_host_permissions: z.array(z.string()),
  content_security_policy: z.object({ extension_pages: z.string() }),
});

async function manifestFor(browser: "chrome" | "firefox", from = config) {
  const { manifest } = from;
  if (typeof manifest !== "function") throw new Error("the manifest is made for each browser");
  const env = { browser, manifestVersion: 3, mode: "production", command: "build" } as const;
  return manifestSchema.parse(await manifest(env));
}

/** A closed list: whoever adds a permission meets this test and the threat model. */
const PERMISSIONS = ["storage", "unlimitedStorage", "scripting", "activeTab", "alarms"];

describe("the manifest", () => {
  test("asks for these permissions, and for no host at install", async () => {
    const chrome = await manifestFor("chrome");
    const firefox = await manifestFor("firefox");
    expect(chrome.permissions).toEqual([...PERMISSIONS, "sidePanel", "offscreen"]);
    expect(firefox.permissions).toEqual(PERMISSIONS);
    for (const manifest of [chrome, firefox])
      expect(manifest.optional_host_permissions).toEqual(["<all_urls>"]);
  });

  test.each([
    "host_permissions",
    "optional_permissions",
    "content_scripts",
    "web_accessible_resources",
    "externally_connectable",
    "sandbox",
    "update_url",
    "key",
  ])("has no %s", async (field) => {
    expect(await manifestFor("chrome")).not.toHaveProperty(field);
    expect(await manifestFor("firefox")).not.toHaveProperty(field);
  });

  test("its pages run their own scripts and speak to one server", async () => {
    const { content_security_policy: policy } = await manifestFor("firefox");
    expect(policy.extension_pages).toMatchInlineSnapshot(
      `"default-src 'none'; script-src 'self'; object-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src http://localhost:8787 ws://localhost:8787 ws://localhost:* http://localhost:* ws://127.0.0.1:* http://127.0.0.1:*; media-src 'self' blob: mediastream:; worker-src 'self'; base-uri 'none'; form-action 'none'"`,
    );
  });

  test.each([
    ["wss://voix.exemple.fr", "https://voix.exemple.fr wss://voix.exemple.fr"],
    ["https://voix.exemple.fr:7443", "https://voix.exemple.fr:7443 wss://voix.exemple.fr:7443"],
    ["", ""],
  ])(
    "a build for a real server speaks to that voice server and no other: %s",
    async (voice, sources) => {
      vi.stubEnv("EPAULE_SERVER", "https://epaule.exemple.fr");
      vi.stubEnv("EPAULE_VOICE", voice);
      vi.resetModules();
      const { default: built } = await import("../wxt.config.ts");
      vi.unstubAllEnvs();
      const { content_security_policy: policy } = await manifestFor("chrome", built);
      const connect = /connect-src ([^;]*);/.exec(policy.extension_pages)?.[1];
      const server = "https://epaule.exemple.fr wss://epaule.exemple.fr";
      expect(connect).toBe(`${server} ${sources}`.trim());
      expect(policy.extension_pages).toContain("worker-src 'self';");
      expect(policy.extension_pages).not.toMatch(/script-src[^;]*blob:|\*/);
    },
  );

  test.each(["EPAULE_SERVER", "EPAULE_VOICE"])(
    "an address with a path ends the build with a sentence, and is not cut: %s",
    async (name) => {
      const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
      const ended = vi.spyOn(process, "exit").mockImplementation(() => {
        throw new Error("ended");
      });
      vi.stubEnv(name, "https://epaule.exemple.fr/x");
      vi.resetModules();
      await expect(import("../wxt.config.ts")).rejects.toThrow("ended");
      expect(ended).toHaveBeenCalledWith(1);
      expect(String(said.mock.calls[0]?.[0])).toContain(name);
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    },
  );

  test("it is the same in both browsers but for what each names its own way", async () => {
    expect(await manifestFor("chrome")).toMatchSnapshot("chrome");
    expect(await manifestFor("firefox")).toMatchSnapshot("firefox");
  });
});
