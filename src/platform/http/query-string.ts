type Tree = { [name: string]: unknown };

const MOST_PARAMETERS = 200;
const TOO_MANY = `More than ${MOST_PARAMETERS} parameters`;
const DEEPEST = 12;

/**
 * Parses `filter[company][contains]=acme` into objects. A repeated name becomes a list, which only parameters that
 * take lists accept, and so does a name that ends with `[]`, even once. Objects have no prototype, so no name can modify one.
 */
export function parseQueryString(text: string): Tree {
  const tree = Object.create(null) as Tree;
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    // No operation has a parameter of this name, so the address is refused, and not read in part.
    if (count > MOST_PARAMETERS) return Object.assign(Object.create(null) as Tree, { [TOO_MANY]: '' });
    const path = pathOf(name);
    if (path.length > 1 && path.at(-1) === '') place(tree, path.slice(0, -1), [value]);
    else place(tree, path, value);
  }
  return tree;
}

function pathOf(name: string): string[] {
  const [head = ''] = name.split('[', 1);
  const rest = name.slice(head.length);
  if (rest === '' || !/^(\[[^[\]]*\])+$/.test(rest)) return [name];
  const path = [head, ...rest.slice(1, -1).split('][')];
  return path.length <= DEEPEST ? path : [name];
}

function place(tree: Tree, path: readonly string[], value: string | readonly string[]): void {
  let branch = tree;
  for (const name of path.slice(0, -1)) {
    const next = branch[name];
    if (typeof next !== 'object' || next === null || Array.isArray(next)) branch[name] = Object.create(null) as Tree;
    branch = branch[name] as Tree;
  }
  const leaf = path.at(-1) ?? '';
  const known = branch[leaf];
  branch[leaf] = known === undefined ? value : [known, value].flat();
}
