/** Tables of ITU-T G.722, in the fixed-point scales of the recommendation. */

/** Quadrature mirror filter, table 11: the first half of its symmetric taps. */
export const QMF = [3, -11, 12, 32, -210, 951, 3_876, -805, 362, -156, 53, -11]

/** Decision levels of the 60-level quantizer of the lower band, table 14. */
export const LOW_DECISIONS = [
  0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1_023, 1_121, 1_219, 1_339,
  1_458, 1_612, 1_765, 1_980, 2_195, 2_557, 2_919,
]
/** Code words of negative and positive intervals, table 13. */
export const LOW_NEGATIVE = [
  0, 63, 62, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
]
export const LOW_POSITIVE = [
  0, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33,
  32,
]
/** Output of the 6-bit inverse quantizer: what is heard. */
export const LOW_LEVELS_6 = [
  -136, -136, -136, -136, -24_808, -21_904, -19_008, -16_704, -14_984, -13_512, -12_280, -11_192, -10_232, -9_360,
  -8_576, -7_856, -7_192, -6_576, -6_000, -5_456, -4_944, -4_464, -4_008, -3_576, -3_168, -2_776, -2_400, -2_032,
  -1_688, -1_360, -1_040, -728, 24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9_360, 8_576,
  7_856, 7_192, 6_576, 6_000, 5_456, 4_944, 4_464, 4_008, 3_576, 3_168, 2_776, 2_400, 2_032, 1_688, 1_360, 1_040, 728,
  432, 136, -432, -136,
]
/** Output of the 4-bit inverse quantizer: what the predictor learns from. */
export const LOW_LEVELS_4 = [
  0, -20_456, -12_896, -8_968, -6_288, -4_240, -2_584, -1_200, 20_456, 12_896, 8_968, 6_288, 4_240, 2_584, 1_200, 0,
]
/** Step of the logarithmic scale factor for each 4-bit code. */
export const LOW_STEPS = [-60, 3_042, 1_198, 538, 334, 172, 58, -30, 3_042, 1_198, 538, 334, 172, 58, -30, -60]

/** The decision level of the 4-level quantizer of the higher band, table 15. */
export const HIGH_DECISION = 564
export const HIGH_LEVELS = [-7_408, -1_616, 7_408, 1_616]
export const HIGH_STEPS = [798, -214, 798, -214]

/** Antilogarithm of the scale factor, table 18: 2048 · 2^(i/32). */
export const INVERSE_LOG = [
  2_048, 2_093, 2_139, 2_186, 2_233, 2_282, 2_332, 2_383, 2_435, 2_489, 2_543, 2_599, 2_656, 2_714, 2_774, 2_834, 2_896,
  2_960, 3_025, 3_091, 3_158, 3_228, 3_298, 3_371, 3_444, 3_520, 3_597, 3_676, 3_756, 3_838, 3_922, 4_008,
]
