import type { MentorCollabError } from '../../src/core/errors.ts';
import { RpcConnection } from '../../src/protocol/rpc.ts';

/** Two connections joined in memory; what they send each other goes through JSON, as over a real wire. */
export class MemoryWire {
  readonly left: RpcConnection;
  readonly right: RpcConnection;
  /** Faults that either end was told of. */
  readonly faults: MentorCollabError[] = [];
  /** Every message in the order sent, as text. */
  readonly sent: string[] = [];
  /** While true, sending throws. */
  isBroken = false;

  constructor() {
    this.left = this.#end(() => this.right);
    this.right = this.#end(() => this.left);
  }

  #end(other: () => RpcConnection): RpcConnection {
    return new RpcConnection({
      send: (message) => {
        if (this.isBroken) throw new Error('the wire is broken');
        const text = JSON.stringify(message);
        this.sent.push(text);
        queueMicrotask(() => {
          other().receive(JSON.parse(text));
        });
      },
      onFault: (error) => {
        this.faults.push(error);
      },
    });
  }
}
