import type { Timeline } from "../clock.js";
import type { Scope } from "./scope.js";

/**
 * Keeps the clock still while any branch of any execution works. A branch is at work or suspended;
 * who wakes it puts it to work before anything else happens, so the clock never slips between.
 */
export class Activity {
  readonly #timeline: Timeline;
  #working = 0;
  #rest: () => void = () => undefined;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** One more branch is at work. */
  begin(): void {
    this.#working += 1;
    if (this.#working > 1) return;
    const work = new Promise<void>((resolve) => {
      this.#rest = resolve;
    });
    void this.#timeline.hold(work);
  }

  /** One branch less is at work. */
  end(): void {
    this.#working -= 1;
    if (this.#working === 0) this.#rest();
  }

  /**
   * Suspends the calling branch until it is resumed. `arrange` says how to take back what it set up;
   * that happens once, when the branch is resumed or its scope closes. A branch whose scope closes
   * is never resumed.
   */
  suspend<T>(scope: Scope, arrange: (resume: (value: T) => void) => () => void): Promise<T> {
    return new Promise((resolve) => {
      const suspension = { isOver: !scope.isOpen, takeBack: (): void => undefined };
      const leave = (): boolean => {
        if (suspension.isOver) return false;
        suspension.isOver = true;
        suspension.takeBack();
        return true;
      };
      if (scope.isOpen) {
        const forget = scope.onClose(leave);
        const undo = arrange((value) => {
          if (!leave()) return;
          this.begin();
          resolve(value);
        });
        const isResumed = suspension.isOver;
        suspension.takeBack = (): void => {
          forget();
          undo();
        };
        if (isResumed) suspension.takeBack();
      }
      this.end();
    });
  }
}
