import { describe, expect, test, vi } from "vitest";
import { z } from "zod";

vi.stubEnv("EPAULE_SERVER", "");
const { default: config } = await import("../wxt.config.ts");

const manifestSchema = z.looseObject({
  permissions: z.array(z.string()),
  optional_host_permissions: z.array(z.string()),
  content_security_policy: z.object({ extension_pages: z.string() }),
});

async function manifestFor(browser: "chrome" | "firefox") {
  const { manifest } = config;
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
      `"default-src 'none'; script-src 'self'; object-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src http://localhost:8787 ws://localhost:8787; base-uri 'none'; form-action 'none'"`,
    );
  });

  test("it is the same in both browsers but for what each names its own way", async () => {
    expect(await manifestFor("chrome")).toMatchSnapshot("chrome");
    expect(await manifestFor("firefox")).toMatchSnapshot("firefox");
  });
});
