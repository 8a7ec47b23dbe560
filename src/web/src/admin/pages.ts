/** The administration, loaded when the first of its pages is opened. */
export { AuditPage } from './AuditPage';
export { SendersPage } from './SendersPage';
export { UserPage } from './UserPage';
export { UsersPage } from './UsersPage';
