// Will not go when asked to.
process.on('SIGTERM', () => console.log('asked to go'));
process.on('message', ({ id, method }) => {
  const result = { loadedPaths: [], activeRuns: 0, residentBytes: 0 };
  if (method === 'status') process.send({ type: 'request-answered', id, result });
});
process.send({ type: 'engine-ready' });
