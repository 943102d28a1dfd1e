import { tellStory } from './story.js';

const url = process.env['DEMO_API_URL'];
if (!url) {
  console.error(
    'DEMO_API_URL is not set: the story needs the address of a running API, such as http://127.0.0.1:4000.',
  );
  process.exit(1);
}

try {
  await tellStory(url, new Date());
  console.log('The demo story is told.');
} catch (error) {
  console.error(`The demo story broke off: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
