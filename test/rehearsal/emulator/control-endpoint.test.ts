import { request } from "node:http";
import { DescribeJobsCommand } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import { controlRoutes } from "../../../runtime/rehearsal/emulator/control-routes.js";
import { createPagedLog } from "../../../runtime/rehearsal/emulator/paged-log.js";
import {
  account,
  type EmulatorBench,
  messagesOf,
  region,
  serverId,
  start,
  startEmulatorBench,
} from "./bench.js";

const here = { account, region };

describe("strangers", () => {
  it("hold servers with a job of their own, and end their instances", async () => {
    const bench = await startEmulatorBench();
    const theirs = { ...here, kind: "drill", servers: [serverId(1)] };
    const started = await bench.control("POST /strangers", theirs);
    expect(started.document.jobId).toMatch(/^drsjob-/);
    await expect(start(bench, 1)).rejects.toMatchObject({ name: "ConflictException" });
    const again = await bench.control("POST /strangers", theirs);
    expect(again).toMatchObject({ status: 409, document: { refused: "ConflictException" } });
    await bench.control("POST /clock", { advanceSeconds: 900 });
    const { document } = await bench.control("GET /fleet");
    const [lane] = document.lanes as { instances: { instance: string }[] }[];
    const instances = lane?.instances.map(({ instance }) => instance);
    const ended = await bench.control("POST /strangers", { ...here, kind: "terminate", instances });
    expect(ended.document.jobId).toMatch(/^drsjob-/);
  });

  it.each([
    [
      { kind: "drill", instances: ["i-0123456789abcdef0"] },
      'body must be given servers and no instances for kind "drill", got no servers. Add servers, and nothing else that names what it is about.',
    ],
    [
      { kind: "terminate", servers: [serverId(1)], instances: ["i-0123456789abcdef0"] },
      'body must be given instances and no servers for kind "terminate", got both. Add instances, and nothing else that names what it is about.',
    ],
  ])("do nothing when told %j", async (body, message) => {
    const bench = await startEmulatorBench();
    const { status, document } = await bench.control("POST /strangers", { ...here, ...body });
    expect(status).toBe(400);
    expect(messagesOf(document)).toEqual([message]);
  });
});

describe("the logs", () => {
  it("show calls page by page, and what comes later", async () => {
    const bench = await startEmulatorBench();
    const client = bench.drs();
    for (let call = 0; call < 3; call += 1) await client.send(new DescribeJobsCommand({}));
    const first = await bench.control("GET /calls?limit=2");
    expect(first.document).toMatchObject({
      calls: [
        { sequence: 1, at: "2026-01-24T02:00:00.000Z", operation: "DescribeJobs", status: 200 },
        { sequence: 2, ...here, service: "drs" },
      ],
      next: 2,
      lost: 0,
    });
    const rest = await bench.control("GET /calls?after=2");
    expect(rest.document).toMatchObject({ calls: [{ sequence: 3 }], next: 3 });
    const none = await bench.control("GET /calls?after=3");
    expect(none.document).toMatchObject({ calls: [], next: 3 });
  });

  it("show what happened in DRS, and what EventBridge delivered of it", async () => {
    const bench = await startEmulatorBench();
    await start(bench, 1);
    await expect(start(bench, 1)).rejects.toThrow();
    await bench.control("POST /clock", { advanceSeconds: 900 });
    const { document } = await bench.control("GET /events");
    expect(document.events).toMatchObject([
      { sequence: 1, type: "job-started", kind: "launch", servers: [serverId(1)] },
      { type: "refused", code: "ConflictException", lane: `${account}/${region}` },
      { type: "server-launched", at: "2026-01-24T02:10:00.000Z" },
      { type: "delivered", notice: { "detail-type": "DRS Source Server Launch Result" } },
      { type: "job-ended" },
    ]);
  });

  it.each([
    [
      "after=x",
      'after must be a whole number, 0 to 9007199254740991 entries, got "x". Choose one within these bounds.',
    ],
    [
      "limit=0",
      "limit must be a whole number, 1 to 10000 entries, got 0. Choose one within these bounds.",
    ],
    ["since=1", 'since must be one of the keys after or limit, got "since". Remove it.'],
  ])("refuse %s", async (query, message) => {
    const bench = await startEmulatorBench();
    const { status, document } = await bench.control(`GET /calls?${query}`);
    expect(status).toBe(400);
    expect(messagesOf(document)).toEqual([message]);
  });
});

describe("a log that is full", () => {
  it("forgets its oldest entries, and says how many are lost to the reader", () => {
    const log = createPagedLog<{ readonly name: string }>(2);
    for (const name of ["a", "b", "c", "d", "e"]) log.append({ name });
    expect(log.page(0, 10)).toEqual({
      entries: [
        { sequence: 3, name: "c" },
        { sequence: 4, name: "d" },
        { sequence: 5, name: "e" },
      ],
      next: 5,
      lost: 2,
    });
    expect(log.page(1, 1)).toMatchObject({ entries: [{ sequence: 3 }], next: 3, lost: 1 });
    expect(log.page(4, 10)).toMatchObject({ entries: [{ sequence: 5 }], lost: 0 });
    expect(log.page(9, 10)).toEqual({ entries: [], next: 5, lost: 0 });
  });
});

describe("the endpoint", () => {
  it("lists everything that it can be asked", async () => {
    const bench = await startEmulatorBench();
    const { document } = await bench.control("GET ");
    expect(document.routes).toHaveLength(controlRoutes.length);
    expect(document).toMatchObject({ schemaVersion: 1, seed: 1, account });
  });

  it("knows no other paths and methods", async () => {
    const bench = await startEmulatorBench();
    expect(await bench.control("GET /clocks")).toMatchObject({
      status: 404,
      document: { error: expect.stringContaining('got "/_dr/clocks".') },
    });
    expect(await bench.control("DELETE /clock")).toMatchObject({
      status: 405,
      document: { error: "method of /_dr/clock must be GET, POST, got DELETE." },
    });
  });

  it("refuses what is no JSON, and what is too long", async () => {
    const { emulator } = await startEmulatorBench();
    const post = async (body: string) => {
      const response = await fetch(`${emulator.url}/_dr/fleet`, { method: "POST", body });
      return { status: response.status, document: Object(await response.json()) };
    };
    const torn = await post('{"lanes":');
    expect(torn.status).toBe(400);
    expect(messagesOf(torn.document)).toEqual([
      "body must be JSON, got something else. Send one JSON object.",
    ]);
    expect((await post(" ".repeat(8 * 1024 ** 2 + 1))).status).toBe(413);
  });
});

describe("web pages", () => {
  /** Sends headers that `fetch` does not let through. */
  function statusOf({ emulator }: EmulatorBench, path: string, headers: Record<string, string>) {
    return new Promise<number | undefined>((resolve, reject) => {
      const { port } = emulator;
      request({ host: "127.0.0.1", port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
  }

  it.each([
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { host: "evil.example" },
    { host: "evil.example:4600" },
    { host: "127.0.0.1.evil.example" },
    { host: "amazonaws.com.evil.example" },
  ])("of others are refused: %j", async (headers) => {
    const bench = await startEmulatorBench();
    expect(await statusOf(bench, "/_dr/clock", headers)).toBe(403);
    const refused = await statusOf(bench, "/DescribeJobs", headers);
    expect(refused).toBe(403);
  });

  it.each([
    { host: "localhost:4600" },
    { host: "emulator:4600" },
    { host: "[::1]:4600" },
    { host: "drs.eu-west-1.amazonaws.com" },
    { host: "drs.eu-west-1.api.aws" },
    { host: "drs.localhost" },
    { "sec-fetch-site": "none" },
  ])("are not meant by %j", async (headers) => {
    const bench = await startEmulatorBench();
    expect(await statusOf(bench, "/_dr/clock", headers)).toBe(200);
  });
});
