/** The texts with which the program describes itself. */
interface About {
  /** Its purpose, in one sentence. */
  readonly lead: string;
  /** A first GraphQL query to try. */
  readonly query: string;
}

let told: About = { lead: 'A headless API.', query: 'query Me {\n  me { accountName }\n}\n' };

/** The platform knows no subject, so the app sets these texts. */
export function introduce(about: About): void {
  told = about;
}

export function about(): About {
  return told;
}
