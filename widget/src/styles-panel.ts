import { buttonsCss } from './styles-buttons.ts';
import { dialogCss } from './styles-dialog.ts';
import { formCss } from './styles-form.ts';
import { noticesCss } from './styles-notices.ts';
import { outcomeCss } from './styles-outcome.ts';
import { padCss } from './styles-pad.ts';
import { progressCss } from './styles-progress.ts';

const baseCss = /* css */ `
  :host {
    --_accent-text: var(--tu-esign-accent-text, light-dark(#fff, #0a1a33));
    --_bad: light-dark(#ab1f2d, #ff9c9c);
    --_bad-tint: light-dark(#fdf0f0, #35191c);
    --_ink: #12275c;
  }
  dl,
  dd,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  h3 {
    font-size: 0.9375rem;
    line-height: 1.4;
  }
  ul,
  ol {
    list-style: none;
  }
  [tabindex='-1']:focus {
    outline: none;
  }
`;

const forcedColorsCss = /* css */ `
  @media (forced-colors: active) {
    button,
    .file,
    .problem {
      border: 1px solid !important;
    }
  }
`;

/** What stands beside or below the document. */
export const panelSheet = new CSSStyleSheet();
panelSheet.replaceSync(
  [baseCss, padCss, formCss, buttonsCss, noticesCss, progressCss, outcomeCss, dialogCss, forcedColorsCss].join(''),
);
