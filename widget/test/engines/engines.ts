import type { TestRunnerConfig } from '@web/test-runner';
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from '../chromium.ts';
import { lanesOf } from './lanes.ts';
import { webkitLauncher } from './webkit-launcher.ts';

type Launcher = NonNullable<TestRunnerConfig['browsers']>[number];
type ChromeOptions = NonNullable<Parameters<typeof chromeLauncher>[0]>;
type CreatePage = NonNullable<ChromeOptions['createPage']>;

const chromium = () => launcherOf(chromiumOptions, createPatientPage);

const firefox = () =>
  launcherOf(
    { browser: 'firefox', executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr', headless: true },
    createFirefoxPage,
  );

/** Given puppeteer, the launcher calls a browser by its own name. */
const launcherOf = (launchOptions: NonNullable<ChromeOptions['launchOptions']>, createPage: CreatePage) =>
  chromeLauncher({ puppeteer: puppeteerCore, launchOptions, createPage });

/** A busy machine may take longer to open a page than the half minute that puppeteer gives: the runner's limits count. */
const createPatientPage: CreatePage = async ({ context }) => {
  const page = await context.newPage();
  page.setDefaultNavigationTimeout(0);
  return page;
};

/** Over WebDriver BiDi, puppeteer knows the space bar by its character alone. */
const createFirefoxPage: CreatePage = async (about) => {
  const page = await createPatientPage(about);
  const { keyboard } = page;
  const press = keyboard.press.bind(keyboard);
  keyboard.press = (key, options) => press(key === 'Space' ? ' ' : key, options);
  return page;
};

const launchers = { chromium, firefox, webkit: webkitLauncher } satisfies Record<string, Parameters<typeof lanesOf>[1]>;

/** The engines that a list names, such as `chromium,webkit`; so many browsers of each. */
export const engines = (list: string, count: number): Launcher[] =>
  list.split(',').map((name) => {
    if (name in launchers) return lanesOf(count, launchers[name as keyof typeof launchers]);
    throw new Error(`no engine ${name}; there are ${Object.keys(launchers).join(', ')}`);
  });
