package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (r *Reports) serveHighlights(w http.ResponseWriter, req *http.Request) error {
	edition, asAt, err := parseRequest(req)
	if err != nil {
		return err
	}
	figures, err := r.gather(req.Context(), edition.Month, asAt)
	if err != nil {
		return err
	}
	if edition, err = r.anchored(req.Context(), figures, edition); err != nil {
		return err
	}
	tag := r.tag(figures, edition)
	header := w.Header()
	header.Set("ETag", tag)
	header.Set("Cache-Control", "private, no-cache")
	header.Set("Vary", "Authorization, Cookie")
	if httpserver.Holds(req, tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	content, err := r.build(req.Context(), figures, edition)
	if err != nil {
		return err
	}
	header.Set("Content-Type", workbookType)
	header.Set("Content-Disposition", `attachment; filename="`+edition.FileName()+`"`)
	header.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, req, "", time.Time{}, bytes.NewReader(content))
	return nil
}

func parseRequest(req *http.Request) (Edition, civil.Date, error) {
	month, err := civil.ParseMonth(req.PathValue("month"))
	if err != nil {
		return Edition{}, 0, err
	}
	query := req.URL.Query()
	language := i18n.English
	if text := query.Get("lang"); text != "" {
		asked, known := i18n.ParseLanguage(text)
		if !known {
			return Edition{}, 0, fmt.Errorf("%w: lang %q is none of en, ar", programme.ErrInvalid, text)
		}
		language = asked
	}
	var asAt civil.Date
	if text := query.Get("as_at"); text != "" {
		if asAt, err = civil.ParseDate(text); err != nil {
			return Edition{}, 0, err
		}
	}
	return Edition{Month: month, Language: language}, asAt, nil
}

// tag names a workbook by all that its bytes depend on.
func (r *Reports) tag(figures *figures.Figures, edition Edition) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%s|%s|%s|%s|%t|%s|%s", r.Version, figures.DataVersion, figures.On,
		figures.AsAt.UTC(), figures.Usage.Month, edition.FileName(), figures.Provisional,
		r.Contact, edition.Anchor.Hash))
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}
