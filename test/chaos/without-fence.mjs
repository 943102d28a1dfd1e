/** Loaded into API and worker by the test alone: who held a job once may go on with it, whoever holds it now. */
const { JobService } = await import(
  new URL('../../dist/libs/workshop/src/job.service.js', import.meta.url).href
);

const { apply } = JobService.prototype;
/** @param {object} tx @param {{ personId: string }} viewer @param {{ jobId: string, fence: number }} input */
JobService.prototype.apply = async function applyUnfenced(tx, viewer, input) {
  const { jobs } = this;
  const blind = Object.create(jobs, {
    lock: {
      value: async (/** @type {object} */ inner, /** @type {string} */ id) => {
        const job = await jobs.lock(inner, id);
        return job?.claimedBy ? { ...job, claimedBy: viewer.personId } : job;
      },
    },
  });
  const job = await jobs.lock(tx, input.jobId);
  const self = Object.create(this, { jobs: { value: blind } });
  return apply.call(self, tx, viewer, { ...input, fence: job?.fence ?? input.fence });
};
