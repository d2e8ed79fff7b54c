import { fold, foldName } from '../../src/kit/fold.js';

it.each([
  ['Öztürk', 'ozturk'],
  ['O\u0308ztu\u0308rk', 'ozturk'],
  ['IŞIK ışık', 'isik isik'],
  ['Straße', 'strasse'],
  ['Łukasz Ørsted', 'lukasz orsted'],
  ['Æsir Œuvre', 'aesir oeuvre'],
  ['김민수', '김민수'],
  ['Ｆｕｌｌ', 'full'],
])('folds %s to %s', (text, folded) => expect(fold(text)).toBe(folded));

it.each([
  ['E-Mail-Adresse', 'emailadresse'],
  [' e mail adresse ', 'emailadresse'],
  ['メールアドレス', 'メールアドレス'.normalize('NFKD').replace(/\p{M}/gu, '')],
])('knows the column %j as %s', (name, folded) => expect(foldName(name)).toBe(folded));
