import { useSearchParams } from 'react-router';

/** Where to go after signing in: a path inside this app, never another site. */
export function useNext(): string {
  const [search] = useSearchParams();
  const next = search.get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
