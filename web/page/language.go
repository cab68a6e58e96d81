package page

import (
	"net/http"
	"strings"

	"golang.org/x/text/language"

	"mirsad/internal/i18n"
)

// spoken orders the product's languages as i18n.Languages does.
var spoken = language.NewMatcher([]language.Tag{language.English, language.Arabic})

// ChooseLanguage sends a visitor to the overview in the language that the browser asks for.
func ChooseLanguage(v *Visit, rw http.ResponseWriter) error {
	rw.Header().Set("Vary", "Accept-Language")
	Redirect(rw, v.Request, WithQuery("/"+string(preferred(v.Request))+"/", v.Request.URL.Query()))
	return nil
}

// AddSlash leads from /en to /en/.
func AddSlash(v *Visit, rw http.ResponseWriter) error {
	Redirect(rw, v.Request, WithQuery("/"+string(v.Language)+"/", v.Request.URL.Query()))
	return nil
}

func preferred(r *http.Request) i18n.Language {
	_, index := language.MatchStrings(spoken, r.Header.Get("Accept-Language"))
	return i18n.Languages()[index]
}

// languageOf returns the language of the address: its first part, lang in the query or, failing both, the browser's.
// It reads the address itself, for a page that the accounts refuse has not been routed yet.
func languageOf(r *http.Request) i18n.Language {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	for _, text := range []string{first, r.URL.Query().Get("lang")} {
		if asked, known := i18n.ParseLanguage(text); known {
			return asked
		}
	}
	return preferred(r)
}
