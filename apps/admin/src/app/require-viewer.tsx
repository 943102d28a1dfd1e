import { Navigate, Outlet, useLocation } from 'react-router';
import { useViewer } from '~/features/identity/use-viewer';
import { PageSkeleton } from '~/ui/loaded';

/** Sends a visitor to the sign-in page, and back here afterwards. */
export function RequireViewer() {
  const viewer = useViewer();
  const { pathname, search } = useLocation();
  if (viewer === undefined) return <PageSkeleton />;
  if (viewer === null)
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return <Outlet />;
}
