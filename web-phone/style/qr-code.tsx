import { encode } from 'uqr';

export interface QrCodeProps {
  /** What a camera reads. Stands beside the code as text too, for those without one. */
  readonly text: string;
  readonly label: string;
}

/** Modules of quiet around the code (ISO/IEC 18004 section 6.3.8). */
const QUIET = 4;

/** A QR code as lines: black on white in the dark too, for cameras. Drawn again only for another text. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={pathOf(data)} fill="#000" />
    </svg>
  );
}

/** A rectangle for each run of black in a row. */
export function pathOf(data: readonly (readonly boolean[])[]): string {
  return data
    .flatMap((row, y) =>
      row.flatMap((black, x) => {
        if (!black || row[x - 1] === true) return [];
        const end = row.indexOf(false, x);
        const length = (end < 0 ? row.length : end) - x;
        return [`M${x} ${y}h${length}v1h-${length}z`];
      }),
    )
    .join('');
}
