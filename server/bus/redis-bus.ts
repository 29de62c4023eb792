import { createClient } from "redis";

import { AppError } from "../../shared/errors.ts";
import { StartupError } from "../startup-error.ts";
import type { Bus } from "./bus.ts";

type Listener = (payload: Uint8Array) => void;

/** Pub/sub only: Redis stores nothing of ours. Throws `StartupError` when it does not answer. */
export async function createRedisBus(url: string, prefix = "epaule:"): Promise<Bus> {
  const options = { url, socket: { connectTimeout: 3_000 } };
  const publisher = createClient({
    ...options,
    // A word that cannot go now is lost, not kept for later: the database is asked every few seconds.
    disableOfflineQueue: true,
  });
  const subscriber = createClient(options);
  // The client reconnects and subscribes again by itself; without a listener its "error" would end the process.
  publisher.on("error", () => {});
  subscriber.on("error", () => {});
  await connect([publisher, subscriber]);

  interface Topic {
    listeners: Set<Listener>;
    hear: Listener;
    ready: Promise<void>;
  }
  const topics = new Map<string, Topic>();

  function open(channel: string): Topic {
    const listeners = new Set<Listener>();
    const hear: Listener = (payload) => {
      for (const listener of listeners) listener(payload);
    };
    const topic = { listeners, hear, ready: subscriber.subscribe(channel, hear, true) };
    topics.set(channel, topic);
    return topic;
  }

  return {
    async publish(topic, payload) {
      const { buffer, byteOffset, byteLength } = payload;
      await answered(
        publisher.publish(prefix + topic, Buffer.from(buffer, byteOffset, byteLength)),
      );
    },
    async subscribe(topic, listener) {
      const channel = prefix + topic;
      const entry = topics.get(channel) ?? open(channel);
      const own: Listener = (payload) => listener(payload);
      entry.listeners.add(own);
      try {
        await answered(entry.ready);
      } catch (cause) {
        if (topics.get(channel) === entry) topics.delete(channel);
        throw cause;
      }
      return async () => {
        entry.listeners.delete(own);
        if (entry.listeners.size > 0 || topics.get(channel) !== entry) return;
        topics.delete(channel);
        await subscriber.unsubscribe(channel, entry.hear, true);
      };
    },
    async listeners(topic) {
      const counts = await answered(publisher.pubSubNumSub([prefix + topic]));
      return counts[prefix + topic] ?? 0;
    },
    async ping() {
      await answered(publisher.ping());
    },
    async close() {
      topics.clear();
      publisher.destroy();
      subscriber.destroy();
    },
  };
}

async function answered<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (cause) {
    throw new AppError("UNAVAILABLE", "the bus does not answer", { cause });
  }
}

async function connect(clients: { connect(): Promise<unknown>; destroy(): void }[]): Promise<void> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error("timeout")), 5_000).unref();
  });
  try {
    await Promise.race([Promise.all(clients.map((client) => client.connect())), late]);
  } catch (cause) {
    for (const client of clients) client.destroy();
    const sentence = {
      fr: "Le bus de REDIS_URL ne répond pas.",
      en: "The bus of REDIS_URL does not answer.",
    };
    throw new StartupError(sentence, { cause });
  }
}
