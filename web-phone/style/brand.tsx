/** Our sign: a coiled cord with a lamp at its end. */
export function Brand({ small = false }: { readonly small?: boolean }) {
  return (
    <span class={small ? 'brand brand-small' : 'brand'}>
      <svg class="brand-cord" viewBox="0 0 44 24" aria-hidden="true" focusable="false">
        <path d="M1.5 15.5c3 0 3.5-8 6.5-8s3 9 0 9 0-9 4.5-9 3.5 9 .5 9 0-9 4.5-9 3.5 9 .5 9 0-9 4.5-9 3 5 6.5 5" />
        <circle cx="36" cy="12.5" r="5" />
      </svg>
      <span class="brand-name">partyline</span>
    </span>
  );
}
