import { api, unwrap } from '../../api/client';

export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** What a passkey answered to a challenge of the server, ready to be sent. */
export async function showPasskey(): Promise<{ ceremony: string; credential: object }> {
  const { ceremony, options } = await unwrap(api.POST('/api/v1/auth/passkey/options'));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  const credential = await navigator.credentials.get({ publicKey });
  return { ceremony, credential: (credential as PublicKeyCredential).toJSON() };
}

export async function makePasskey(begun: {
  ceremony: string;
  options: unknown;
}): Promise<{ ceremony: string; credential: object }> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    begun.options as PublicKeyCredentialCreationOptionsJSON,
  );
  const credential = await navigator.credentials.create({ publicKey });
  return { ceremony: begun.ceremony, credential: (credential as PublicKeyCredential).toJSON() };
}

/** The person closed the browser's dialog, or no passkey fits: nothing to complain about. */
export const wasDismissed = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
