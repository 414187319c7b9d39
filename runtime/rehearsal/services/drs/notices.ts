import { plusSeconds, toIso } from "../../../core/instant.js";
import type { Timeline } from "../../clock.js";
import { parseArn } from "../arns.js";
import { fractionOf, hexOf } from "../hashing.js";

/** An event as EventBridge hands it to a rule's target. Source: EventBridge reference, Elastic Disaster Recovery. */
export interface DrsNotice {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: "aws.drs";
  readonly account: string;
  /** Whole seconds, with `Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, string>>;
}

/** How badly events arrive. AWS promises best effort; each share is of all events, from 0 to 1. */
export interface NoticeDelivery {
  /** Never delivered. */
  readonly lostShare?: number;
  /** Delivered twice, the second time late. */
  readonly doubledShare?: number;
  /** Delivered late, and so out of order. */
  readonly lateShare?: number;
  /**
   * Longest delay of late ones.
   *
   * @unit seconds
   * @defaultValue 300
   */
  readonly lateSeconds?: number;
}

export interface NoticeOptions {
  onNotice?(notice: DrsNotice): void;
  readonly noticeDelivery?: NoticeDelivery;
  /** False: points in time are not told. A clock with their timers never finds that nothing is left to happen. */
  readonly announcesSnapshots?: boolean;
}

/** Events on their way to EventBridge. Which of them are lost, late or doubled follows from the seed. */
export class Notices {
  private readonly timeline: Timeline;
  private readonly seed: number;
  private readonly options: NoticeOptions;
  private readonly counts = new Map<string, number>();

  constructor(timeline: Timeline, seed: number, options: NoticeOptions) {
    this.timeline = timeline;
    this.seed = seed;
    this.options = options;
  }

  /** Tells of a resource of DRS. Nothing happens when nobody listens. */
  publish(arn: string, detailType: string, detail: Readonly<Record<string, string>>): void {
    const place = parseArn(arn);
    if (!this.options.onNotice || !place) return;
    const { account, region } = place;
    this.deliver({
      version: "0",
      id: this.nextId(arn, detailType),
      "detail-type": detailType,
      source: "aws.drs",
      account,
      time: toIso(this.timeline.now()),
      region,
      resources: [arn],
      detail,
    });
  }

  private deliver(notice: DrsNotice): void {
    const { lostShare = 0, doubledShare = 0, lateShare = 0 } = this.options.noticeDelivery ?? {};
    const isIn = (share: number, what: string): boolean =>
      fractionOf(this.seed, what, notice.id) < share;
    if (isIn(lostShare, "lost")) return;
    this.hand(notice, isIn(lateShare, "late") ? this.delay(notice, "late") : 0);
    if (isIn(doubledShare, "doubled")) this.hand(notice, this.delay(notice, "again"));
  }

  private hand(notice: DrsNotice, seconds: number): void {
    const moment = plusSeconds(this.timeline.now(), seconds);
    this.timeline.at(moment, () => this.options.onNotice?.(notice));
  }

  private delay(notice: DrsNotice, what: string): number {
    const { lateSeconds = 300 } = this.options.noticeDelivery ?? {};
    return Math.ceil(lateSeconds * fractionOf(this.seed, what, "seconds", notice.id));
  }

  /** By resource and kind, so that what happens elsewhere changes no id. */
  private nextId(arn: string, detailType: string): string {
    const key = `${arn} ${detailType}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    const digits = hexOf(this.seed, "notice", key, count);
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
  }
}
