import { api, unwrapPage } from '../../api/client';
import { useRecords } from '../../records/useRecords';
import { patternChannels } from '../sight/channels';
import { heard, useSight } from '../sight/useSight';
import { asQuery, belongs, type Pattern, type PatternFilter } from './filter';

/** The patterns that a filter leaves, newest first, as they come and go. */
export function usePatterns(filter: PatternFilter, enabled: boolean, limit = 50) {
  return useRecords<Pattern>({
    key: ['patterns', limit, filter],
    enabled,
    channels: patternChannels(heard(useSight())),
    read: (cursor, signal) =>
      unwrapPage(
        api.GET('/api/v1/patterns', {
          params: {
            query: { ...asQuery(filter, Date.now()), limit, ...(cursor === null ? {} : { cursor }) },
          },
          signal,
        }),
      ),
    itemOf: (message) => (message as { pattern: Pattern }).pattern,
    belongs: (pattern) => belongs(filter, pattern, Date.now()),
  });
}
