import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join(folder, path));
}

const pages = ["README.md", "CHANGELOG.md", ...markdownBelow("docs"), ...markdownBelow("examples")];

/** Names by which headings can be linked to, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Links of a page that lead nowhere. */
function brokenLinks(page: string): readonly string[] {
  const text = readFileSync(join(root, page), "utf8");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => {
    if (/^https?:/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? join(root, page) : join(root, dirname(page), path);
    if (!existsSync(file)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(file, "utf8")).includes(anchor);
  });
}

describe("documentation", () => {
  it.each(pages)("%s links only to what exists", (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it("names npm scripts that exist, and CI runs those of the README", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const known = ["ci", "install", ...Object.keys(scripts)];
    const ci = readFileSync(join(root, ".ci/run"), "utf8");
    for (const page of pages) {
      const text = readFileSync(join(root, page), "utf8");
      const named = [...text.matchAll(/\bnpm (?:run )?([a-z]+)/g)].map(([, name]) => name);
      expect({ page, unknown: named.filter((name) => !known.includes(name ?? "")) }).toEqual({
        page,
        unknown: [],
      });
    }
    for (const command of ["npm ci", "npm test", "npm run rehearse"]) {
      expect(ci.split("\n")).toContain(command);
    }
  });
});
