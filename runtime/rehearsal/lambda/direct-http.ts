import { EventEmitter } from "node:events";
import type { RequestOptions } from "node:http";
import { Readable } from "node:stream";
import { type WireReply, type WireRequest, wireRequest } from "../services/wire-exchange.js";

/** Answers a request; rejects where the connection would be cut. */
export type Exchange = (request: WireRequest) => Promise<WireReply>;

/** Requests of one sandbox that reach the gateway without a socket. */
export interface DirectHttp {
  /** Stands for `http.request`. */
  readonly request: (options: RequestOptions, listener: (response: Readable) => void) => object;
  /** Requests whose replies have not arrived. */
  inFlight(): number;
  /** From now on nothing is sent, and no reply arrives. */
  close(): void;
}

/** A client of the gateway, for code that asks as the SDK does: one body, one reply. */
export function directHttp(exchange: Exchange): DirectHttp {
  let inFlight = 0;
  let isClosed = false;

  async function send(outgoing: Outgoing, request: WireRequest): Promise<void> {
    if (isClosed) return;
    inFlight += 1;
    try {
      const reply = await exchange(request);
      if (!isClosed) outgoing.receive(reply);
    } catch {
      if (!isClosed) outgoing.fail();
    } finally {
      inFlight -= 1;
    }
  }

  return {
    request(options, listener) {
      const outgoing = new Outgoing(options, send);
      outgoing.once("response", listener);
      return outgoing;
    },
    inFlight: () => inFlight,
    close() {
      isClosed = true;
    },
  };
}

/** Sockets are asked for settings that mean nothing here. */
class NoSocket extends EventEmitter {
  readonly connecting = false;
  setKeepAlive(): void {}
  setTimeout(): void {}
  destroy(): void {}
}

class Outgoing extends EventEmitter {
  readonly socket = new NoSocket();
  private readonly options: RequestOptions;
  private readonly send: (outgoing: Outgoing, request: WireRequest) => Promise<void>;
  private isDestroyed = false;

  constructor(
    options: RequestOptions,
    send: (outgoing: Outgoing, request: WireRequest) => Promise<void>,
  ) {
    super();
    this.options = options;
    this.send = send;
    queueMicrotask(() => this.emit("socket", this.socket));
  }

  setTimeout(): this {
    return this;
  }

  end(body?: string | Buffer): this {
    const { method, path, headers = {} } = this.options;
    const head = { method, url: path ?? "/", headers };
    void this.send(this, wireRequest(head, Buffer.from(body ?? "")));
    return this;
  }

  destroy(): this {
    this.isDestroyed = true;
    this.emit("close");
    return this;
  }

  receive({ status, headers, body }: WireReply): void {
    if (this.isDestroyed) return;
    const response = Object.assign(Readable.from([body]), {
      statusCode: status,
      statusMessage: "",
      headers,
      complete: true,
    });
    this.emit("response", response);
    this.emit("close");
  }

  fail(): void {
    if (this.isDestroyed) return;
    this.emit("error", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
    this.emit("close");
  }
}
