/**
 * Whether the demo story has been told into the embedded database. The mark is made before the database
 * is, so that a start that was interrupted anywhere can be told from a database that someone uses.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../embedded/process.mjs';

/**
 * `pending`: the database is new; `telling`: the story began, and its end was not seen; `told`; `none`: the
 * database was begun with --empty, or by someone else.
 * @typedef {'pending' | 'telling' | 'told' | 'none'} StoryState
 */

/** @param {string} dataDir */
const fileOf = (dataDir) => join(dataDir, 'story.json');

/**
 * @param {string} dataDir
 * @returns {StoryState}
 */
export function storyState(dataDir) {
  if (!existsSync(fileOf(dataDir))) return 'none';
  const { state } = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  return state;
}

/**
 * @param {string} dataDir
 * @param {StoryState} state
 */
export function markStory(dataDir, state) {
  writeFileAtomically(fileOf(dataDir), JSON.stringify({ state }));
}
