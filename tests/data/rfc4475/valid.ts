import type { TortureCase } from './torture.ts';
import { bytesOf, request, SDP } from './torture.ts';

const REALLY_LONG = 'reallylong'.repeat(25);

/** Section 3.1.1: valid messages. */
export const VALID: readonly TortureCase[] = [
  {
    section: '3.1.1.1',
    name: 'a short tortuous INVITE',
    datagram: 'accept',
    bytes: bytesOf(
      String.raw`
INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : @LENGTH@
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \"\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33

`.replace(/\n\n$/, '\n'),
      SDP,
    ),
  },
  {
    section: '3.1.1.2',
    name: 'a wide range of valid characters',
    datagram: 'accept',
    bytes: bytesOf(
      "\n!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\n" +
        "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~\n" +
        'To: "BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007F" <sip:1_unusual.URI~(to-be!sure)&isn\'t+it$/crazy?,/;;*@example.com>\n' +
        "From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"\u0440\u0430\u0431\u043e\u0442\u0430\u044e\u0449\u0438\u0439\";tag=_token~1'+`*%!-.\n" +
        'Call-ID: intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{\n' +
        "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\n" +
        'Max-Forwards: 255\n' +
        "extensionHeader-!.%*+_`'~:\uFEFF\u5927\u505C\u96FB\n" +
        'Content-Length: @LENGTH@\n',
    ),
  },
  {
    section: '3.1.1.3',
    name: 'percent escapes that look like the real thing',
    datagram: 'accept',
    bytes: request('INVITE', {
      start: 'INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0',
      To: 'sip:%75se%72@example.com',
      From: '<sip:I%20have%20spaces@example.net>;tag=938',
      Contact: '<sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>',
    }),
  },
  {
    section: '3.1.1.4',
    name: 'escaped NULs in users',
    datagram: 'accept',
    bytes: request('REGISTER', {
      start: 'REGISTER sip:example.com SIP/2.0',
      To: 'sip:null-%00-null@example.com',
      From: 'sip:null-%00-null@example.com;tag=839923423',
      Contact: '<sip:%00@host5.example.com>,<sip:%00%00@host5.example.com>',
      Via: 'SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw',
    }),
  },
  {
    section: '3.1.1.5',
    name: 'percent signs where they escape nothing',
    datagram: 'accept',
    bytes: request('RE%47IST%45R', {
      start: 'RE%47IST%45R sip:registrar.example.com SIP/2.0',
      To: '"%Z%45" <sip:resource@example.com>',
      From: '"%Z%45" <sip:resource@example.com>;tag=f232jadfj23',
      Contact: '<sip:alias1@host1.example.com>\nC%6Fntact: <sip:alias2@host2.example.com>',
      contact: '<sip:alias3@host3.example.com>',
    }),
  },
  {
    section: '3.1.1.6',
    name: 'no blank between name and bracket',
    datagram: 'accept',
    bytes: request('OPTIONS', { From: 'caller<sip:caller@example.com>;tag=323' }),
  },
  {
    section: '3.1.1.7',
    name: 'long values everywhere',
    datagram: 'accept',
    bytes: request('INVITE', {
      To: `"I have a user name of ${'extreme '.repeat(30)}proportion"<sip:user@example.com:6000;unknownparam1=very${'long'.repeat(20)}value;longparam${'name'.repeat(30)}=shortvalue;very${'Long'.repeat(25)}ParameterNameWithNoValue>`,
      From: `sip:amazinglylongcallername${'andlonger'.repeat(20)}@example.net;tag=12${'982424'.repeat(50)};unknownheaderparam${'name'.repeat(20)}=unknowheaderparam${'value'.repeat(20)};unknownValueless${'paramname'.repeat(10)}`,
      'Call-ID': `longreq.one${REALLY_LONG}callid`,
      CSeq: '3882340 INVITE',
      Unknown: Array.from({ length: 9 }, (_each, n) => `very${'long'.repeat(n)}value`).join(','),
      Via: Array.from(
        { length: 34 },
        (_each, n) => `SIP/2.0/TCP sip${34 - n}.example.com;branch=z9hG4bK${'very'.repeat(n)}`,
      ).join(', '),
      Contact: `<sip:amazinglylongcallername${'evenlonger'.repeat(10)}@host5.example.net>`,
    }),
  },
  {
    section: '3.1.1.8',
    name: 'bytes after the end of a datagram',
    datagram: 'accept',
    stream: 'accept-then-broken',
    bytes: Buffer.concat([
      request('REGISTER', { start: 'REGISTER sip:example.com SIP/2.0', 'Content-Length': '0' }),
      bytesOf(`
INVITE sip:joe@example.com SIP/2.0
t: sip:joe@example.com
From: sip:caller@example.net;tag=141334
Max-Forwards: 8
Call-ID: dblreq.0ha0isnda977644900765@192.0.2.15
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw380234
Content-Type: application/sdp
`),
    ]),
  },
  {
    section: '3.1.1.9',
    name: 'semicolons in the user',
    datagram: 'accept',
    bytes: request('OPTIONS', {
      start: 'OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0',
      Accept: 'application/sdp, application/pkcs7-mime, multipart/mixed',
    }),
  },
  {
    section: '3.1.1.10',
    name: 'unknown transports in Vias',
    datagram: 'accept',
    bytes: request('OPTIONS', {
      Via: 'SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw',
      via: 'SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf',
      VIA: 'SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj',
      viA: 'SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en',
      vIa: 'SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee',
    }),
  },
  {
    section: '3.1.1.11',
    name: 'a body with NULs in it',
    datagram: 'accept',
    bytes: request(
      'MESSAGE',
      { 'Content-Type': 'multipart/mixed;boundary=7a9cbec02ceef655' },
      '--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHello\r\n--7a9cbec02ceef655\r\n\r\n0\u0000\u0001\u0002\r\n\r\n--7a9cbec02ceef655--',
    ),
  },
  {
    section: '3.1.1.12',
    name: 'a reason phrase in Cyrillic',
    datagram: 'accept',
    bytes: request('INVITE', {
      start:
        'SIP/2.0 200 = 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e \u0434\u0435\u0432\u044f\u043d\u043e\u0441\u0442\u043e \u0434\u0435\u0432\u044f\u0442\u044c - \u043f\u0440\u043e\u0441\u0442\u043e\u0435',
    }),
  },
  {
    section: '3.1.1.13',
    name: 'no reason phrase',
    datagram: 'accept',
    bytes: request('INVITE', { start: 'SIP/2.0 100 ' }),
  },
];

