import type { Config } from '../platform/config/config.js';

/** The text at start: the addresses, and the first key, shown once. */
export function greeting(address: string | null, config: Config, embedded: boolean, firstKey: string | null): string {
  const lines = [
    '',
    `Kith is running (${[...config.roles].join(' and ')}).`,
    '',
    ...(address ? [`  REST      ${address}/v1`, `  GraphQL   ${address}/graphql`, `  Docs      ${address}/docs`] : []),
    `  Database  ${embedded ? `embedded, in ${config.dataFolder}` : 'the server of DATABASE_URL'}`,
    '',
    ...(firstKey
      ? ['  Your first key. It is shown this once; keep it:', '', `  ${firstKey}`, '']
      : [
          '  The key was shown at the first start; make more with POST /v1/keys, or `npm run kith -- keys create`.',
          '',
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
