package i18n

import "strings"

// folding maps the Arabic letters that people write in several ways to one, and drops what they leave out.
var folding = strings.NewReplacer(
	"أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "ئ", "ي", "ؤ", "و", "ة", "ه", "ء", "",
	"ـ", "", "\u064b", "", "\u064c", "", "\u064d", "", "\u064e", "", "\u064f", "", "\u0650", "",
	"\u0651", "", "\u0652", "", "\u0670", "",
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
)

// Fold returns text as search compares it: lower case, with hamza, alef, ya, ta marbuta,
// tatweel and diacritics folded and Arabic-Indic digits as 0-9.
func Fold(text string) string { return folding.Replace(strings.ToLower(text)) }
