import { readFileSync } from "node:fs";

/** The fenced blocks of one language that a page holds, in their order. */
export function fencedBlocks(page: string, language: string): readonly string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  return [...readFileSync(page, "utf8").matchAll(fenced)].map(([, block = ""]) => block);
}
