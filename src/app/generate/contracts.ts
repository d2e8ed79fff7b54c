import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { printSchema } from 'graphql';
import { stringify } from 'yaml';
import { openApiDocument } from '../../platform/http/openapi.js';
import { parityTable } from '../parity.js';
import { HEADER } from './header.js';

/** Both contracts, and the table of their operations. */
export function contracts(app: NestFastifyApplication): Map<string, string> {
  const { schema } = app.get(GraphQLSchemaHost);
  const document = openApiDocument(app);
  return new Map([
    ['schema.graphql', `# ${HEADER}\n\n${printSchema(schema)}\n`],
    ['openapi.yaml', `# ${HEADER}\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`],
    ['docs/parity.md', `<!-- ${HEADER} -->\n\n${parityTable(document, schema)}`],
  ]);
}
