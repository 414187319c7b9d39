import type { ArgumentTable, Need, Outcome, Row } from "./argument-table.js";

/** A component as it is deployed, and as one changed argument makes it. */
export interface Copy {
  /** Name in the program; those of all resources of the copy begin with it. */
  readonly name: string;
  readonly component: string;
  readonly argument: string;
  /** An account of its own, so that all copies may have the same names. */
  readonly account: string;
  readonly needs: readonly Need[];
  readonly from: Arguments;
  readonly to: Arguments;
  readonly outcome: Outcome;
  /** Types that hold here what may be lost. */
  readonly expendable: readonly string[];
}

type Arguments = Readonly<Record<string, unknown>>;

/** The account that samples name. */
const sampleAccount = "111122223333";

/** The copies of all rows of all tables, and one of each component as it is by default. */
export function allCopies(tables: readonly ArgumentTable[]): readonly Copy[] {
  return tables.flatMap((table, place) => [...copiesOf(table, place), keptCopyOf(table, place)]);
}

/** A copy for each row of a table. */
function copiesOf(table: ArgumentTable, place: number): readonly Copy[] {
  const { component, sample, unprotected } = table;
  const rows = Object.entries(table.rows).flatMap(([argument, given]) =>
    rowsIn(given).map((row, index) => ({ argument, row, index })),
  );
  const tried = rows.filter(({ row }) => row.outcome.kind !== "untried");
  return tried.map(({ argument, row, index }, position) => {
    const account = String(200_000_000_000 + place * 1_000 + position);
    const { from, beside, also } = row.given;
    const before = {
      ...sample,
      ...unprotected,
      ...beside,
      ...(from !== undefined && { [argument]: from }),
    };
    return {
      name: `${component}.${argument}.${index}`,
      component,
      argument,
      account,
      expendable: table.expendable ?? [],
      needs: inAccount(account, table.needs ?? []) as readonly Need[],
      from: inAccount(account, before) as Arguments,
      to: inAccount(account, given({ ...before, ...also, [argument]: row.to })) as Arguments,
      outcome: row.outcome,
    };
  });
}

/** The component as it is deployed by default, with what it keeps. */
function keptCopyOf({ component, sample, needs = [] }: ArgumentTable, place: number): Copy {
  const account = String(200_000_000_999 + place * 1_000);
  const args = inAccount(account, sample) as Arguments;
  const outcome = { kind: "unchanged", because: "nothing is changed" } as const;
  return {
    name: keptNameOf(component),
    component,
    argument: "none",
    account,
    expendable: [],
    needs: inAccount(account, needs) as readonly Need[],
    from: args,
    to: args,
    outcome,
  };
}

/** Name of the copy that is not changed. */
export function keptNameOf(component: string): string {
  return `${component}.kept`;
}

function rowsIn(rows: unknown): readonly Row<unknown, Arguments>[] {
  return (Array.isArray(rows) ? rows : [rows]) as readonly Row<unknown, Arguments>[];
}

function given(args: Arguments): Arguments {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

function inAccount(account: string, value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(sampleAccount, account);
  if (Array.isArray(value)) return value.map((item) => inAccount(account, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [inAccount(account, key), inAccount(account, item)]),
  );
}
