/** A resource that a program registered with the engine harness: what the engine would keep of it. */
export interface RegisteredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  /** `URN::ID` of its provider. */
  readonly provider?: string;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly dependencies: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly id: string;
  /** Read from the cloud, not made by the program: policies see it in the whole stack alone. */
  readonly external?: boolean;
  /** URNs that each input depends on. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Account and Region it would live in, read from its provider and its own `region`. */
  readonly account?: string;
  readonly region?: string;
}

/** How a run of a program ended: what it registered, or why it stopped. */
export interface ProgramRun {
  readonly succeeded: boolean;
  readonly resources: readonly RegisteredResource[];
  /** Warnings and errors, as the program told them to the engine, and what it printed to stderr when it failed. */
  readonly messages: readonly {
    readonly severity: "warning" | "error";
    readonly text: string;
    readonly urn?: string;
  }[];
}
