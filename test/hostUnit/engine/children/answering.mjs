// Speaks the engine's side of the wire by hand. What a run does is its question: "wait" answers only when it is
// cancelled, "die" writes a line and is gone, "hang" does not answer anything any more,
// "crash on the card" is gone as a driver's abort would have it unless the processor is to be used alone.
const cost = { decoded: 1, prefilled: 7, evaluated: 7, passes: 1, retokenised: 0, timeMs: 0 };
const PROMPT_READ = { type: 'prompt-read', by: 'generator', tokens: 7, timeMs: 0, cost };
const progress = { type: 'prompt-reading' };
const ended = (stop) => {
  const usage = { decoded: 0, prefilled: 0, evaluated: 0, passes: 0, retokenised: 0, timeMs: 0 };
  const tokens = { accepted: 0, decoded: 0, prefilled: 0 };
  return {
    type: 'run-ended',
    stop,
    failure: null,
    answer: null,
    steps: 0,
    tokens: { generator: tokens, mentor: tokens },
    mentorShare: 0,
    mentorStepShare: 0,
    usage: { generator: usage, mentor: usage },
    timeMs: 0,
  };
};
const answer = (id, result) => process.send({ type: 'request-answered', id, result });
const notify = (method, params) => process.send({ type: 'notification-sent', method, params });

function solve(id, { solveId, request }) {
  notify('progress-made', { solveId, progress });
  switch (request.prompt.question) {
    case 'die':
      notify('lines-written', { solveId, lines: [PROMPT_READ] });
      // The line must be on the wire before the end.
      process.send(progress, () => process.kill(process.pid, 'SIGKILL'));
      return;
    case 'crash on the card':
    case 'crash on the card later':
      if (request.options.gpu === 'off') {
        answer(id, ended('end'));
        return;
      }
      notify('progress-made', { solveId, progress: { type: 'backend-chosen', name: 'cuda' } });
      if (request.prompt.question.endsWith('later')) notify('lines-written', { solveId, lines: [PROMPT_READ] });
      process.send(progress, () => process.kill(process.pid, 'SIGABRT'));
      return;
    case 'hang':
      process.removeAllListeners('message');
      return;
    case 'wait':
      return;
    default:
      answer(id, ended('end'));
  }
}

process.on('message', ({ type, id, method, params }) => {
  if (type === 'request-cancelled') answer(id, ended('cancelled'));
  else if (method === 'solve') solve(id, params);
  else if (method === 'status')
    answer(id, {
      loadedModels: [
        { path: process.env.NODE_OPTIONS ?? 'none', contextSize: 1, estimatedBytes: 1, actualBytes: null },
      ],
      activeRuns: 0,
      residentBytes: 0,
      backend: { name: 'cpu', devices: [], note: null },
      memory: { totalBytes: 8, availableBytes: 4 },
    });
  else answer(id, null);
});
console.log('hello from the child');
console.error(`run as node: ${process.env.ELECTRON_RUN_AS_NODE}`);
process.send({ type: 'engine-ready' });
