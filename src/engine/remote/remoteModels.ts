import type { ServerSource } from '../../core/modelSource.ts';
import { describeSource } from '../../core/modelSource.ts';
import { RemoteLanguageModel } from './remoteLanguageModel.ts';
import { ServerHttp } from './serverHttp.ts';
import type { ServerProfile } from './serverProfile.ts';
import { askServer } from './serverProfile.ts';

interface KnownServer {
  readonly http: ServerHttp;
  readonly profile: ServerProfile;
}

/** The models behind servers. What one is and can do is asked once, and again after anything went wrong with it. */
export class RemoteModels {
  readonly #known = new Map<string, KnownServer>();

  /**
   * @param use - whether the model writes the text, or is only asked at times.
   * @throws MentorCollabError `server-refused` where the server lacks the model, and what `ServerHttp.post` throws.
   */
  async open(source: ServerSource, use: 'writing' | 'asked', signal: AbortSignal): Promise<RemoteLanguageModel> {
    const key = keyOf(source);
    const { http, profile } = this.#known.get(key) ?? (await askAnew(source, signal));
    const model = RemoteLanguageModel.of(http, profile, use);
    this.#known.set(key, { http, profile });
    return model;
  }

  /** Lets a server be asked anew what it is. */
  forget(source: ServerSource): void {
    this.#known.delete(keyOf(source));
  }
}

async function askAnew(source: ServerSource, signal: AbortSignal): Promise<KnownServer> {
  const http = new ServerHttp({ source });
  return { http, profile: await askServer(http, signal) };
}

/** With the key, since what is answered may hang on it. */
function keyOf(source: ServerSource): string {
  return JSON.stringify([describeSource(source), source.apiKey]);
}
