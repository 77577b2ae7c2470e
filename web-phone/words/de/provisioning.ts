import type { provisioning as english } from '../en/provisioning.ts';

export const provisioning: typeof english = {
  title: (username) => `Einstellungen für „${username}“`,
  once: 'Das Passwort wird nur jetzt gezeigt. Geht es verloren, erzeugen Sie ein neues: Das braucht dann auch das Telefon.',
  makes: 'Art des Telefons',
  make: {
    yealink: 'Yealink',
    snom: 'snom',
    grandstream: 'Grandstream',
    linphone: 'Linphone',
    zoiper: 'Zoiper',
    baresip: 'baresip',
    other: 'Jedes Telefon',
  },
  where: {
    yealink: 'Auf der Webseite des Telefons: Account, dann Register.',
    snom: 'Auf der Webseite des Telefons: Identity 1, dann Login.',
    grandstream: 'Auf der Webseite des Telefons: Accounts, Account 1, General Settings.',
    linphone:
      'Scannen Sie den Code mit Linphone: Assistent, „QR-Code scannen“. Oder tragen Sie die Felder unter „SIP-Konto verwenden“ ein.',
    zoiper:
      'In Zoiper: Konto hinzufügen und die Felder eintragen. Die QR-Codes von Zoiper kommen von einem Dienst des Herstellers, der dabei das Passwort erführe; deshalb gibt es hier keinen.',
    baresip: 'Fügen Sie die Zeile unten in die Datei accounts im Ordner .baresip ein.',
    other: 'Danach fragt jedes SIP-Telefon, unter diesen oder ähnlichen Namen.',
  },
  label: {
    'SIP server': 'SIP-Server',
    'User name': 'Benutzername',
    Password: 'Passwort',
  },
  fields: 'Diese Felder eintragen',
  optional: 'Weitere Felder, nach Wunsch',
  file: 'Oder eine Datei speichern',
  fileAbout: {
    yealink: 'Auf der Webseite laden: Settings, Configuration, Import CFG.',
    snom: 'Auf der Webseite laden: Advanced, Update, Upload setting file.',
    grandstream:
      'Auf der Webseite laden: Maintenance, Upgrade and Provisioning, Upload device configuration.',
    linphone: '',
    zoiper: '',
    baresip: '',
    other: '',
  },
  save: (name) => `${name} speichern`,
  fetch: 'Oder das Telefon abholen lassen',
  fetchAbout: {
    yealink:
      'Settings, Auto Provision, Server URL; dann „Auto Provision Now“. Nehmen Sie die Adresse danach wieder heraus.',
    snom: 'Advanced, Update, Setting URL; dann das Telefon neu starten. Nehmen Sie die Adresse danach wieder heraus.',
    grandstream:
      'Maintenance, Upgrade and Provisioning, Config Server Path; daneben HTTP oder HTTPS wählen und das Telefon neu starten.',
    linphone: '',
    zoiper: '',
    baresip: '',
    other: '',
  },
  address: 'Adresse',
  qr: 'QR-Code mit der Adresse darunter',
  goodFor: (left) =>
    `Gilt noch ${left}, nach dem Abholen noch zwei Minuten. Wer die Adresse hat, hat das Passwort.`,
  over: 'Die Adresse gilt nicht mehr. Für eine neue erzeugen Sie ein neues Passwort.',
  plain:
    'Dieser Server ist über http erreichbar: Wer auf dem Weg mithört, liest das Passwort. Richten Sie HTTPS ein, oder tun Sie das nur in einem vertrauten Netz.',
  waiting: 'Warten auf das Telefon',
  fetched: (by) => (by === '' ? 'Einstellungen abgeholt' : `Einstellungen abgeholt von ${by}`),
  registered: (phone) => `Registriert: ${phone}`,
  unnamed: 'Telefon ohne Namen',
  untested:
    'Nach der Anleitung des Herstellers geschrieben, nicht mit einem Telefon dieser Marke erprobt.',
  transport: (names) => `Transport: ${names}, je nach Telefon.`,
  or: ' oder ',
  copyAll: 'Einstellungen kopieren',
  settings: 'die Einstellungen',
  done: 'Fertig',
};
