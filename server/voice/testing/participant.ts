/** Longer than LiveKit ever takes here to say anything. */
const PATIENCE_MS = 10_000;
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Somebody who signals to LiveKit as its client does, without any media. */
export interface Participant {
  /** What LiveKit gives right after the join, so that a client comes back when its own is too old. */
  refreshed: Promise<string>;
  /** The name of the room in which LiveKit says that this one is. */
  said(): string;
  closed: Promise<void>;
  leave(): Promise<void>;
}

/** Rejects when LiveKit refuses. `extra` is what a modified client adds to the address. */
export async function joinRoomBy(url: string, token: string, extra = ""): Promise<Participant> {
  const query = `access_token=${token}&protocol=15&sdk=js&version=2.23.0&auto_subscribe=1${extra}`;
  const socket = new WebSocket(`${url}/rtc?${query}`);
  socket.binaryType = "arraybuffer";
  let text = "";
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener("close", () => resolve());
  });
  const heard = (what: (text: string) => string | undefined) =>
    new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("LiveKit says nothing")), PATIENCE_MS);
      const look = () => {
        const found = what(text);
        if (found === undefined) return;
        clearTimeout(late);
        resolve(found);
      };
      socket.addEventListener("message", look);
      socket.addEventListener("close", () => {
        clearTimeout(late);
        reject(new Error("LiveKit refuses"));
      });
    });
  socket.addEventListener("message", ({ data }) => {
    text += data instanceof ArrayBuffer ? Buffer.from(data).toString("latin1") : String(data);
  });
  const refreshed = heard((all) => all.match(JWT)?.[0]);
  refreshed.catch(() => {});
  await heard((all) => (all === "" ? undefined : all));
  return {
    refreshed,
    said: () => text,
    closed,
    async leave() {
      socket.close();
      await closed;
    },
  };
}

/** What LiveKit answers to this token: 200 where it would let the bearer in. */
export async function askLiveKit(url: string, token: string): Promise<number> {
  const asked = `${url.replace("ws", "http")}/rtc/validate?access_token=${token}`;
  return (await fetch(asked)).status;
}
