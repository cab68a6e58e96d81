package i18n

import "strings"

// folding maps the Arabic letters that people write in several ways to one, and drops what they leave out.
var folding = strings.NewReplacer(
	"أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "ئ", "ي", "ؤ", "و", "ة", "ه", "ء", "",
	"ـ", "", "\u064b", "", "\u064c", "", "\u064d", "", "\u064e", "", "\u064f", "", "\u0650", "",
	"\u0651", "", "\u0652", "", "\u0670", "",
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
)

// digits maps Arabic-Indic and Persian digits to 0-9.
var digits = strings.NewReplacer(
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
)

// Digits returns text with Arabic-Indic digits as 0-9, as numbers and dates in uploads are read.
func Digits(text string) string { return digits.Replace(text) }

// Fold returns text as search compares it: lower case, with hamza, alef, ya, ta marbuta,
// tatweel and diacritics folded and Arabic-Indic digits as 0-9.
func Fold(text string) string { return folding.Replace(strings.ToLower(text)) }
