import { expect, test } from "vitest";

import { hostOfText } from "./host-of-text.ts";

test.each([
  ["connexion.exemple.fr", "connexion.exemple.fr"],
  [" Connexion.Exemple.FR ", "connexion.exemple.fr"],
  ["connexion.exemple.fr/entrer?x=1", "connexion.exemple.fr"],
  ["https://connexion.exemple.fr/entrer?x=1#y", "connexion.exemple.fr"],
  ["HTTPS://connexion.exemple.fr", "connexion.exemple.fr"],
  ["https://connexion.exemple.fr:443/", "connexion.exemple.fr"],
  ["crédit.exemple.fr", "xn--crdit-csa.exemple.fr"],
])("%j is %j", (text, host) => {
  expect(hostOfText(text)).toBe(host);
});

test.each([
  "",
  "exemple",
  "http://exemple.fr/",
  "https://exemple.fr:8443/",
  "127.0.0.1",
  "https://[::1]/",
  "marie@exemple.fr",
  "https://exemple.fr@ailleurs.fr/",
  "exemple.fr autre.fr",
  "*.exemple.fr",
  "javascript:alert(1)",
  "file:///etc/passwd",
])("%j is no address that may be shown", (text) => {
  expect(hostOfText(text)).toBeUndefined();
});
