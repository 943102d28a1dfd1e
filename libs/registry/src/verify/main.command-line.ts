import { verifyFromCommandLine } from './command-line.js';

process.exitCode = await verifyFromCommandLine(process.argv.slice(2));
