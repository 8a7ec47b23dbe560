import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { tabs as profileTabs } from './accounts/profile/tabs';
import { Frame } from './frame/Frame';
import { NotFoundPage } from './frame/NotFoundPage';
import { ChartSkeleton } from './market/chart/ChartSkeleton';
import { MarketsPage } from './market/list/MarketsPage';
import { JobsPage } from './operations/jobs/JobsPage';
import { StatusPage } from './operations/status/StatusPage';
import { SettingsPage } from './preferences/SettingsPage';
import { ErrorBoundary } from './problems/ErrorBoundary';

const entrance = () => import('./accounts/signin/pages');
const LoginPage = lazy(async () => ({ default: (await entrance()).LoginPage }));
const RegisterPage = lazy(async () => ({ default: (await entrance()).RegisterPage }));
const VerifyPage = lazy(async () => ({ default: (await entrance()).VerifyPage }));
const VerifyEmailPage = lazy(async () => ({ default: (await entrance()).VerifyEmailPage }));
const ForgotPage = lazy(async () => ({ default: (await entrance()).ForgotPage }));
const ResetPage = lazy(async () => ({ default: (await entrance()).ResetPage }));
const WelcomePage = lazy(async () => ({ default: (await entrance()).WelcomePage }));
const ProfilePage = lazy(async () => ({
  default: (await import('./accounts/profile/ProfilePage')).ProfilePage,
}));
const administration = () => import('./admin/pages');
const UsersPage = lazy(async () => ({ default: (await administration()).UsersPage }));
const UserPage = lazy(async () => ({ default: (await administration()).UserPage }));
const AuditPage = lazy(async () => ({ default: (await administration()).AuditPage }));
const SendersPage = lazy(async () => ({ default: (await administration()).SendersPage }));
const DashboardPage = lazy(async () => ({
  default: (await import('./dashboard/DashboardPage')).DashboardPage,
}));
const PatternsPage = lazy(async () => ({
  default: (await import('./patterns/list/PatternsPage')).PatternsPage,
}));
const SignalsPage = lazy(async () => ({ default: (await import('./signals/SignalsPage')).SignalsPage }));
const SignalPage = lazy(async () => ({ default: (await import('./signals/SignalPage')).SignalPage }));
const alerts = () => import('./alerts/pages');
const AlertsPage = lazy(async () => ({ default: (await alerts()).AlertsPage }));
const NewAlertPage = lazy(async () => ({ default: (await alerts()).NewAlertPage }));
const AlertPage = lazy(async () => ({ default: (await alerts()).AlertPage }));
const LabPages = lazy(async () => ({ default: (await import('./lab/LabPages')).LabPages }));
const LearnPage = lazy(async () => ({ default: (await import('./learn/LearnPage')).LearnPage }));
const ChartPage = lazy(async () => ({ default: (await import('./market/chart/ChartPage')).ChartPage }));

export function App() {
  const [location] = useLocation();
  return (
    <Frame>
      {/* A page that failed does not take the frame with it, and the next page starts anew. */}
      <ErrorBoundary key={location}>
        <Suspense>
          <Switch>
            <Route path="/dashboard" component={DashboardPage} />
            <Route path="/markets" component={MarketsPage} />
            <Route path="/patterns" component={PatternsPage} />
            <Route path="/signals" component={SignalsPage} />
            <Route path="/signals/:id">
              {({ id }) => (/^\d{1,15}$/.test(id) ? <SignalPage id={Number(id)} /> : <NotFoundPage />)}
            </Route>
            <Route path="/alerts" component={AlertsPage} />
            <Route path="/alerts/new" component={NewAlertPage} />
            <Route path="/alerts/:id">
              {({ id }) => (/^\d{1,15}$/.test(id) ? <AlertPage id={Number(id)} /> : <NotFoundPage />)}
            </Route>
            <Route path="/backtest/*?" component={LabPages} />
            <Route path="/learn/patterns">
              <Redirect to="/learn/patterns/fair-value-gap" replace />
            </Route>
            <Route path="/learn/patterns/:kind">{({ kind }) => <LearnPage slug={kind} />}</Route>
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
            <Route path="/login" component={LoginPage} />
            <Route path="/register" component={RegisterPage} />
            <Route path="/confirm" component={VerifyPage} />
            <Route path="/verify-email" component={VerifyEmailPage} />
            <Route path="/forgot" component={ForgotPage} />
            <Route path="/reset" component={ResetPage} />
            <Route path="/welcome" component={WelcomePage} />
            <Route path="/profile">
              <Redirect to="/profile/account" replace />
            </Route>
            {profileTabs.map((tab) => (
              <Route key={tab} path={`/profile/${tab}`}>
                <ProfilePage tab={tab} />
              </Route>
            ))}
            <Route path="/admin">
              <Redirect to="/admin/users" replace />
            </Route>
            <Route path="/admin/users" component={UsersPage} />
            <Route path="/admin/users/:id">
              {({ id }) => (/^\d{1,15}$/.test(id) ? <UserPage id={Number(id)} /> : <NotFoundPage />)}
            </Route>
            <Route path="/admin/audit" component={AuditPage} />
            <Route path="/admin/senders" component={SendersPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Frame>
  );
}
