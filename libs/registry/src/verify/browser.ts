import { readSeenLog, seenText, type SeenLog } from './seen-log.js';
import { httpSite, SiteError } from './site.js';
import { verifyLog } from './verifier.js';

/** As much of a browser as this page uses. */
interface PageElement {
  hidden: boolean;
  disabled: boolean;
  className: string;
  textContent: string | null;
  append(child: PageElement): void;
  replaceChildren(): void;
  addEventListener(type: 'click', listener: () => void): void;
}
declare const document: {
  getElementById(id: string): PageElement | null;
  createElement(name: string): PageElement;
};
declare const localStorage: {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
};
declare const location: { readonly origin: string };

const KEY = 'commonwright-seen-log';

function element(id: string): PageElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`This page has no ${id}.`);
  return found;
}

function lastSeen(): SeenLog | null {
  const text = localStorage.getItem(KEY);
  return text === null ? null : readSeenLog(text);
}

async function check(): Promise<void> {
  const [button, steps, result] = [element('check'), element('steps'), element('result')];
  button.disabled = true;
  steps.replaceChildren();
  result.className = 'verdict';
  result.textContent = 'Checking …';
  const say = (sentence: string): void => {
    const item = document.createElement('li');
    item.textContent = sentence;
    steps.append(item);
  };
  try {
    const seen = lastSeen();
    say(
      seen
        ? 'This browser has seen the log before; it goes on from there.'
        : 'This browser sees the log for the first time.',
    );
    const {
      line,
      problems,
      seen: next,
    } = await verifyLog({ site: httpSite(location.origin, fetch), seen, say });
    if (next) localStorage.setItem(KEY, seenText(next));
    result.className = problems.length === 0 ? 'verdict good' : 'verdict bad';
    result.textContent = line;
  } catch (error) {
    result.className = 'verdict bad';
    const why = error instanceof SiteError || error instanceof Error ? error.message : String(error);
    result.textContent = `NOT CHECKED  ${why}`;
  } finally {
    button.disabled = false;
  }
}

element('tool').hidden = false;
element('check').addEventListener('click', () => void check());
