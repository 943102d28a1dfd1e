/** Health check of a container: exit code 0 when the address answers with success. */
const [, , url = 'http://127.0.0.1:4000/health/ready'] = process.argv;
const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
console.log(response.status);
process.exit(response.ok ? 0 : 1);
