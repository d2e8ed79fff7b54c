import { Choice, Text } from '../../platform/contract/fields.js';
import { Part } from '../../platform/contract/shapes.js';

const LINK_KINDS = [
  'github',
  'gitlab',
  'codeberg',
  'linkedin',
  'mastodon',
  'discord',
  'bluesky',
  'x',
  'website',
  'other',
] as const;

@Part('Where to find a person online: a handle or an address.')
export class ContactLink {
  @Choice({ name: 'LinkKind', values: LINK_KINDS, description: 'The site or service.' })
  kind!: (typeof LINK_KINDS)[number];

  @Text({ max: 500, description: 'The handle or the URL.', example: 'https://github.com/octocat' })
  value!: string;
}
