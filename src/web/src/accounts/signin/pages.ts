/** The pages of coming in, loaded together when the first of them is opened. */
export { ForgotPage } from './ForgotPage';
export { LoginPage } from './LoginPage';
export { RegisterPage } from './RegisterPage';
export { ResetPage } from './ResetPage';
export { VerifyEmailPage, VerifyPage } from './VerifyPage';
export { WelcomePage } from './WelcomePage';
