import { defineConfig } from "@playwright/test";

/** The built extension, the real server and two real browsers: one story at a time, and no second try. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../test-results",
  workers: 1,
  retries: 0,
  fullyParallel: false,
  forbidOnly: process.env["CI"] === "true",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
});
