/** Alerts, loaded when the first of their pages is opened. */
export { AlertsPage } from './AlertsPage';
export { AlertPage } from './form/AlertPage';
export { NewAlertPage } from './form/NewAlertPage';
