/** The 97.5% point of the standard normal distribution, for two-sided intervals and tests of 95%. */
export const Z_95 = 1.959963984540054;
