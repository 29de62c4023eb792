import { connect } from "node:net";

import postgres from "postgres";

const LOCAL_DATABASE = "postgres://postgres@127.0.0.1:5432/postgres";
const LOCAL_REDIS = "redis://127.0.0.1:6379";
const WAIT_MS = 2_000;

async function databaseAnswers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: WAIT_MS / 1000, onnotice: () => undefined });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function redisAnswers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: WAIT_MS });
    const finish = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once("error", () => finish(false)).once("timeout", () => finish(false));
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (data) => finish(/^(?:\+PONG|-NOAUTH)/.test(data.toString())));
  });
}

/** PostgreSQL and Redis for the tests: the ones named, else this machine's where they answer. */
export async function findServices(): Promise<{ database?: string; redis?: string }> {
  const database = process.env["TEST_DATABASE_URL"] ?? LOCAL_DATABASE;
  const redis = process.env["TEST_REDIS_URL"] ?? LOCAL_REDIS;
  const [hasDatabase, hasRedis] = await Promise.all([
    databaseAnswers(database),
    redisAnswers(redis),
  ]);
  return { ...(hasDatabase ? { database } : {}), ...(hasRedis ? { redis } : {}) };
}
