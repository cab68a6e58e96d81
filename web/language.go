package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"golang.org/x/text/language"

	"mirsad/internal/i18n"
)

// spoken orders the product's languages as i18n.Languages does.
var spoken = language.NewMatcher([]language.Tag{language.English, language.Arabic})

// chooseLanguage sends a visitor to the overview in the language that the browser asks for.
func (w *Web) chooseLanguage(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Vary", "Accept-Language")
	redirect(rw, r, withQuery("/"+string(preferred(r))+"/", r.URL.Query()))
}

// addSlash leads from /en to /en/.
func (w *Web) addSlash(rw http.ResponseWriter, r *http.Request) {
	redirect(rw, r, withQuery("/"+string(languageOf(r))+"/", r.URL.Query()))
}

func preferred(r *http.Request) i18n.Language {
	_, index := language.MatchStrings(spoken, r.Header.Get("Accept-Language"))
	return i18n.Languages()[index]
}

// languageOf returns the language of the address: its first part, lang in the query or, failing both, the browser's.
func languageOf(r *http.Request) i18n.Language {
	for _, text := range []string{chi.URLParam(r, "language"), r.URL.Query().Get("lang")} {
		if asked, known := i18n.ParseLanguage(text); known {
			return asked
		}
	}
	return preferred(r)
}
