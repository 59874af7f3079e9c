import { buttonsCss } from './styles-buttons.ts';
import { dialogCss } from './styles-dialog.ts';
import { dockCss, headCss } from './styles-dock.ts';
import { formCss } from './styles-form.ts';
import { handOffCss } from './styles-hand-off.ts';
import { noticesCss } from './styles-notices.ts';
import { outcomeCss } from './styles-outcome.ts';
import { autographCss } from '../../autograph/views/styles-autograph.ts';
import { padCss } from '../../autograph/ink/styles-pad.ts';
import { progressCss } from './styles-progress.ts';

const baseCss = /* css */ `
  :host {
    /* White below a luminance of 0.18, black above: 4.5 to 1 upon any accent. */
    --_white: clamp(0, (0.18 - y) * 10000, 1);
    --_accent-text: var(
      --tu-esign-accent-text,
      color(from var(--_accent) xyz-d65 calc(0.9505 * var(--_white)) var(--_white) calc(1.089 * var(--_white)))
    );
    --_bad: light-dark(#ab1f2d, #ff9c9c);
    --_bad-tint: light-dark(#fdf0f0, #35191c);
    --_wait: light-dark(#7a4b00, #f2c26b);
    --_ink: #12275c;
    --_corner: calc(var(--_radius) * 0.66);
    /* What text inherits of a host's page. */
    cursor: auto;
    hyphens: manual;
    letter-spacing: normal;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    user-select: text;
    white-space: normal;
    word-break: normal;
    word-spacing: normal;
  }
  /* What opens a fold, wherever there is one. */
  summary {
    inline-size: fit-content;
    padding-block: 0.3125rem;
    color: var(--_link);
    cursor: pointer;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  dl,
  dd,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  h3 {
    font-size: 1rem;
    font-weight: 650;
    line-height: 1.35;
    text-wrap: balance;
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
    .problem,
    .offline,
    .state {
      border: 1px solid !important;
    }
    .primary:not([aria-disabled='true']) {
      border-width: 3px !important;
    }
    [aria-disabled='true'],
    button:disabled {
      color: GrayText !important;
    }
    .now {
      text-decoration: underline;
    }
    .methods :checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .spinner,
    .now .mark {
      forced-color-adjust: none;
      border-color: CanvasText;
      border-block-start-color: Highlight;
    }
  }
`;

/** What stands beside or below the document. */
export const panelSheet = new CSSStyleSheet();
panelSheet.replaceSync(
  [
    baseCss,
    dockCss,
    headCss,
    padCss,
    autographCss,
    handOffCss,
    formCss,
    buttonsCss,
    noticesCss,
    progressCss,
    outcomeCss,
    dialogCss,
    forcedColorsCss,
  ].join(''),
);
