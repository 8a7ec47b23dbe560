import { lazy, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Frame } from './frame/Frame';
import { NotFoundPage } from './frame/NotFoundPage';
import { ChartSkeleton } from './market/chart/ChartSkeleton';
import { MarketsPage } from './market/list/MarketsPage';
import { JobsPage } from './operations/jobs/JobsPage';
import { StatusPage } from './operations/status/StatusPage';
import { SettingsPage } from './preferences/SettingsPage';
import { ErrorBoundary } from './problems/ErrorBoundary';

const ChartPage = lazy(async () => ({ default: (await import('./market/chart/ChartPage')).ChartPage }));

export function App() {
  const [location] = useLocation();
  return (
    <Frame>
      {/* A page that failed does not take the frame with it, and the next page starts anew. */}
      <ErrorBoundary key={location}>
        <Switch>
          <Route path="/markets" component={MarketsPage} />
          <Route path="/chart/:symbol">
            {({ symbol }) => (
              <Suspense fallback={<ChartSkeleton />}>
                <ChartPage path={symbol} />
              </Suspense>
            )}
          </Route>
          <Route path="/status" component={StatusPage} />
          <Route path="/jobs" component={JobsPage} />
          <Route path="/settings" component={SettingsPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </ErrorBoundary>
    </Frame>
  );
}
