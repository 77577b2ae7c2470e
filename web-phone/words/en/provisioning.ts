import type { PhoneMake } from '../../console/phone-makes.ts';

/** How settings come into a phone. The names of its fields are those of its own English web page. */
export const provisioning = {
  title: (username: string) => `Settings for “${username}”`,
  once: 'The password is shown only now. If it is lost, make a new one: the phone then needs that.',
  makes: 'Kind of phone',
  make: {
    yealink: 'Yealink',
    snom: 'snom',
    grandstream: 'Grandstream',
    linphone: 'Linphone',
    zoiper: 'Zoiper',
    baresip: 'baresip',
    other: 'Any phone',
  } satisfies Readonly<Record<PhoneMake, string>>,
  where: {
    yealink: 'On the phone’s web page: Account, then Register.',
    snom: 'On the phone’s web page: Identity 1, then Login.',
    grandstream: 'On the phone’s web page: Accounts, Account 1, General Settings.',
    linphone:
      'Scan the code with Linphone: Assistant, “Scan QR code”. Or type the fields under “Use SIP account”.',
    zoiper:
      'In Zoiper: add an account and type the fields. Zoiper’s own QR codes come from its makers’ service, which would be told the password, so there is none here.',
    baresip: 'Add the line below to the file accounts in the folder .baresip.',
    other: 'Every SIP phone asks for these, by names like these.',
  } satisfies Readonly<Record<PhoneMake, string>>,
  /** Of any phone’s fields, where this language has other words; a make’s own are never translated. */
  label: {} as Readonly<Record<string, string>>,
  fields: 'Type this',
  optional: 'Also, where you like',
  file: 'Or save a file',
  fileAbout: {
    yealink: 'Load it on its web page: Settings, Configuration, Import CFG.',
    snom: 'Load it on its web page: Advanced, Update, Upload setting file.',
    grandstream:
      'Load it on its web page: Maintenance, Upgrade and Provisioning, Upload device configuration.',
    linphone: '',
    zoiper: '',
    baresip: '',
    other: '',
  } satisfies Readonly<Record<PhoneMake, string>>,
  save: (name: string) => `Save ${name}`,
  fetch: 'Or let the phone fetch it',
  fetchAbout: {
    yealink:
      'Settings, Auto Provision, Server URL; then “Auto Provision Now”. Take the address out again afterwards.',
    snom: 'Advanced, Update, Setting URL; then restart the phone. Take the address out again afterwards.',
    grandstream:
      'Maintenance, Upgrade and Provisioning, Config Server Path; choose HTTP or HTTPS beside it and restart the phone.',
    linphone: '',
    zoiper: '',
    baresip: '',
    other: '',
  } satisfies Readonly<Record<PhoneMake, string>>,
  address: 'Address',
  qr: 'QR code with the address below',
  goodFor: (left: string) =>
    `Good for ${left} more, or two minutes once it was fetched. Who has the address has the password.`,
  over: 'The address has run out. Make a new password for another one.',
  plain:
    'This server is reached by http: whoever listens on the way reads the password. Set up HTTPS, or do this in a network that you trust.',
  waiting: 'Waiting for the phone',
  fetched: (by: string) => (by === '' ? 'Settings fetched' : `Settings fetched by ${by}`),
  registered: (phone: string) => `Registered: ${phone}`,
  unnamed: 'unnamed phone',
  untested: 'Written after the maker’s guide; not tried with a phone of this make.',
  transport: (names: string) => `Transport: ${names}, whichever the phone prefers.`,
  or: ' or ',
  copyAll: 'Copy settings',
  settings: 'settings',
  done: 'Done',
};
