import { describe, expect, test } from "vitest";

import { parseEnv, resolveUrls } from "./env.ts";
import { StartupError, terminalLanguage } from "./startup-error.ts";

function refusalOf(variables: Record<string, string>): StartupError {
  try {
    parseEnv(variables);
  } catch (error) {
    if (error instanceof StartupError) return error;
  }
  throw new Error("it was not refused");
}

describe("the environment", () => {
  test("has a default for everything, in development", () => {
    const env = parseEnv({});
    expect(env).toMatchObject({ production: false, host: "127.0.0.1", port: 8787 });
    expect(resolveUrls(env, 8787)).toEqual({
      publicUrl: "http://localhost:8787",
      playerUrl: "http://player.localhost:8787",
    });
  });

  test("an empty variable is as good as none", () => {
    expect(parseEnv({ DATABASE_URL: "", PORT: "", PUBLIC_URL: "" })).toEqual(parseEnv({}));
  });

  test("says by name what is wrong, and not what it was", () => {
    const wrong = { PORT: "many", DATABASE_URL: "mysql://root:hunter2@db/x" };
    expect(() => parseEnv(wrong)).toThrow(/PORT/);
    expect(() => parseEnv(wrong)).toThrow(/DATABASE_URL/);
    expect(() => parseEnv(wrong)).not.toThrow(/hunter2/);
  });

  test("says what is expected, in both languages", () => {
    const { fr, en } = refusalOf({ PORT: "many", AUTH_SECRET: "short" }).words;
    expect(en).toBe(
      "The environment is not right. PORT: a whole number from 0 to 65535 is expected; " +
        "AUTH_SECRET: must have 32 characters or more.",
    );
    expect(fr).toBe(
      "L’environnement n’est pas correct. PORT\u00a0: un nombre entier de 0 à 65535 est attendu\u00a0; " +
        "AUTH_SECRET\u00a0: 32 caractères ou plus sont attendus.",
    );
    const wrong = {
      NODE_ENV: "prod",
      PORT: "65536",
      PUBLIC_URL: "x",
      PLAYER_URL: "https://player.example/a",
      DATABASE_URL: "x",
      REDIS_URL: "x",
      SMTP_URL: "x",
      TRUSTED_PROXIES: "x",
      CONTACT: "x",
      AUTH_SECRET: "x",
      LOG_LEVEL: "loud",
    };
    for (const name of Object.keys(wrong)) expect(() => parseEnv(wrong)).toThrow(`${name}: `);
    expect(() => parseEnv(wrong)).not.toThrow(/unexpected/);
  });

  test("a word that is nearly production is refused, and turns no lock off", () => {
    for (const word of ["prod", "Production", "production ", "staging"])
      expect(() => parseEnv({ NODE_ENV: word })).toThrow(
        /NODE_ENV: production or development is expected/,
      );
    for (const word of ["development", "test", ""])
      expect(parseEnv({ NODE_ENV: word }).production).toBe(false);
    expect(parseEnv({ NODE_ENV: "production" }).production).toBe(true);
  });

  test("the terminal is spoken to in French, unless its language is English", () => {
    for (const variables of [
      {},
      { LANG: "C.UTF-8" },
      { LANG: "fr_FR.UTF-8" },
      { LC_ALL: "fr", LANG: "en" },
    ])
      expect(terminalLanguage(variables)).toBe("fr");
    for (const variables of [{ LANG: "en_GB.UTF-8" }, { LC_ALL: "", LANG: "en" }])
      expect(terminalLanguage(variables)).toBe("en");
  });

  test("an address is an origin, without path", () => {
    expect(parseEnv({ PUBLIC_URL: "https://Epaule.example/" }).publicUrl).toBe(
      "https://epaule.example",
    );
    expect(() => parseEnv({ PUBLIC_URL: "https://epaule.example/app" })).toThrow(/PUBLIC_URL/);
    expect(() => parseEnv({ PUBLIC_URL: "nonsense" })).toThrow(/not right.*PUBLIC_URL/);
    expect(() => parseEnv({ PUBLIC_URL: "ftp://epaule.example" })).toThrow(/PUBLIC_URL/);
    expect(() => parseEnv({ AUTH_SECRET: "short" })).toThrow(/AUTH_SECRET/);
  });

  test("[M7] production refuses a player on the console's origin", () => {
    const url = "https://epaule.example";
    const env = { PUBLIC_URL: url, PLAYER_URL: `${url}/` };
    expect(() => resolveUrls(parseEnv({ ...env, NODE_ENV: "production" }), 1)).toThrow(
      /^PLAYER_URL must be another origin/,
    );
    expect(resolveUrls(parseEnv(env), 1).playerUrl).toBe(url);
  });

  test("production needs both addresses, under TLS but on the machine itself", () => {
    const whole = { PUBLIC_URL: "https://epaule.example", PLAYER_URL: "https://player.example" };
    const resolve = (change: Record<string, string>) =>
      resolveUrls(parseEnv({ NODE_ENV: "production", ...whole, ...change }), 8787);
    expect(resolve({})).toEqual({ publicUrl: whole.PUBLIC_URL, playerUrl: whole.PLAYER_URL });
    for (const change of [
      { PUBLIC_URL: "" },
      { PLAYER_URL: "" },
      { PUBLIC_URL: "", PLAYER_URL: "" },
      { PUBLIC_URL: "http://epaule.example" },
      { PLAYER_URL: "http://player.example" },
      { PLAYER_URL: "http://player.localhost:8787" },
      { PUBLIC_URL: "http://localhost.example", PLAYER_URL: "http://player.localhost:8787" },
      { PUBLIC_URL: "http://notlocalhost", PLAYER_URL: "http://player.localhost:8787" },
      { PUBLIC_URL: "http://localhost:8787", PLAYER_URL: "http://127.0.0.1.example" },
    ])
      expect(() => resolve(change)).toThrow(/^Production needs PUBLIC_URL and PLAYER_URL/);
    const here = {
      PUBLIC_URL: "http://localhost:8787",
      PLAYER_URL: "http://player.localhost:8787",
    };
    expect(resolve(here).publicUrl).toBe(here.PUBLIC_URL);
    expect(resolveUrls(parseEnv({ PUBLIC_URL: "http://epaule.example" }), 1)).toBeDefined();
  });

  test("[A1] voice is configured as a whole, strictly, or not at all", () => {
    const url = "wss://voice.example.org";
    const secret = "s".repeat(32);
    const whole = { LIVEKIT_URL: url, LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: secret };
    expect(parseEnv({}).voice).toBeUndefined();
    expect(parseEnv({ LIVEKIT_URL: "", LIVEKIT_API_KEY: "" }).voice).toBeUndefined();
    const apiUrl = "https://voice.example.org";
    expect(parseEnv(whole).voice).toEqual({ url, apiUrl, key: "key", secret });
    const inside = parseEnv({ ...whole, LIVEKIT_API_URL: "ws://10.0.0.7:7880/" });
    expect(inside.voice).toMatchObject({ url, apiUrl: "http://10.0.0.7:7880" });

    for (const name of ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"] as const)
      expect(() => parseEnv({ ...whole, [name]: "" })).toThrow(/together, or none/);
    expect(() => parseEnv({ LIVEKIT_API_URL: url })).toThrow(/together, or none/);
    for (const wrong of [
      "https://voice.example.org",
      `${url}/rtc`,
      `${url}?x`,
      "wss://a:b@c",
      "voice",
    ])
      expect(() => parseEnv({ ...whole, LIVEKIT_URL: wrong })).toThrow(/^LIVEKIT_URL must be/);
    expect(() => parseEnv({ ...whole, LIVEKIT_API_URL: "ftp://x" })).toThrow(/^LIVEKIT_API_URL/);
    expect(() => parseEnv({ ...whole, LIVEKIT_API_KEY: "a key" })).toThrow(/^LIVEKIT_API_KEY/);
    expect(() => parseEnv({ ...whole, LIVEKIT_API_SECRET: "short" })).toThrow(/32 characters/);
    expect(() => parseEnv({ ...whole, LIVEKIT_API_SECRET: "short" })).not.toThrow(/short/);
  });

  test("voice goes under TLS in production, but on the machine itself", () => {
    const rest = { LIVEKIT_API_KEY: "key", LIVEKIT_API_SECRET: "s".repeat(32) };
    const production = { ...rest, NODE_ENV: "production" };
    for (const open of ["ws://voice.example.org", "ws://127.0.0.1.example.org", "ws://127.example"])
      expect(() => parseEnv({ ...production, LIVEKIT_URL: open })).toThrow(/wss: in production/);
    for (const own of [
      "ws://localhost:7880",
      "ws://127.0.0.1:7880",
      "ws://[::1]:7880",
      "ws://voice.localhost:7880",
    ])
      expect(parseEnv({ ...production, LIVEKIT_URL: own }).voice?.url).toBe(own);
    expect(parseEnv({ ...rest, LIVEKIT_URL: "ws://voice.example.org" }).voice).toBeDefined();
  });
});
