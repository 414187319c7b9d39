import { pathText } from "../path.js";
import { type Finding, quoted } from "../problem.js";
import type { Part, Sound } from "../sound.js";
import { found } from "./found.js";

/** SNS keeps one subscription of an address to a topic, and a stack would hold two. */
const addressOnce = "Name each address once.";

/** Names and ids that must be used once, and are not. */
export function duplicates(sound: Sound): readonly Finding[] {
  const { notified, accounts, groups, plans, cells } = sound;
  const names = <T>(parts: readonly { readonly name: T | undefined }[]) =>
    parts.flatMap(({ name }) => name ?? []);
  return [
    ...repeated(notified.items, addressOnce),
    ...cells.items.flatMap(({ at, value }) =>
      repeated(
        value.notify.map((address, index) => ({ at: [...at, "notify", index], value: address })),
        addressOnce,
      ),
    ),
    ...repeated(
      accounts.flatMap(({ id }) => id ?? []),
      "Declare the account once, with all its lanes.",
    ),
    ...repeated(names(accounts), "Give each account a name of its own."),
    ...repeated(names(groups), "Give each group a name of its own."),
    ...repeated(names(plans), "Give each plan a name of its own."),
    ...accounts.flatMap(({ parts }) =>
      repeated(
        parts.items.map(({ at, value }) => ({ at: [...at, "region"], value: value.region })),
        "Declare the lane once, with all its servers.",
      ),
    ),
    ...plans.flatMap(({ parts }) =>
      repeated(
        parts.items.map(({ at, value }) => ({ at: [...at, "name"], value: value.name })),
        "Give each wave of the plan a name of its own.",
      ),
    ),
  ];
}

/** A finding for every value that an earlier part has taken. */
export function repeated(parts: readonly Part<string>[], remedy: string): readonly Finding[] {
  const first = new Map<string, Part<string>>();
  return parts.flatMap((part) => {
    const taken = first.get(part.value);
    if (taken === undefined) {
      first.set(part.value, part);
      return [];
    }
    const rule = `different from ${pathText(taken.at)}`;
    return [found(part.at, rule, quoted(part.value), remedy)];
  });
}
