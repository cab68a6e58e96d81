package page

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"mirsad/web/static"
)

// ErrNotBuilt names the remedy for a program built without its assets.
var ErrNotBuilt = errors.New("the pages' script, styles and fonts are not built: run `make web` and build again")

// asset is one built file, compressed once at start where that helps.
type asset struct {
	kind         string
	plain, small []byte
}

// assets serves the built files; their names hold a hash of their content, so a browser may keep them for ever.
type assets struct {
	files map[string]asset
	// names maps a source's name (app.js) to the built one.
	names map[string]string
}

// BuiltAssets reads the built script, styles and fonts, once for the process; ErrNotBuilt where there are none.
var BuiltAssets = sync.OnceValues(builtAssets)

func builtAssets() (*assets, error) {
	manifest, err := static.Files.ReadFile("dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, fmt.Errorf("read the manifest of assets: %w", err)
	}
	a := &assets{files: map[string]asset{}, names: map[string]string{}}
	if err := json.Unmarshal(manifest, &a.names); err != nil {
		return nil, fmt.Errorf("read the manifest of assets: %w", err)
	}
	for _, needed := range []string{"app.js", "filters.js", "page.css", "icon.svg"} {
		if a.names[needed] == "" {
			return nil, ErrNotBuilt
		}
	}
	for _, name := range a.names {
		if a.files[name], err = readAsset(name); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func readAsset(name string) (asset, error) {
	content, err := static.Files.ReadFile("dist/" + name)
	if err != nil {
		return asset{}, fmt.Errorf("read asset %s: %w", name, err)
	}
	file := asset{kind: kindOf(name), plain: content}
	if path.Ext(name) == ".woff2" {
		return file, nil // compressed already
	}
	var small bytes.Buffer
	zip, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err != nil {
		return asset{}, fmt.Errorf("compress asset %s: %w", name, err)
	}
	_, err = zip.Write(content)
	if err := errors.Join(err, zip.Close()); err != nil {
		return asset{}, fmt.Errorf("compress asset %s: %w", name, err)
	}
	file.small = small.Bytes()
	return file, nil
}

// kindOf names the types itself: the machine's table of types may differ or be missing.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	default:
		return mime.TypeByExtension(path.Ext(name))
	}
}

// Address returns where a built file is served, by its source's name.
func (a *assets) Address(source string) string { return "/static/" + a.names[source] }

// ServeHTTP implements http.Handler.
func (a *assets) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	file, found := a.files[r.URL.Path]
	if !found {
		http.NotFound(rw, r)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	content := file.plain
	if file.small != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		content = file.small
	}
	h.Set("Content-Length", strconv.Itoa(len(content)))
	if r.Method != http.MethodHead {
		_, _ = rw.Write(content) // the browser went away; nobody is left to tell
	}
}
