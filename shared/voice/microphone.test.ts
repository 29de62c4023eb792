import { beforeEach, expect, test, vi } from "vitest";

import {
  askMicrophone,
  listDevices,
  microphoneAccess,
  openMicrophone,
  watchMicrophone,
} from "./microphone.ts";

/** The browser, as far as a microphone goes. */
function createBrowser() {
  const browser = {
    state: "prompt" as PermissionState | undefined,
    failure: undefined as string | undefined,
    gone: undefined as string | undefined,
    asked: [] as (MediaStreamConstraints | undefined)[],
    devices: new EventTarget(),
    listed: [] as { kind: string; deviceId: string; label: string }[],
  };
  const getUserMedia = async (constraints?: MediaStreamConstraints) => {
    browser.asked.push(constraints);
    if (browser.failure) throw new DOMException("no", browser.failure);
    if (browser.gone && JSON.stringify(constraints).includes(browser.gone))
      throw new DOMException("gone", "OverconstrainedError");
    const track = { stop: vi.fn<() => void>() };
    return { getAudioTracks: () => [track], getTracks: () => [track] };
  };
  vi.stubGlobal("navigator", {
    mediaDevices: Object.assign(browser.devices, {
      getUserMedia,
      enumerateDevices: async () => browser.listed,
    }),
    permissions: {
      query: async () => {
        if (!browser.state) throw new TypeError("no such permission");
        return Object.assign(new EventTarget(), { state: browser.state });
      },
    },
  });
  return browser;
}

let browser: ReturnType<typeof createBrowser>;

beforeEach(async () => {
  browser = createBrowser();
  // Nothing is left of the test before.
  browser.failure = "NotAllowedError";
  await askMicrophone();
  browser.failure = undefined;
  browser.asked = [];
  return () => vi.unstubAllGlobals();
});

test("a voice is taken up without echo, without noise, and at an even level", async () => {
  await openMicrophone("desk");
  expect(browser.asked).toEqual([
    {
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        deviceId: { exact: "desk" },
      },
    },
  ]);
});

test("a microphone that was chosen and is gone falls back to the browser's choice", async () => {
  browser.gone = "desk";
  expect(await openMicrophone("desk")).toHaveProperty("track");
  expect(JSON.stringify(browser.asked[0])).toContain("desk");
  expect(JSON.stringify(browser.asked.slice(1))).not.toContain("desk");
  expect(browser.asked).toHaveLength(2);
});

test("a microphone that was chosen and is refused is not exchanged for another", async () => {
  browser.failure = "NotAllowedError";
  expect(await openMicrophone("desk")).toEqual({ failure: "refused" });
  expect(browser.asked).toHaveLength(1);
});

test.each([
  ["granted", "granted"],
  ["denied", "refused"],
  ["prompt", "unasked"],
  [undefined, "unasked"],
] as const)("a permission that is %s is %s", async (state, access) => {
  browser.state = state;
  expect(await microphoneAccess()).toBe(access);
});

test.each(["prompt", undefined] as const)(
  "[A6] a yes counts on this page where the browser does not remember it (%s)",
  async (state) => {
    browser.state = state;
    expect(await askMicrophone()).toHaveProperty("track");
    expect(await microphoneAccess()).toBe("granted");
  },
);

test("[A6] a yes that the browser has taken back since is none", async () => {
  await askMicrophone();
  browser.failure = "NotAllowedError";
  expect(await openMicrophone()).toEqual({ failure: "refused" });
  expect(await microphoneAccess()).toBe("unasked");
  browser.failure = undefined;
  await askMicrophone();
  browser.state = "denied";
  expect(await microphoneAccess()).toBe("refused");
});

test("a browser that does not tell of permissions still tells of devices", async () => {
  browser.state = undefined;
  const changed = vi.fn<() => void>();
  const stop = await watchMicrophone(changed);
  browser.devices.dispatchEvent(new Event("devicechange"));
  stop();
  browser.devices.dispatchEvent(new Event("devicechange"));
  expect(changed).toHaveBeenCalledOnce();
});

test("a device that Chrome lists again under what it is used for is there once", async () => {
  const label = "Casque";
  browser.listed = [
    { kind: "audioinput", deviceId: "default", label: `Par défaut - ${label}` },
    { kind: "audioinput", deviceId: "communications", label: `Communications - ${label}` },
    { kind: "audioinput", deviceId: "a1", label },
    { kind: "audiooutput", deviceId: "default", label },
    { kind: "audiooutput", deviceId: "b2", label },
    { kind: "videoinput", deviceId: "c3", label: "Caméra" },
  ];
  expect(await listDevices()).toEqual({
    microphones: [{ id: "a1", label }],
    speakers: [{ id: "b2", label }],
  });
});

test("devices that the browser does not name yet are not offered", async () => {
  browser.listed = [{ kind: "audioinput", deviceId: "", label: "" }];
  expect(await listDevices()).toEqual({ microphones: [], speakers: [] });
});
