/** Loaded into API and worker by the test alone: a job whose maker walked away stays in nobody's hands. */
const { LeaseSweeper } = await import(
  new URL('../../dist/libs/workshop/src/tasks/lease-sweeper.processor.js', import.meta.url).href
);

LeaseSweeper.prototype.run = () => Promise.resolve(0);
