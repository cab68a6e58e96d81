// Package static holds the pages' script, styles and fonts as `make web` builds them.
package static

import "embed"

// Files are the built ones, below dist; without them there is no manifest, and the program says what to run.
//
//go:embed all:dist
var Files embed.FS
