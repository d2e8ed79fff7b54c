import type { Contact } from '../contact.entity.js';

type Texts = 'name' | 'relation';
type MaybeTexts =
  | 'givenName'
  | 'familyName'
  | 'pronouns'
  | 'company'
  | 'title'
  | 'location'
  | 'timeZone'
  | 'birthday'
  | 'howWeMet'
  | 'metOn'
  | 'notes'
  | 'tier'
  | 'keepInTouchEvery';
type Instants = 'createdAt' | 'updatedAt';
type MaybeInstants = 'lastTouchAt' | 'nextTouchAt';

/** A contact as the API shows it: instants are texts. */
export type ExportedContact = Readonly<
  Pick<
    Contact,
    | 'id'
    | 'emails'
    | 'phones'
    | 'phoneNumbers'
    | 'links'
    | 'tags'
    | 'custom'
    | 'favourite'
    | 'archived'
    | 'doNotContact'
  > &
    Record<Texts | Instants, string> &
    Record<MaybeTexts | MaybeInstants, string | null>
>;
