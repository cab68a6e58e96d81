package i18n

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// eachText calls look for every form of every text of a language.
func eachText(t *testing.T, language Language, look func(key, text string)) {
	t.Helper()
	for key, entry := range load(t).texts[language] {
		for _, text := range append(slices.Collect(maps.Values(entry.forms)), entry.plain) {
			look(key, text)
		}
	}
}

// plainly is a text without what keeps its own punctuation: isolated Latin text, placeholders and grouped numbers.
func plainly(text string) string {
	for _, kept := range []*regexp.Regexp{
		regexp.MustCompile("[\u2066\u2068][^\u2069]*\u2069"), regexp.MustCompile(`\{\w+\}`), regexp.MustCompile(`\d,\d`),
	} {
		text = kept.ReplaceAllString(text, "")
	}
	return text
}

func TestArabicTextsHaveArabicPunctuation(t *testing.T) {
	latin := regexp.MustCompile(`[,;?]`)
	eachText(t, Arabic, func(key, text string) {
		if latin.MatchString(plainly(text)) {
			t.Errorf("%s has a Latin comma, semicolon or question mark: %s", key, text)
		}
		if strings.Contains(text, "\u0627\u064b") {
			t.Errorf("%s writes tanwin behind the alif: %s", key, text)
		}
	})
}

// latinInArabic are words that Arabic texts have in Latin letters: names, formats and what is typed as it is.
var latinInArabic = regexp.MustCompile(`^(` + strings.Join([]string{
	"Excel", "CSV", "API", "JSON", "CloudEvents", "UTF", "HTTP", "HTTPS", "NTP", "Mirsad", "English", "SMTP", "xlsx", "csv", "mirsad",
	"A", "B", "C", "D", "[a-z]+(_[a-z]+)*", "MIRSAD(_[A-Z]+)*", "SHA", "Unicode", "RFC", "Ctrl", "Content", "Type",
	"LibreOffice", "Google", "Microsoft", "Idempotency", "Key", "ETag", "If", "Match", "None", "Merge", "PUT", "POST", "GET",
	"Bearer", "Authorization", "Asia", "Qatar", "Hukoomi", "PowerPoint", "URL", "ID", "ISO", "UTC", "IANA", "T", "Z", "Q", "DDTHH", "MM",
	"Online", "Offline", "Hybrid", "Y", "N", "NA", "OpenDocument", "XML", "HTML",
	"YYYY", "DD", "KiB", "MiB", "P", "Accept", "Language", "CODE", "DAYS", "Ramadan", "Allow", "Retry", "After", "Encoding", "PDF", "HH", "SS", "Windows",
}, "|") + `)$`)

func TestArabicTextsAreTranslated(t *testing.T) {
	word := regexp.MustCompile(`[A-Za-z][A-Za-z_]*`)
	placeholder := regexp.MustCompile(`\{\w+\}`)
	eachText(t, Arabic, func(key, text string) {
		for _, found := range word.FindAllString(placeholder.ReplaceAllString(text, ""), -1) {
			if !latinInArabic.MatchString(found) {
				t.Errorf("%s has %q: %s", key, found, text)
			}
		}
	})
}

// Private idiom that a clerk has to guess: English texts use the plain word.
func TestEnglishTextsArePlain(t *testing.T) {
	idiom := regexp.MustCompile(`(?i)\b(stand|stands|told|mend|mended|mends|whoever|owe|owes|owed|can not|taken away|lives on|` +
		`naive|as it stands|by a safe way|(claim|plan|it) waits|(claims|plans|that) wait|takes (a|level)|one a (line|row)|was taken|` +
		`nothing is to be done|is no (e-mail|entity|purpose|text)|for no month|present state|(link|account) made|letter (sent|may)|` +
		`its reader|holidays aside|when many)\b|\d %`)
	eachText(t, English, func(key, text string) {
		if found := idiom.FindString(text); found != "" {
			t.Errorf("%s says %q: %s", key, found, text)
		}
	})
}

// One word for one thing: what the glossary replaces is in no text.
func TestOneWordForOneThing(t *testing.T) {
	for _, replaced := range []string{
		"بلا تقارير", "بلا بيانات حديثة", "عن الإبلاغ", "النمو المتماثل", "النمو الإجمالي", "التغطية الإلكترونية", "المكتملة رقميًا",
		"أشهر الخدمات", "التاريخ المستهدف", "مصنف Excel", "ملف العمل", "واجهة البرمجة", "درجة السرية", "مسؤول النظام", "تاريخ غير كاف",
		"مفقود", "باقة", "للباقة", "المرشّحات", "إجمالي واحد", "الإجمالي نفسه", "البيان ", "استُعمل", "استعمال", "رقمًا صحيحًا",
		"تاريخ بلوغ الهدف", "صاحب التغيير", "كما وردت", "الوضع الراهن:",
	} {
		eachText(t, Arabic, func(key, text string) {
			if strings.Contains(text, replaced) {
				t.Errorf("%s says %q: %s", key, replaced, text)
			}
		})
	}
	milestone := regexp.MustCompile(`(^|[^\p{Arabic}])(ال|لل|و|ب)?(معلم|معالم|معلمًا|معلمان|معلمين)( [^ر ]|[^\p{Arabic} \p{Mn}]|$)`)
	eachText(t, Arabic, func(key, text string) {
		if milestone.MatchString(text) && !strings.Contains(text, "رئيسي") {
			t.Errorf("%s says a milestone without its full word: %s", key, text)
		}
	})
}

// Marks of direction come in pairs, none within another: one that is open where the text ends turns what follows it.
func TestMarksOfDirectionAreInPairs(t *testing.T) {
	pairs := regexp.MustCompile("[\u2066\u2068][^\u2066\u2068\u2069]*\u2069")
	for _, language := range Languages() {
		eachText(t, language, func(key, text string) {
			if strings.ContainsAny(pairs.ReplaceAllString(text, ""), "\u2066\u2067\u2068\u2069") {
				t.Errorf("%s, %s: %+q", language, key, text)
			}
		})
	}
}

// The noun behind a number has the form that the number asks for, which only the count n chooses: every other number of an
// Arabic text is set off from its noun by a colon or brackets.
func TestNoNounBehindANumberThatDoesNotChooseItsForm(t *testing.T) {
	counted := regexp.MustCompile(`\{(\w+)\} (خدمة|خدمات|يوم|يومًا|أيام|شهر|شهرًا|أشهر|معلم|معلمًا|معالم|صف|صفوف|جهة|جهات|حرف)([^\p{Arabic}]|$)`)
	eachText(t, Arabic, func(key, text string) {
		for _, found := range counted.FindAllStringSubmatch(text, -1) {
			if found[1] != "n" {
				t.Errorf("%s: %q in %s", key, found[0], text)
			}
		}
	})
}

// A sentence of Arabic begins with a word: one that begins with a number is read from the wrong end beside Latin text.
func TestNoArabicSentenceBeginsWithANumber(t *testing.T) {
	number := regexp.MustCompile(`^(\d|\{(n|share|goal|counted|done|date|due)\})`)
	eachText(t, Arabic, func(key, text string) {
		if strings.HasSuffix(text, ".") && number.MatchString(text) {
			t.Errorf("%s: %s", key, text)
		}
	})
}

// A verb agrees with the person who acts, whom no text knows: Arabic names the person behind a colon.
func TestNoVerbAgreesWithAPersonUnknown(t *testing.T) {
	named := regexp.MustCompile(`[\p{Arabic}\p{Mn}] \{actor\}`)
	eachText(t, Arabic, func(key, text string) {
		if named.MatchString(text) {
			t.Errorf("%s: %s", key, text)
		}
	})
}

// Every text that depends on a count is a sentence for each of the counts on which Arabic changes its form.
func TestEveryCountHasItsForm(t *testing.T) {
	bundle := load(t)
	for _, language := range Languages() {
		words := bundle.In(language)
		for key, entry := range bundle.texts[language] {
			if entry.forms == nil {
				continue
			}
			for n, form := range map[int]string{0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other", 103: "few"} {
				got := words.T(key, Args{"n": n})
				want := entry.forms[form]
				if language == English && n != 1 && (n != 0 || want == "") {
					want = entry.forms["other"]
				}
				if want = strings.ReplaceAll(want, "{n}", words.Int(int64(n))); got != want || got == "" {
					t.Errorf("%s, %s, %d: %q, want %q", language, key, n, got, want)
				}
			}
		}
	}
}

// The forms of one and two may leave the number out: a negative number never loses its sign with it.
func TestANegativeCountKeepsItsSign(t *testing.T) {
	words := load(t).In(Arabic)
	for _, n := range []int{-1, -2, -3} {
		if got := words.T("base.growth.over", Args{"n": n}); !strings.Contains(got, minus) {
			t.Errorf("%d: %q", n, got)
		}
	}
}

// What is handed in keeps its own direction inside an Arabic sentence, marked once.
func TestArgumentsKeepTheirDirection(t *testing.T) {
	bundle := load(t)
	for text, want := range map[string]string{
		"Ministry (1)": "\u2068Ministry (1)\u2069", "moi-001": "\u2068moi-001\u2069", "a@moi.example": "\u2068a@moi.example\u2069",
		"2016-09": "\u20662016-09\u2069", "95.8%": "\u206695.8%\u2069", "12:05": "12:05",
		"وزارة الداخلية": "وزارة الداخلية", "سبتمبر 2016": "سبتمبر 2016", "1,234": "1,234", "": "",
		"\u2066−3\u2069": "\u2066−3\u2069", "\u2068x\u2069": "\u2068x\u2069",
	} {
		if got := bundle.In(Arabic).T("reports.missing", Args{"state": "", "what": text}); got != ": "+want {
			t.Errorf("%q: %q", text, got)
		}
		if got := bundle.In(English).T("reports.missing", Args{"state": "", "what": text}); got != ": "+text {
			t.Errorf("English %q: %q", text, got)
		}
	}
}

func TestUseThatIsCompared(t *testing.T) {
	bundle := load(t)
	for _, test := range []struct {
		direction     string
		services, out int
		english       string
		arabic        string
	}{
		{
			"up", 12, 3, "Use is rising: +10.0% on August 2015 like for like, over 12 services, 3 service channels left out",
			"الاستخدام في ارتفاع: \u2066+10.0%\u2069 عن أغسطس 2015 وفق المقارنة المتماثلة، على أساس 12 خدمة، واستُبعدت 3 قنوات خدمة",
		},
		{
			"down", 2, 0, "Use is falling: +10.0% on August 2015 like for like, over 2 services",
			"الاستخدام في انخفاض: \u2066+10.0%\u2069 عن أغسطس 2015 وفق المقارنة المتماثلة، على أساس خدمتين",
		},
		{
			"", 0, 4, "Not comparable with August 2015 like for like: no service reported in full in both periods",
			"تتعذر المقارنة المتماثلة مع أغسطس 2015: لم تقدّم أي خدمة بيانات كاملة في الفترتين",
		},
	} {
		g := Growth{
			Ratio: programme.RatioOf(1, 10), Direction: test.direction, Before: civil.NewMonth(2015, 8).Period(),
			Services: test.services, LeftOut: test.out,
		}
		if got := bundle.In(English).Growth(g); got != test.english {
			t.Errorf("%q, want %q", got, test.english)
		}
		if got := bundle.In(Arabic).Growth(g); got != test.arabic {
			t.Errorf("%q, want %q", got, test.arabic)
		}
	}
}

func TestWhatANumberOfUseLacks(t *testing.T) {
	words := load(t).In(English)
	year, month := civil.Year(2016), civil.NewMonth(2016, 9).Period()
	for got, want := range map[string]string{
		words.Days(15, 31, 1): "15 of 31 days", words.Days(0, 0, 2): "days are missing for 2 services", words.Days(0, 0, 0): "",
		words.ToDate(year, 9, 12): "to date: 9 of 12 months", words.ToDate(month, 15, 30): "to date: 15 of 30 days",
		words.ToDate(year, 5, 366): "to date: 5 of 366 days",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
