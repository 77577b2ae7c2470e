import tseslint from 'typescript-eslint';

/** Who may import whom, by folder. What is not listed may not be imported. */
const MAY_IMPORT = {
  protocol: [],
  switch: ['protocol'],
  'sip-gateway': ['protocol'],
  bridge: ['protocol'],
  meetings: ['protocol'],
  api: ['protocol', 'meetings'],
  cluster: ['protocol', 'meetings', 'bridge'],
  'web-phone': ['protocol'],
  check: ['protocol', 'bridge', 'config'],
  cli: ['protocol', 'api', 'check', 'config', 'settings'],
};

const FOLDERS = Object.keys(MAY_IMPORT);
const ALL = [...FOLDERS, 'tests', 'main', 'config'];

/** Folders in which nothing may touch a socket, a clock, chance, the environment or a log. */
const PURE = [
  'protocol/**',
  'switch/freeswitch/core/**',
  'switch/media/dsp/**',
  'meetings/rules/**',
  'cluster/core/**',
];

/** The only packages each outside library may be imported from: one file wraps it. */
const WRAPPED = {
  modesl: 'bridge/modesl.ts',
  'drachtio-srf': 'sip-gateway/drachtio.ts',
  lmdb: 'meetings/store/lmdb.ts',
  redis: 'meetings/store/redis.ts',
  'sip.js': 'web-phone/phone/sip-js.ts',
  werift: 'switch/media/browser/dtls.ts',
  'ffmpeg-static': 'switch/media/ffmpeg.ts',
  '@node-rs/argon2': 'meetings/people/passwords.ts',
  'openid-client': 'api/oidc/provider.ts',
  'rrule-temporal': 'meetings/rules/recurrence.ts',
  'temporal-polyfill': 'meetings/rules/zoned-time.ts',
  'ical-generator': 'meetings/invitations/calendar.ts',
  'csv-stringify': 'api/csv.ts',
  'ipaddr.js': 'api/outward/addresses.ts',
  uqr: 'web-phone/style/qr-code.tsx',
  '@tanstack/virtual-core': 'web-phone/style/virtual-rows.ts',
  '@evan/opus': 'switch/media/dsp/opus.ts',
  '@echogarden/speex-resampler-wasm': 'switch/media/dsp/resampler.ts',
};

const boundaries = FOLDERS.map((folder) => ({
  files: [`${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${ALL.filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other)).join('|')})(/|\\.ts$)`,
            message: `${folder}/ may import only: ${MAY_IMPORT[folder].join(', ') || 'nothing of ours'}.`,
          },
          {
            regex: `^(${Object.keys(WRAPPED).join('|')})(/|$)`,
            message: 'One file of ours wraps each of these packages; import that file.',
          },
        ],
      },
    ],
  },
}));

const wrappers = Object.values(WRAPPED).map((file) => ({
  files: [file],
  rules: { 'no-restricted-imports': 'off' },
}));

export default tseslint.config(
  { ignores: ['node_modules', 'web-phone/dist', 'coverage', 'data'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      complexity: ['error', 12],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import the file that has it.' },
      ],
    },
  },
  ...boundaries,
  ...wrappers,
  {
    files: PURE.map((folder) => `${folder}/*.ts`),
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'setTimeout',
          'setInterval',
          'setImmediate',
          'process',
          'console',
          'fetch',
          'WebSocket',
        ].map((name) => ({ name, message: 'Pure: time, chance and sockets are arguments.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Pure: chance is an argument.' },
        { object: 'Date', property: 'now', message: 'Pure: time is an argument.' },
        { object: 'performance', property: 'now', message: 'Pure: time is an argument.' },
      ],
    },
  },
  {
    files: ['web-phone/**/*.tsx'],
    rules: {
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 120 }], 'no-console': 'off' },
  },
  { files: ['*.config.ts', 'eslint.config.js'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
);
