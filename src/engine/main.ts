import { MentorCollabError } from '../core/errors.ts';
import { ENGINE_READY, serveEngine } from '../protocol/engineRpc.ts';
import { RpcConnection } from '../protocol/rpc.ts';
import { LlamaEngine } from './engine.ts';

/** Lines of a run gather this long before they are sent: one message a frame at most. */
const FLUSH_AFTER_MS = 16;

/** The engine process: forked by its owner, spoken to over the IPC channel, gone when the owner is. */
function main(): void {
  if (!process.send) {
    console.error('The engine process is started by MentorCollab, not by hand.');
    process.exit(2);
  }
  const connection = new RpcConnection({
    send: (message) => {
      // A channel that has closed is told by `disconnect`.
      if (process.connected) process.send?.(message);
    },
    onFault: (error) => {
      console.error(`protocol: ${error.message}`);
    },
  });
  process.on('message', (message) => {
    connection.receive(message);
  });
  process.on('disconnect', () => {
    connection.close(new MentorCollabError('engine-crashed', 'The owner of the engine process has gone.'));
    process.exit(0);
  });
  const engine = new LlamaEngine({
    log: (line) => {
      console.error(line);
    },
  });
  serveEngine(connection, engine, (flush) => {
    setTimeout(flush, FLUSH_AFTER_MS);
  });
  process.send(ENGINE_READY);
}

/** A defect: what is left of the process is not to be trusted, and the owner starts another. */
function die(what: string, thrown: unknown): never {
  console.error(`${what}:`, thrown);
  process.exit(1);
}

process.on('uncaughtException', (thrown) => {
  die('uncaught error', thrown);
});
process.on('unhandledRejection', (thrown) => {
  die('unhandled rejection', thrown);
});
main();
