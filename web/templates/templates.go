// Package templates holds the HTML of the pages: the layout, the parts and a file for each page.
package templates

import "embed"

// Files are all templates; package page parses them at start.
//
//go:embed *.html
var Files embed.FS
