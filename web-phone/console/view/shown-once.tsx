import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Copy } from '../../style/copy.tsx';
import { Dialog } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';

/** A secret that the server has forgotten already. */
export function ShownOnce(props: {
  readonly title: string;
  /** What it is, such as “one-time password”. */
  readonly what: string;
  readonly secret: string;
  readonly about: string;
  readonly onClose: () => void;
}) {
  const { title, what, secret, about, onClose } = props;
  const say = words('console').me;
  return (
    <Dialog title={title} onClose={onClose}>
      <Banner look="info">
        {say.shownOnce} {about}
      </Banner>
      <dl class="ways">
        <div class="way">
          <dt>{what.slice(0, 1).toUpperCase() + what.slice(1)}</dt>
          <dd>
            <span class="way-value number">{secret}</span>
            <Copy text={secret} what={what} />
          </dd>
        </div>
      </dl>
      <div class="dialog-actions">
        <Button look="primary" onClick={onClose}>
          {say.done}
        </Button>
      </div>
    </Dialog>
  );
}
