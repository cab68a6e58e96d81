package i18n

import "mirsad/internal/intake"

// Digits returns text with Arabic-Indic digits as 0-9, as numbers and dates in uploads are read.
func Digits(text string) string { return intake.Digits(text) }

// Fold returns text as search compares it: clean, in lower case, with hamza, alef, ya, ta marbuta, tatweel and diacritics
// folded, signs that look alike as one and Arabic-Indic digits as 0-9.
func Fold(text string) string { return intake.Sought(text) }
