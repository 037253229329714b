// Will not go when asked to.
process.on('SIGTERM', () => console.log('asked to go'));
process.on('message', ({ id, method }) => {
  const result = {
    loadedModels: [],
    activeRuns: 0,
    residentBytes: 0,
    backend: null,
    memory: { totalBytes: 8, availableBytes: 4 },
  };
  if (method === 'status') process.send({ type: 'request-answered', id, result });
});
process.send({ type: 'engine-ready' });
