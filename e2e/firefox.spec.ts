import path from "node:path";

import { z } from "zod";

import { launchFirefox } from "./driver/firefox.ts";
import { createTemporaryFolder } from "./driver/temporary-folder.ts";
import { expect, test } from "./fixtures.ts";
import { ensureFirefox, whyNot } from "./setup/browsers.ts";
import { buildExtension } from "./setup/build.ts";

const reason = await whyNot(ensureFirefox);
test.skip(reason !== undefined, reason);

/** From the microphone through WebRTC and back, all in the sidebar: what the voice needs of it. */
const CAPTURE = `(async () => {
  const { state } = await navigator.permissions.query({ name: "microphone" });
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const [track] = stream.getAudioTracks();
  const one = new RTCPeerConnection();
  const other = new RTCPeerConnection();
  one.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
  other.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate);
  one.addTrack(track, stream);
  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription);
  let heard = { packets: 0, energy: 0 };
  const deadline = Date.now() + 10000;
  while (heard.energy === 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const entry of (await other.getStats()).values())
      if (entry.type === "inbound-rtp")
        heard = { packets: entry.packetsReceived, energy: entry.totalAudioEnergy ?? 0 };
  }
  const live = track.readyState;
  track.stop();
  one.close();
  other.close();
  return JSON.stringify({ page: location.pathname, state, live, ...heard });
})()`;

const capturedSchema = z.strictObject({
  page: z.string(),
  state: z.string(),
  live: z.string(),
  packets: z.number(),
  energy: z.number(),
});

test("[A6] Firefox: the microphone is allowed in a tab, and the sidebar takes up what it hears", async () => {
  test.setTimeout(90_000);
  const folder = await createTemporaryFolder("firefox");
  const extension = await buildExtension({
    browser: "firefox",
    serverUrl: "http://localhost:8787",
    outDir: path.join(folder.path, "extension"),
  });
  const firefox = await launchFirefox(extension);
  try {
    const page = await firefox.openPage("microphone.html");
    const title = () => page.$eval("h1", ({ textContent }) => textContent);
    expect(await title()).toBe("Activer votre micro");
    await page.locator("::-p-aria([name='Activer mon micro'][role='button'])").click();
    await expect.poll(title).toBe("Votre micro marche");

    expect(await firefox.inSidebar("document.querySelector('h1').textContent")).toBe("Bienvenue");
    const captured = capturedSchema.parse(JSON.parse(await firefox.inSidebar(CAPTURE)));
    expect(captured).toMatchObject({ page: "/sidepanel.html", live: "live" });
    expect(captured.packets).toBeGreaterThan(0);
    expect(captured.energy).toBeGreaterThan(0);
  } finally {
    await firefox.close();
    await folder.remove();
  }
});
