/** What becomes of a deployed component when one argument changes. */
export type Outcome =
  /** Something changes; nothing is replaced, and nothing that holds data is deleted. */
  | { readonly kind: "in-place" }
  /** As before, but AWS refuses the change when the deployment asks for it. */
  | { readonly kind: "refused-by-aws"; readonly because: string }
  /** What it does lies in a component of another plugin, whose resources the stand-in does not make. */
  | { readonly kind: "unseen"; readonly because: string }
  /** No change of it is tried. */
  | { readonly kind: "untried"; readonly because: string }
  /** Nothing changes. */
  | { readonly kind: "unchanged"; readonly because: string }
  /** These are made anew, none of which holds data that must be kept. */
  | { readonly kind: "replaces"; readonly types: readonly string[]; readonly because: string }
  /** These, which hold data, would be made anew or deleted, and the engine refuses. */
  | { readonly kind: "refused"; readonly types: readonly string[]; readonly because: string };

/** One change of one argument. */
export interface Row<Value, Args> {
  /** What the argument is changed to; left out where undefined. */
  readonly to: Value | undefined;
  readonly given: Given<Value, Args>;
  readonly outcome: Outcome;
}

/** What the change begins with. */
export interface Given<Value, Args> {
  /** The argument before the change, where it is not the sample's. */
  readonly from?: Value;
  /** Other arguments that this one needs, before the change and after it. */
  readonly beside?: Partial<Args>;
  /** Other arguments that change with it, because it makes no sense without. */
  readonly also?: Partial<Args>;
}

/** A row, or more, for each argument: one that has none does not compile. */
export type Rows<Args> = {
  readonly [Argument in keyof Args]-?: OneOrMore<Row<Exclude<Args[Argument], undefined>, Args>>;
};

type OneOrMore<Item> = Item | readonly Item[];

/** All arguments of a component, and what their changes come to. */
export interface ArgumentTable<Args = object> {
  /** Name of the component's class. */
  readonly component: string;
  /** Arguments with which it is deployed, as few as it takes. */
  readonly sample: Args;
  /** Arguments with which its resources may be deleted, so that the engine shows what it would replace. */
  readonly unprotected?: Partial<Args>;
  /** Types that hold what may be lost here, such as records of runs. Logs may, everywhere. */
  readonly expendable?: readonly string[];
  /** What must be there before, in the same account. */
  readonly needs?: readonly Need[];
  readonly rows: Rows<Args>;
}

/** A resource that another component makes. */
export interface Need {
  /** `module.Class` in the AWS package. */
  readonly resource: string;
  readonly args: object;
}

/** The change is made where things are. */
export function inPlace<Value, Args>(
  to: Value | undefined,
  given: Given<Value, Args> = {},
): Row<Value, Args> {
  return { to, given, outcome: { kind: "in-place" } };
}

/** The engine would make the change where things are, and AWS does not: the data stays as it is. */
export function refusedByAws<Value, Args>(
  to: Value | undefined,
  because: string,
  given: Given<Value, Args> = {},
): Row<Value, Args> {
  return { to, given, outcome: { kind: "refused-by-aws", because } };
}

/** The change lies in a plugin's component, where this engine does not see what it comes to. */
export function unseen<Value, Args>(
  to: Value | undefined,
  because: string,
  given: Given<Value, Args> = {},
): Row<Value, Args> {
  return { to, given, outcome: { kind: "unseen", because } };
}

/** No change can be tried in one stack. */
export function untried<Value, Args>(because: string): Row<Value, Args> {
  return { to: undefined, given: {}, outcome: { kind: "untried", because } };
}

/** The change is taken and comes to nothing. */
export function unchanged<Value, Args>(
  to: Value | undefined,
  because: string,
  given: Given<Value, Args> = {},
): Row<Value, Args> {
  return { to, given, outcome: { kind: "unchanged", because } };
}

/** The change makes anew what holds no data that must be kept: types as `service:Class`. */
export function replaces<Value, Args>(
  to: Value | undefined,
  types: readonly string[],
  because: string,
  given: Given<Value, Args> = {},
): Row<Value, Args> {
  return { to, given, outcome: { kind: "replaces", types, because } };
}

/** AWS cannot make the change where the data is: types as `service:Class`, those that hold data. */
export function refused<Value, Args>(
  to: Value | undefined,
  types: readonly string[],
  because: string,
  given: Given<Value, Args> = {},
): Row<Value, Args> {
  return { to, given, outcome: { kind: "refused", types, because } };
}
