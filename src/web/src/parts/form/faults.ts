import type { ApiError } from '../../api/ApiError';

/** What the server found wrong, by field: details.fields holds a list of faults for each. */
export function faultsOf(error: ApiError): { readonly [field: string]: string } {
  const fields = error.details['fields'];
  if (error.code !== 'VALIDATION_FAILED' || typeof fields !== 'object' || fields === null) return {};
  const faults: { [field: string]: string } = {};
  for (const [field, said] of Object.entries(fields)) {
    const first: unknown = Array.isArray(said) ? said[0] : said;
    if (typeof first === 'string') faults[field] = first;
  }
  return faults;
}
