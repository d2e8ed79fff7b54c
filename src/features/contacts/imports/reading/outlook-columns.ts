/**
 * The columns of Outlook's exports, in English, German, French and Spanish, of the classic program, of the new one and of Outlook.com. Of
 * each list the first name that a file has is taken.
 */
export const OUTLOOK_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  givenName: ['First Name', 'Vorname', 'Prénom', 'Nombre', 'Given Name'],
  middleName: ['Middle Name', 'Weitere Vornamen', 'Deuxième prénom', 'Segundo nombre'],
  familyName: ['Last Name', 'Nachname', 'Nom', 'Apellidos', 'Apellido', 'Surname'],
  suffix: ['Suffix', 'Namenszusatz', 'Suffixe', 'Sufijo'],
  nickname: ['Nickname', 'Spitzname', 'Surnom', 'Sobrenombre', 'Apodo'],
  company: ['Company', 'Firma', 'Société', 'Organización', 'Compañía', 'Empresa'],
  department: ['Department', 'Abteilung', 'Service', 'Departamento'],
  title: ['Job Title', 'Position', 'Titre1', 'Fonction', 'Puesto', 'Cargo'],
  email: [
    ...['E-mail Address', 'E-Mail-Adresse', 'Adresse de messagerie', 'Adresse e-mail'],
    ...['Dirección de correo electrónico', 'Correo electrónico'],
  ],
  emailType: ['E-mail Type', 'E-Mail-Typ', 'Type de messagerie', 'Tipo de correo electrónico'],
  emailName: [
    ...['E-mail Display Name', 'E-Mail: Angezeigter Name', 'Nom complet de l’adresse de messagerie'],
    ...["Nom complet de l'adresse de messagerie", 'Nombre de pantalla de correo electrónico'],
  ],
  email2: [
    ...['E-mail 2 Address', 'E-Mail 2: Adresse', 'Adresse de messagerie 2', 'Adresse e-mail 2'],
    ...['Dirección del correo electrónico 2', 'Dirección de correo electrónico 2', 'Correo electrónico 2'],
  ],
  email3: [
    ...['E-mail 3 Address', 'E-Mail 3: Adresse', 'Adresse de messagerie 3', 'Adresse e-mail 3'],
    ...['Dirección del correo electrónico 3', 'Dirección de correo electrónico 3', 'Correo electrónico 3'],
  ],
  mobilePhone: ['Mobile Phone', 'Mobiltelefon', 'Tél. mobile', 'Téléphone mobile', 'Teléfono móvil', 'Móvil'],
  mobilePhone2: ['Mobile Phone 2', 'Mobiltelefon 2', 'Tél. mobile 2'],
  businessPhone: [
    ...['Business Phone', 'Telefon geschäftlich', 'Téléphone (bureau)', 'Tél. (bureau)', 'Teléfono del trabajo'],
  ],
  businessPhone2: [
    ...[
      'Business Phone 2',
      'Telefon geschäftlich 2',
      'Téléphone 2 (bureau)',
      'Tél. 2 (bureau)',
      'Teléfono del trabajo 2',
    ],
  ],
  homePhone: [
    ...['Home Phone', 'Telefon privat', 'Telefon (privat)', 'Téléphone (domicile)', 'Tél. (domicile)'],
    ...['Particular', 'Teléfono particular', 'Teléfono de casa'],
  ],
  homePhone2: [
    ...['Home Phone 2', 'Telefon privat 2', 'Telefon (privat 2)', 'Téléphone 2 (domicile)', 'Número de teléfono 2'],
  ],
  primaryPhone: ['Primary Phone', 'Haupttelefon', 'Téléphone principal', 'Tél. principal', 'Teléfono principal'],
  otherPhone: ['Other Phone', 'Weiteres Telefon', 'Téléphone (autre)', 'Autre téléphone', 'Otro teléfono'],
  carPhone: ['Car Phone', 'Autotelefon', 'Téléphone (voiture)', 'Teléfono del coche'],
  homeCity: ['Home City', 'Ort privat', 'Ville (domicile)', 'Ciudad', 'Ciudad de residencia', 'Ciudad particular'],
  homeCountry: [
    ...['Home Country/Region', 'Home Country', 'Land/Region privat', 'Pays/Région (domicile)', 'Pays (domicile)'],
    ...['País o región', 'País o región del domicilio'],
  ],
  homeStreet: ['Home Street', 'Straße privat', 'Rue (domicile)', 'Calle del domicilio', 'Calle particular'],
  homePostalCode: [
    ...['Home Postal Code', 'Postleitzahl privat', 'Code postal (domicile)', 'Código postal'],
    ...['Código postal del domicilio'],
  ],
  businessCity: ['Business City', 'Ort geschäftlich', 'Ville (bureau)', 'Ciudad de trabajo', 'Ciudad del trabajo'],
  businessCountry: [
    ...['Business Country/Region', 'Business Country', 'Land/Region geschäftlich', 'Pays/Région (bureau)'],
    ...['Pays (bureau)', 'País o región del trabajo'],
  ],
  businessStreet: ['Business Street', 'Straße geschäftlich', 'Rue (bureau)', 'Calle del trabajo'],
  businessPostalCode: [
    ...['Business Postal Code', 'Postleitzahl geschäftlich', 'Code postal (bureau)', 'Código postal del trabajo'],
  ],
  location: ['Location', 'Ort', 'Lieu', 'Emplacement', 'Ubicación'],
  birthday: ['Birthday', 'Geburtstag', 'Anniversaire', 'Cumpleaños'],
  anniversary: ['Anniversary', 'Jahrestag', 'Anniversaire de mariage ou fête', 'Aniversario'],
  categories: ['Categories', 'Kategorien', 'Catégories', 'Categorías'],
  notes: ['Notes', 'Notizen', 'Notas'],
  website: ['Web Page', 'Webseite', 'Page Web', 'Página Web', 'Página web'],
  website2: ['Personal Web Page', 'Persönliche Webseite', 'Page Web personnelle', 'Página web personal'],
  im: ['IMAddress', 'IM Address', 'Adresse de messagerie instantanée', 'Dirección de mensajería instantánea'],
  spouse: ['Spouse', 'Partner', 'Conjoint(e)', 'Conjoint', 'Cónyuge'],
  children: ['Children', 'Kinder', 'Enfants', 'Hijos'],
  assistant: ["Assistant's Name", 'Name Assistent', "Nom de l'assistant(e)", 'Nombre del asistente'],
  manager: ["Manager's Name", 'Name des/der Vorgesetzten', 'Responsable', 'Nombre del director'],
  profession: ['Profession', 'Beruf', 'Profesión'],
  hobby: ['Hobby', 'Loisirs', 'Passe-temps', 'Aficiones'],
  referredBy: ['Referred By', 'Empfohlen von', 'Recommandé par', 'Remitido por'],
};

/** What Outlook writes in every row, whoever it is about. */
export const OUTLOOK_USUAL: readonly string[] = [
  ...['Priority', 'Private', 'Sensitivity', 'Gender', 'Initials', 'E-mail 2 Type', 'E-mail 3 Type'],
  ...['E-mail 2 Display Name', 'E-mail 3 Display Name', 'Internet Free Busy', 'Language'],
  ...['Priorität', 'Privat', 'Vertraulichkeit', 'Geschlecht', 'Initialen', 'E-Mail 2: Typ', 'E-Mail 3: Typ'],
  ...['E-Mail 2: Angezeigter Name', 'E-Mail 3: Angezeigter Name', 'Internet-Frei/Gebucht', 'Sprache'],
  ...['Priorité', 'Privé', 'Critère de diffusion', 'Sexe', 'Initiales', 'Langue'],
  ...['Prioridad', 'Privado', 'Confidencialidad', 'Sexo', 'Iniciales', 'Idioma', 'Sensibilidad'],
];
