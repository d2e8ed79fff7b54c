import type { GraphQLObjectType } from 'graphql';
import { getNamedType } from 'graphql';
import type { TestProgram } from '../../harness/program.js';
import { ask } from './asking.js';
import type { ListPlace } from './operation.js';

/** Cursors of every list, below each type and at the root, in two orders; of a ranked list in its own. */
export async function placesOf(program: TestProgram): Promise<Map<string, ListPlace[]>> {
  const found = new Map<string, ListPlace[]>();
  const query = program.schema.getQueryType() as GraphQLObjectType;
  for (const root of connections(query)) {
    const node = program.schema.getType(root.of) as GraphQLObjectType;
    for (const direction of root.isSorted ? ['asc', 'desc'] : ['desc']) {
      const list = `(first: 40, sort: [{ field: id, direction: ${direction} }])`;
      const below = connections(node).map(({ name }) => `${name}${list} { edges { cursor } }`);
      const { body } = await ask(program, {
        query: `{ it: ${root.name}${root.isSorted ? list : '(first: 40)'} { edges { cursor node { id ${below.join(' ')} } } } }`,
      });
      const { edges } = body.data?.it as { edges: { cursor: string; node: Record<string, Edges> }[] };
      const args = { sort: [{ field: 'id', direction }] };
      const put = (path: string, given: object, cursors: string[]): void => {
        if (cursors.length > 0) found.set(path, [...(found.get(path) ?? []), { arguments: { ...given }, cursors }]);
      };
      put(`Query.${root.name}`, root.isSorted ? args : {}, cursorsIn({ edges }));
      for (const { name } of connections(node)) {
        put(
          `${node.name}.${name}`,
          args,
          edges.flatMap((edge) => cursorsIn(edge.node[name])),
        );
      }
    }
  }
  return found;
}

interface Edges {
  readonly edges: readonly { readonly cursor: string }[];
}

function cursorsIn(list: Edges | undefined): string[] {
  return (list?.edges ?? []).map(({ cursor }) => cursor);
}

function connections(type: GraphQLObjectType): { name: string; of: string; isSorted: boolean }[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const { name } = getNamedType(field.type);
    return name.endsWith('Connection')
      ? [
          {
            name: field.name,
            of: name.replace(/Connection$/, ''),
            isSorted: field.args.some((one) => one.name === 'sort'),
          },
        ]
      : [];
  });
}
