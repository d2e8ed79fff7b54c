/** Names that go together, and where their bearers live. People of the seed get one of each, so that nobody real is meant. */
export interface Origin {
  readonly given: readonly (readonly [name: string, pronouns: string])[];
  readonly family: readonly string[];
  readonly places: readonly string[];
}

const SHE = 'she/her';
const HE = 'he/him';
const THEY = 'they/them';

const she = (names: string) => names.split(' ').map((name) => [name, SHE] as const);
const he = (names: string) => names.split(' ').map((name) => [name, HE] as const);
const they = (names: string) => names.split(' ').map((name) => [name, THEY] as const);

export const ORIGINS: readonly Origin[] = [
  {
    given: [...she('Ottilie Frieda Nele Wiebke'), ...he('Joris Lennart Veit Bendix'), ...they('Kim')],
    family: ['Achterfeld', 'Brunnhuber', 'Dornkamp', 'Eschwege', 'Finkenau', 'Grothusen', 'Haberstroh', 'Lindhorst'],
    places: ['Berlin', 'Munich', 'Hamburg'],
  },
  {
    given: [...she('Imogen Tamsin Bronwen Freya'), ...he('Callum Rhys Alasdair Dougal'), ...they('Rowan')],
    family: [
      'Ashgrove',
      'Birtwhistle',
      'Copplestone',
      'Fennimore',
      'Garthwaite',
      'Penhallow',
      'Thistlewood',
      'Wetherden',
    ],
    places: ['London', 'Edinburgh'],
  },
  {
    given: [...she('Clémence Maëlle Solène Apolline'), ...he('Théo Gaspard Loïc Bastien'), ...they('Camille')],
    family: [
      'Beaurivage',
      'Chantereau',
      'Delacombe',
      'Fontanelle',
      'Maisonrouge',
      'Peyrelade',
      'Rochebrune',
      'Villeneau',
    ],
    places: ['Paris', 'Lyon'],
  },
  {
    given: [...she('Ximena Lucía Noelia Brisa'), ...he('Álvaro Joaquín Matías Emilio'), ...they('Sol')],
    family: ['Arrizaga', 'Belmonteza', 'Carrascal', 'Espinoval', 'Lagunera', 'Montesclaros', 'Peñalver', 'Villaseca'],
    places: ['Madrid', 'Mexico City', 'Buenos Aires'],
  },
  {
    given: [...she('Jagoda Zuzanna Halina Ewelina'), ...he('Bartosz Ignacy Mateusz Tymon'), ...they('Sasza')],
    family: ['Brzezina', 'Dobrogost', 'Jaworzyn', 'Kalinowiec', 'Lipowiec', 'Olszanka', 'Radomir', 'Wierzbowiec'],
    places: ['Warsaw', 'Kraków'],
  },
  {
    given: [...she('Adaeze Folake Ngozi Simisola'), ...he('Chidi Obinna Babatunde Tobenna'), ...they('Ife')],
    family: ['Adewunmi', 'Balogunde', 'Chukwemere', 'Ezenduka', 'Nwafornso', 'Okonjide', 'Olaniregun', 'Udegbulam'],
    places: ['Lagos', 'London'],
  },
  {
    given: [...she('Ananya Meenal Ishita Revathi'), ...he('Devansh Karthik Rohan Vihaan'), ...they('Kiran')],
    family: [
      'Bhattarakar',
      'Chandavarkar',
      'Deshmane',
      'Iyengaran',
      'Kulkarnath',
      'Menonath',
      'Raghunandan',
      'Srivastal',
    ],
    places: ['Bengaluru', 'Pune'],
  },
  {
    given: [...she('Haruka Mizuki Sayuri Aoi'), ...he('Daichi Kenta Ryota Shinji'), ...they('Nagi')],
    family: ['Amanogawa', 'Hoshikawa', 'Kazehara', 'Mizushiro', 'Natsukawa', 'Shiroyama', 'Tsukimori', 'Yukishita'],
    places: ['Tokyo', 'Osaka'],
  },
  {
    given: [...she('Meiling Xiuying Jiayi Anqi'), ...he('Haoran Zihan Weijie Bolin'), ...they('Qing')],
    family: ['Baiyun', 'Donghai', 'Fengshan', 'Hongqiao', 'Longxi', 'Nanhe', 'Qingtian', 'Xishan'],
    places: ['Singapore', 'Taipei'],
  },
  {
    given: [...she('Leyla Parisa Yasmin Zeynep'), ...he('Baran Emre Kaveh Tarık'), ...they('Deniz')],
    family: ['Akgündüz', 'Bahramzade', 'Çamlıbel', 'Gökçetaş', 'Karadağlı', 'Mehrabadi', 'Rostamkhah', 'Yıldızoğlu'],
    places: ['Istanbul', 'Berlin'],
  },
  {
    given: [...she('Delphine Marisol Harriet Juniper'), ...he('Beckett Ezra Lionel Theron'), ...they('Avery')],
    family: [
      'Barrowclough',
      'Castellane',
      'Drummerson',
      'Fairbourne',
      'Kettlewright',
      'Marchbanks',
      'Ravensworth',
      'Whitlocke',
    ],
    places: ['New York', 'Seattle', 'Chicago', 'Toronto'],
  },
  {
    given: [...she('Astrid Ingeborg Saga Tuva'), ...he('Eskil Halvard Sindre Torvald'), ...they('Lo')],
    family: ['Björkander', 'Dalhammar', 'Ekelind', 'Fjellstad', 'Granqvist', 'Hallingby', 'Sjövall', 'Vinterberg'],
    places: ['Stockholm', 'Oslo', 'Sydney'],
  },
];
