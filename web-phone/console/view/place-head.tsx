import { Button } from '../../style/button.tsx';

export interface PlaceHeadProps {
  readonly heading: string;
  /** What makes one more of what the place lists; absent for those who may not. */
  readonly add?: { readonly words: string; readonly onClick: () => void } | undefined;
}

/** What a place is called, and the button that adds to it. */
export function PlaceHead({ heading, add }: PlaceHeadProps) {
  return (
    <header class="section-head">
      <h1>{heading}</h1>
      {add && (
        <Button look="primary" icon="plus" onClick={add.onClick}>
          {add.words}
        </Button>
      )}
    </header>
  );
}
