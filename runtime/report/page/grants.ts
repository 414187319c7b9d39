import type { RehearsalDocument } from "../../rehearsal/document.js";
import { escapeMarkup } from "../markup.js";
import { grantsInWords } from "../wording.js";
import { type Cell, card, table } from "./parts.js";

/** What the roles grant and the rehearsal did not use, those without a reason first. */
export function grantsCard(document: RehearsalDocument): string {
  const { unusedGrants } = document;
  const told = `<p class="soft">${escapeMarkup(grantsInWords(document))}</p>`;
  if (unusedGrants.length === 0) return card("Rights that were not used", told);
  const columns = [
    { heading: "Role" },
    { heading: "Statement" },
    { heading: "Actions" },
    { heading: "Why it stays" },
  ];
  const rows = unusedGrants
    .toSorted((a, b) => Number(a.why !== undefined) - Number(b.why !== undefined))
    .map(({ role, statement, actions, why }): readonly Cell[] => [
      role,
      statement,
      actions.join(", "),
      why ?? "another rehearsal may use it",
    ]);
  const list = `<details><summary>By role and statement</summary>\n${table(columns, rows)}\n</details>`;
  return card("Rights that were not used", `${told}\n${list}`);
}
