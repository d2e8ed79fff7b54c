/** Kith as an app of Zapier's platform: a Zap subscribes itself, is told of what is due, and writes back. */
const { authentication } = require('./authentication');
const contact = require('./creates/contact');
const interaction = require('./creates/interaction');
const reminder = require('./creates/reminder');
const ringAnswer = require('./creates/ring-answer');
const { version } = require('./package.json');
const { addressed, accepted } = require('./requests');
const foundContact = require('./searches/contact');
const { triggers } = require('./triggers');

const byKey = (parts) => Object.fromEntries(parts.map((part) => [part.key, part]));

exports.version = version;
exports.platformVersion = require('zapier-platform-core').version;
exports.authentication = authentication;
exports.beforeRequest = [addressed];
exports.afterResponse = [accepted];
exports.triggers = byKey(triggers);
exports.creates = byKey([contact, interaction, reminder, ringAnswer]);
exports.searches = byKey([foundContact]);
