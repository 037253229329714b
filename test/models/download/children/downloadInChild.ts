// Downloads one model in a process of its own, which can be killed: `downloadInChild.ts ENDPOINT LIBRARY REPOSITORY FILE`.
import { downloadModel } from '../../../../src/models/download/downloadModel.ts';
import { downloadTools } from '../../../../src/models/download/downloadTools.ts';
import { hubAccess } from '../../../../src/models/download/hub/hubAccess.ts';
import { ModelLibrary } from '../../../../src/models/library/modelLibrary.ts';
import { fromHub, SMALL_LIMITS } from '../../../support/hub/downloadBench.ts';

const [endpoint = '', folder = '', repository = '', file = ''] = process.argv.slice(2);
const hub = hubAccess({ endpoint, token: null, tokenAdvice: '', environment: {} });
const tools = downloadTools(
  new ModelLibrary(folder),
  { network: { proxy: null, environment: {} }, hub },
  // The silence of the hub is the test's doing, and no stall.
  { limits: { ...SMALL_LIMITS, stallMs: 60_000 } },
);
const model = await downloadModel(fromHub(repository, file), tools, {
  signal: new AbortController().signal,
  onProgress: (state, bytesDone) => process.stdout.write(`${state} ${bytesDone}\n`),
  onNote: () => undefined,
});
await tools.http.close();
process.stdout.write(`installed ${model.files[0]?.sha256 ?? ''}\n`);
