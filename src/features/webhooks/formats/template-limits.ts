/** What one rendering may compute, in milliseconds. */
export const MOST_MS = 100;
/** The longest time of one rendering where the machine is busy with other things, in milliseconds. */
export const LONGEST_MS = 1_000;
/** What the thread that renders may keep, in MB: an event and its message are below one. */
export const MOST_MB = 48;
