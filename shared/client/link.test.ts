import { expect, test } from "vitest";

import { until } from "./testing/fake-clock.ts";
import { createLinkPair, messagesOf, openLinkPair } from "./testing/fake-relay.ts";

test("[L2] two ends that pinned each other open a link and hear each other", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  await pair.beneficiary.link.send({ type: "mirror.resumed" });
  await pair.helper.link.send({ type: "mirror.request" });
  await until(
    () => messagesOf(pair.helper.events).length + messagesOf(pair.beneficiary.events).length === 2,
  );
  expect(messagesOf(pair.helper.events)).toEqual([{ type: "mirror.resumed" }]);
  expect(messagesOf(pair.beneficiary.events)).toEqual([{ type: "mirror.request" }]);
});
