import { describe, expect, test } from "vitest";

import { parseEnv, resolveUrls } from "./env.ts";

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

  test("an address is an origin, without path", () => {
    expect(parseEnv({ PUBLIC_URL: "https://Epaule.example/" }).publicUrl).toBe(
      "https://epaule.example",
    );
    expect(() => parseEnv({ PUBLIC_URL: "https://epaule.example/app" })).toThrow(/PUBLIC_URL/);
    expect(() => parseEnv({ PUBLIC_URL: "ftp://epaule.example" })).toThrow(/PUBLIC_URL/);
    expect(() => parseEnv({ AUTH_SECRET: "short" })).toThrow(/AUTH_SECRET/);
  });

  test("[M7] production refuses a player on the console's origin", () => {
    const url = "https://epaule.example";
    const env = { PUBLIC_URL: url, PLAYER_URL: `${url}/` };
    expect(() => resolveUrls(parseEnv({ ...env, NODE_ENV: "production" }), 1)).toThrow(
      /PLAYER_URL/,
    );
    expect(resolveUrls(parseEnv(env), 1).playerUrl).toBe(url);
  });
});
