/** Every kind of reminder, in floor order. They are loaded first, since calendars show their lenses. */
import '../features/contacts/contact.kinds.js';
import '../features/recruiters/recruiter.kinds.js';
import '../features/interviews/round.kinds.js';
