/** What the program says of itself to whoever looks at it. */
interface About {
  /** What it is for, in one sentence. */
  readonly lead: string;
  /** A GraphQL query to begin with. */
  readonly query: string;
}

let told: About = { lead: 'A headless API.', query: 'query Me {\n  me { accountName }\n}\n' };

/** The platform knows no subject: the app says what it is about. */
export function introduce(about: About): void {
  told = about;
}

export function about(): About {
  return told;
}
