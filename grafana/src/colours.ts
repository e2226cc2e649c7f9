/**
 * The colours of the boards: those of Okabe and Ito (2008), which people with any of the common kinds of colour blindness
 * can tell apart, on light and on dark ground. The linter of the boards allows no other.
 */
export const colours = {
  green: '#009E73',
  blue: '#0072B2',
  sky: '#56B4E9',
  yellow: '#F0E442',
  orange: '#E69F00',
  vermillion: '#D55E00',
  purple: '#CC79A7',
  grey: '#999999',
} as const;
