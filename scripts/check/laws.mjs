/**
 * The rules of this project that a linter can check, as ESLint rules (`kith/…`).
 * Each has a name, so an exception is one line in eslint.config.js, and a message that says what to do instead.
 */

/** A rule that reports every node matching one of the selectors (https://eslint.org/docs/latest/extend/selectors). */
function never(message, ...selectors) {
  return {
    meta: { type: 'problem', messages: { law: message }, schema: [] },
    create: (context) =>
      Object.fromEntries(selectors.map((selector) => [selector, (node) => context.report({ node, messageId: 'law' })])),
  };
}

/** A rule that reports a file of more than `lines` lines, blank ones and comments included. */
function atMost(lines, message) {
  return {
    meta: { type: 'suggestion', messages: { law: message }, schema: [] },
    create: (context) => ({
      Program(node) {
        const { length } = context.sourceCode.lines;
        if (length > lines) context.report({ node, loc: { line: lines, column: 0 }, messageId: 'law' });
      },
    }),
  };
}

/** A rule that reports a function of more than `lines` lines, signature included. A mixin is measured by its methods. */
function functionsAtMost(lines, message) {
  const isMixin = ({ body }) => body.body?.some?.(({ type }) => type === 'ClassDeclaration') ?? false;
  return {
    meta: { type: 'suggestion', messages: { law: message }, schema: [] },
    create: (context) => ({
      ':function'(node) {
        const { start, end } = node.loc;
        if (end.line - start.line >= lines && !isMixin(node)) context.report({ node, messageId: 'law' });
      },
    }),
  };
}

const METHOD_BODY = 'MethodDefinition[kind="method"] > FunctionExpression > BlockStatement';

export const laws = {
  rules: {
    clock: never(
      'Time and chance are injected. Take Clock in the constructor, or the instant as an argument; ids come from kit/ids.',
      'NewExpression[callee.name="Date"][arguments.length=0]',
      'CallExpression[callee.name="Date"]',
      'MemberExpression[object.name="Date"][property.name="now"]',
      'MemberExpression[object.name="Temporal"][property.name="Now"]',
      'MemberExpression[object.name="Math"][property.name="random"]',
    ),
    environment: never(
      'The environment is read once, by platform/config. Take Config in the constructor.',
      'MemberExpression[object.name="process"][property.name="env"]',
      'ImportSpecifier[imported.name="env"]',
    ),
    problems: never(
      'Refuse with a Problem(code, message, details): platform/errors says it on both faces.',
      'ThrowStatement NewExpression[callee.name=/(Exception|GraphQLError)$/]',
      'ThrowStatement NewExpression[callee.property.name=/(Exception|GraphQLError)$/]',
    ),
    log: never(
      'What an error says may quote somebody: give the error to the log as its last argument, and it says what it may.',
      'CallExpression[callee.object.property.name="log"] > :matches(TemplateLiteral, CallExpression, MemberExpression).arguments Identifier[name=/^(error|cause|reason)$/]',
    ),
    'one-way': never(
      'forwardRef hides a cycle. Let the lower feature be taught, or move the shared part down.',
      'Identifier[name="forwardRef"]',
    ),
    'one-return': never(
      'A face method is one return: parsing belongs to the input class, rules to the service, mapping to the contract.',
      `${METHOD_BODY}[body.length!=1]`,
      `${METHOD_BODY} > :not(ReturnStatement)`,
      'ArrowFunctionExpression > BlockStatement',
    ),
    database: never(
      'A feature gets Database: db.rows() to read, db.write() to change. There is no other writer in scope.',
      'Identifier[name=/^(Repository|InjectRepository|DataSource|InjectDataSource|EntityManager|QueryRunner)$/]',
    ),
    'no-skips': never(
      'A test runs or is deleted: no only, no skip, no todo, no retries.',
      'MemberExpression[object.name=/^(describe|test|it)$/][property.name=/^(only|skip|todo|failing)$/]',
      'CallExpression[callee.name=/^(fdescribe|xdescribe|fit|xit|xtest)$/]',
      'MemberExpression[object.name="jest"][property.name="retryTimes"]',
    ),
    'no-mocks': never(
      'Nothing is mocked: override a provider, or inject a clock.',
      'MemberExpression[object.name="jest"][property.name=/^(mock|unstable_mockModule|doMock|spyOn)$/]',
    ),
    'file-length': atMost(260, 'A file has at most about 250 lines: one subject has become two, give each its own.'),
    'function-length': functionsAtMost(
      40,
      'A function has about 20 lines, 40 at most: name its steps and call them in order.',
    ),
  },
};
