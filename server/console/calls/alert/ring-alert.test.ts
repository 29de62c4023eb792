import { expect, test, vi } from "vitest";

import { createRingAlert, type Page, type RingWords } from "./ring-alert.ts";

function world({ hidden }: { hidden: boolean }) {
  const page = { title: "Epaule", notifications: [] as string[], blink: () => {} };
  const chime = {
    start: vi.fn<() => void>(),
    stop: vi.fn<() => void>(),
    tryOut: () => Promise.resolve(true),
    isAllowed: () => true,
  };
  const real: Page = {
    getTitle: () => page.title,
    setTitle: (title) => (page.title = title),
    isHidden: () => hidden,
    notify(words) {
      page.notifications.push(words.notification);
      return () => page.notifications.pop();
    },
    setInterval(run) {
      page.blink = run;
      return () => (page.blink = () => {});
    },
  };
  return { page, chime, alert: createRingAlert(real, chime) };
}

const words: RingWords = {
  title: "Appel",
  notification: "Maman vous appelle",
  notificationText: "Cliquez",
  session: "one",
};

test("a ring in a tab behind changes the title, sounds and notifies, until it is over", () => {
  const { page, chime, alert } = world({ hidden: true });
  alert.show(words);
  expect(page).toMatchObject({ title: "Appel", notifications: ["Maman vous appelle"] });
  expect(chime.start).toHaveBeenCalledOnce();
  page.blink();
  expect(page.title).toBe("Epaule");
  page.blink();
  expect(page.title).toBe("Appel");
  alert.show(undefined);
  expect(page).toMatchObject({ title: "Epaule", notifications: [] });
  expect(chime.stop).toHaveBeenCalledOnce();
});

test("the same ring is not announced again", () => {
  const { chime, alert } = world({ hidden: true });
  alert.show(words);
  alert.show({ ...words });
  expect(chime.start).toHaveBeenCalledOnce();
});

test("a tab that is looked at shows no notification", () => {
  const { page, alert } = world({ hidden: false });
  alert.show(words);
  expect(page.notifications).toEqual([]);
});
