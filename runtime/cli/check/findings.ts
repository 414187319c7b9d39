/** What a check says about one place of the environment file. */
export interface CheckFinding {
  /** `refused` ends the check with exit code 1; `advice` does not. */
  readonly level: "refused" | "advice";
  /** As the user would type it: `plans[0].objectives.rtoMinutes`. */
  readonly path: string;
  readonly message: string;
}
