import { theme as antdTheme, type ThemeConfig } from 'antd'

/**
 * One accent, neutral greys, and a colour for each work state. These names become `--c-…` custom properties for our own
 * stylesheets and tokens for Ant Design, so that both always agree. Pairs of text and ground keep AA contrast.
 */
const light = {
  canvas: '#f3f4f7',
  surface: '#ffffff',
  sunken: '#eef0f4',
  line: '#e0e4ea',
  'line-strong': '#c3cad5',
  ink: '#171c24',
  'ink-2': '#47505e',
  'ink-3': '#646e7d',
  accent: '#1f5fd6',
  'accent-soft': '#e8effc',
  available: '#137a3e',
  'available-soft': '#e2f4e9',
  'available-solid': '#15803d',
  talking: '#1f5fd6',
  'talking-soft': '#e8effc',
  'talking-solid': '#1f5fd6',
  'wrap-up': '#8f5600',
  'wrap-up-soft': '#fcf0da',
  'wrap-up-solid': '#96590a',
  'not-ready': '#545d6b',
  'not-ready-soft': '#e9ecf0',
  'not-ready-solid': '#5b6472',
  problem: '#b9252c',
  'problem-soft': '#fce9e9',
  'problem-solid': '#c1272d',
  star: '#b87900',
  shadow: '0 6px 24px rgb(23 28 36 / 14%)',
}

export type ColourName = keyof typeof light

const dark: Record<ColourName, string> = {
  canvas: '#0f1318',
  surface: '#171c23',
  sunken: '#11161c',
  line: '#29313c',
  'line-strong': '#414c5b',
  ink: '#e8ebf0',
  'ink-2': '#b6bfcb',
  'ink-3': '#919cac',
  accent: '#7aa9ff',
  'accent-soft': '#17294a',
  available: '#5ecb8a',
  'available-soft': '#12301f',
  'available-solid': '#1a7f43',
  talking: '#7fadff',
  'talking-soft': '#17294a',
  'talking-solid': '#2c68d8',
  'wrap-up': '#eeb252',
  'wrap-up-soft': '#37290f',
  'wrap-up-solid': '#96590a',
  'not-ready': '#a9b3c1',
  'not-ready-soft': '#262d36',
  'not-ready-solid': '#5b6472',
  problem: '#ff9090',
  'problem-soft': '#431a1d',
  'problem-solid': '#c1272d',
  star: '#eeb252',
  shadow: '0 6px 24px rgb(0 0 0 / 55%)',
}

export type Appearance = 'light' | 'dark'
export const palette: Record<Appearance, Record<ColourName, string>> = { light, dark }

export const FONT =
  'Inter, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

const brisk = { motionDurationMid: '0.12s', motionDurationSlow: '0.16s' }
const still = { motion: false, motionDurationFast: '0s', motionDurationMid: '0s', motionDurationSlow: '0s' }
const wantsCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Tokens of Ant Design for an appearance; nothing moves for those who asked their system for that. */
export function antdThemeOf(appearance: Appearance): ThemeConfig {
  const c = palette[appearance]
  return {
    algorithm: appearance === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: appearance === 'dark' ? '#2c68d8' : c.accent,
      colorInfo: c.accent,
      colorLink: c.accent,
      colorLinkHover: c.accent,
      colorLinkActive: c.accent,
      colorSuccess: c['available-solid'],
      colorWarning: c['wrap-up-solid'],
      colorError: appearance === 'dark' ? '#e5484d' : c['problem-solid'],
      colorBgBase: c.surface,
      colorBgContainer: c.surface,
      colorBgElevated: appearance === 'dark' ? '#1e242d' : c.surface,
      colorBgLayout: c.canvas,
      colorTextBase: c.ink,
      colorText: c.ink,
      colorTextSecondary: c['ink-2'],
      colorTextTertiary: c['ink-3'],
      colorTextDescription: c['ink-3'],
      colorTextPlaceholder: c['ink-3'],
      colorBorder: c['line-strong'],
      colorBorderSecondary: c.line,
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 6,
      controlHeight: 32,
      controlHeightSM: 26,
      ...(wantsCalm() ? still : brisk),
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
        paddingInlineSM: 10,
        defaultHoverColor: c.accent,
        defaultHoverBorderColor: c.accent,
        defaultActiveColor: c.accent,
        defaultActiveBorderColor: c.accent,
      },
      Table: {
        cellPaddingBlock: 8,
        cellPaddingInline: 12,
        headerBg: c.sunken,
        headerBorderRadius: 0,
        headerSplitColor: 'transparent',
        headerColor: c['ink-2'],
        bodySortBg: c.surface,
        headerSortActiveBg: c.sunken,
      },
      Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 4px', labelColor: c['ink-2'] },
      Segmented: { trackBg: c.sunken },
    },
  }
}

/** Puts the palette on the document for our own stylesheets. */
export function paint(appearance: Appearance): void {
  const root = document.documentElement
  for (const [name, value] of Object.entries(palette[appearance])) root.style.setProperty(`--c-${name}`, value)
  root.style.setProperty('color-scheme', appearance)
  root.dataset.appearance = appearance
}
