package sheettest

import "strings"

// Corpus are names that have broken spreadsheets and pages before.
var Corpus = []string{
	`=cmd|' /C calc'!A0`, `=HYPERLINK("http://evil.example","x")`, `@SUM(1+1)`, `+1+1`, "-2+3", "\tTAB", "\r\nCR",
	`</script><script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `__f__alert(1)__f__`, "\u202Etxt.exe\u202C",
	"\u2066a\u2069",
	"nul\x00bell\x07", "_x0041_", "&C&\"Arial\"&72 big", `]]>`, `'; DROP TABLE`, strings.Repeat("طويل ", 4000),
	"\uFFFE\uFFFF", "\xff\xfe", "",
	`[Book]Sheet!A1`, `'quoted'!$A$1`, "\U0001F600 smile", `"><a href="file:///etc/passwd">`,
}
