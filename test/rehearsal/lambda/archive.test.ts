import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  archiveSignature,
  assetSignature,
  unpackArchive,
} from "../../../runtime/rehearsal/lambda/archive.js";

const signatureKey = "4dabf18193072939515e22adb298388d";
const asset = (source: object) => ({ [signatureKey]: assetSignature, ...source });
const archive = (source: object) => ({ [signatureKey]: archiveSignature, ...source });

let folder: string;
const target = (name: string): string => readFileSync(join(folder, "out", name), "utf8");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archive-"));
  mkdirSync(join(folder, "code"));
  writeFileSync(join(folder, "code", "index.mjs"), "from a file");
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("archives of functions", () => {
  it("holds texts, files of the program's folder and archives inside", () => {
    const code = archive({
      assets: {
        "index.mjs": asset({ path: "code/index.mjs" }),
        "lib/text.mjs": asset({ text: "from a text" }),
        more: archive({ path: "code" }),
      },
    });
    unpackArchive(code, join(folder, "out"), folder);
    expect(target("index.mjs")).toBe("from a file");
    expect(target("lib/text.mjs")).toBe("from a text");
    expect(target("more/index.mjs")).toBe("from a file");
  });

  it("holds a folder, given by its absolute path", () => {
    unpackArchive(archive({ path: join(folder, "code") }), join(folder, "out"), "/elsewhere");
    expect(target("index.mjs")).toBe("from a file");
  });

  it("refuses what it cannot unpack, and says what to use", () => {
    const unpack = (code: unknown) => () => unpackArchive(code, join(folder, "out"), folder);
    expect(unpack("code.zip")).toThrow("code must be an archive, got string. Use an AssetArchive.");
    expect(unpack(archive({ path: "code/index.mjs" }))).toThrow(
      'code must be a folder or an AssetArchive, got "code/index.mjs". Use its folder.',
    );
    expect(unpack(archive({ uri: "https://example.com/a.zip" }))).toThrow(
      "code must be an archive of assets or of a folder, got a remote archive.",
    );
  });
});
